package io.presence.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.presence.Permission;
import io.presence.PresencePatch;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.Role;
import java.time.Duration;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJ_Result;
import org.openjdk.jcstress.infra.results.ZL_Result;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** Races of a heartbeat with expiry, deletion and writes. */
public final class TouchStress {

    private static final List<Permission> SHARED = List.of(Permission.read(Role.any()), Permission.update(Role.any()));

    private TouchStress() {}

    /** Either a reader finds the deadline passed, or the heartbeat moves it first. */
    @JCStressTest
    @Outcome(id = "true, true, nothing", expect = ACCEPTABLE, desc = "the heartbeat was first")
    @Outcome(id = "false, false, EXPIRED", expect = ACCEPTABLE, desc = "the deadline was first")
    @Outcome(expect = FORBIDDEN, desc = "a heartbeat lost, or a presence revived")
    @State
    public static class Reader {

        private final StoreFixture fixture = StoreFixture.take();

        /** Sends a heartbeat. */
        @Actor
        public void touch(ZZL_Result r) {
            r.r1 = fixture.store.touch(StoreFixture.ID);
        }

        /** Reads at the deadline. */
        @Actor
        public void read(ZZL_Result r) {
            fixture.advance(1);
            r.r2 = fixture.isFound();
        }

        /** Reads the delivered changes. */
        @Arbiter
        public void check(ZZL_Result r) {
            r.r3 = fixture.changesWhenDrained();
            fixture.giveBack();
        }
    }

    /** As {@link Reader}, with the timer wheel instead of a reader. */
    @JCStressTest
    @Outcome(id = "true, true, nothing", expect = ACCEPTABLE, desc = "the heartbeat was first")
    @Outcome(id = "false, false, EXPIRED", expect = ACCEPTABLE, desc = "the deadline was first")
    @Outcome(expect = FORBIDDEN, desc = "a heartbeat lost, or a presence revived")
    @State
    public static class Wheel {

        private final StoreFixture fixture = StoreFixture.take();

        /** Sends a heartbeat. */
        @Actor
        public void touch(ZZL_Result r) {
            r.r1 = fixture.store.touch(StoreFixture.ID);
        }

        /** Runs a duty cycle at the deadline. */
        @Actor
        public void expire() {
            fixture.advance(1);
            fixture.store.doWork();
        }

        /** Reads the presence and the delivered changes. */
        @Arbiter
        public void check(ZZL_Result r) {
            r.r2 = fixture.isFound();
            r.r3 = fixture.changesWhenDrained();
            fixture.giveBack();
        }
    }

    /** A delete succeeds, with or without an earlier heartbeat. */
    @JCStressTest
    @Outcome(
            id = {"true, true, DELETED", "false, true, DELETED"},
            expect = ACCEPTABLE,
            desc = "deleted once")
    @Outcome(expect = FORBIDDEN, desc = "a delete lost, or another cause")
    @State
    public static class Delete {

        private final StoreFixture fixture = StoreFixture.take();

        /** Sends a heartbeat. */
        @Actor
        public void touch(ZZL_Result r) {
            r.r1 = fixture.store.touch(StoreFixture.ID);
        }

        /** Deletes. */
        @Actor
        public void delete(ZZL_Result r) {
            r.r2 = fixture.store.delete(StoreFixture.ID) && !fixture.isFound();
        }

        /** Reads the delivered changes. */
        @Arbiter
        public void check(ZZL_Result r) {
            r.r3 = fixture.changesWhenDrained();
            fixture.giveBack();
        }
    }

    /** A heartbeat that has read an expired lease reads again, since a write has replaced the lease. */
    @JCStressTest
    @Outcome(id = "true, UPDATE", expect = ACCEPTABLE, desc = "the presence never expired")
    @Outcome(expect = FORBIDDEN, desc = "a presence was reported as expired")
    @State
    public static class Refresh {

        private final StoreFixture fixture = StoreFixture.take();

        /** Renews the lease, extends it, and advances past the old deadline. */
        @Actor
        public void refresh() {
            fixture.upsert("away", 1);
            fixture.touch(StoreFixture.TTL);
            fixture.advance(2);
        }

        /** Sends heartbeats that do not extend. */
        @Actor
        public void touch(ZL_Result r) {
            r.r1 = fixture.touch(1) & fixture.touch(1) & fixture.touch(1) & fixture.touch(1);
        }

        /** Reads the delivered changes. */
        @Arbiter
        public void check(ZL_Result r) {
            r.r2 = fixture.changesWhenDrained();
            fixture.giveBack();
        }
    }

    /**
     * A write revokes a permission and shortens the TTL. A heartbeat with that permission does not extend the deadline
     * afterwards.
     *
     * <p>Tried: fails in the short form if the lease word keeps its epoch.
     */
    @JCStressTest
    @Outcome(
            id = {"true, 1", "false, 1"},
            expect = ACCEPTABLE,
            desc = "the revocation determines the deadline")
    @Outcome(expect = FORBIDDEN, desc = "a heartbeat without permission extended the deadline")
    @State
    public static class Revoke {

        private final StoreFixture fixture = StoreFixture.take();
        private final Presences bob = fixture.store.as(Principal.user("bob").build());

        /** Shares the presence. */
        public Revoke() {
            fixture.store.update(StoreFixture.ID, PresencePatch.none().permissions(SHARED));
        }

        /** Sends a heartbeat with the longest TTL. */
        @Actor
        public void touch(ZJ_Result r) {
            r.r1 = bob.touch(StoreFixture.ID, Duration.ofMillis(4));
        }

        /** Revokes, and shortens to the present deadline. */
        @Actor
        public void revoke() {
            fixture.store.update(
                    StoreFixture.ID, PresencePatch.none().permissions(List.of()).expiresIn(Duration.ofMillis(1)));
        }

        /** Reads the time to the deadline. */
        @Arbiter
        public void check(ZJ_Result r) {
            r.r2 = fixture.millisLeft();
            fixture.giveBack();
        }
    }

    /**
     * A write grants a permission and shortens the TTL. The write must not undo a heartbeat that this permission has
     * allowed.
     *
     * <p>Tried: fails in the long form if a heartbeat never reads the word of the state.
     */
    @JCStressTest
    @Outcome(id = "true, 4", expect = ACCEPTABLE, desc = "after the grant")
    @Outcome(id = "false, 2", expect = ACCEPTABLE, desc = "before the grant")
    @Outcome(expect = FORBIDDEN, desc = "a heartbeat lost, or one that nothing permitted")
    @State
    public static class Grant {

        private final StoreFixture fixture = StoreFixture.take();
        private final Presences bob = fixture.store.as(Principal.user("bob").build());

        /** Sends a heartbeat with a longer TTL than the grant. */
        @Actor
        public void touch(ZJ_Result r) {
            r.r1 = bob.touch(StoreFixture.ID, Duration.ofMillis(4));
        }

        /** Grants, and sets a TTL. */
        @Actor
        public void grant() {
            fixture.store.update(
                    StoreFixture.ID, PresencePatch.none().permissions(SHARED).expiresIn(Duration.ofMillis(2)));
        }

        /** Reads the time to the deadline. */
        @Arbiter
        public void check(ZJ_Result r) {
            r.r2 = fixture.millisLeft();
            fixture.giveBack();
        }
    }
}
