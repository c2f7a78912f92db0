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

/** A heartbeat against whatever may end the life meanwhile. */
public final class TouchStress {

    private static final List<Permission> SHARED = List.of(Permission.read(Role.any()), Permission.update(Role.any()));

    private TouchStress() {}

    /** A reader finds the deadline passed, or the heartbeat moves it first: never both. */
    @JCStressTest
    @Outcome(id = "true, true, nothing", expect = ACCEPTABLE, desc = "the heartbeat was first")
    @Outcome(id = "false, false, EXPIRED", expect = ACCEPTABLE, desc = "the deadline was first")
    @Outcome(expect = FORBIDDEN, desc = "a heartbeat lost, or a life revived")
    @State
    public static class Reader {

        private final StoreFixture scene = StoreFixture.take();

        /** Beats. */
        @Actor
        public void touch(ZZL_Result r) {
            r.r1 = scene.store.touch(StoreFixture.ID);
        }

        /** Looks at the deadline. */
        @Actor
        public void look(ZZL_Result r) {
            scene.pass(1);
            r.r2 = scene.isFound();
        }

        /** Asks what was told. */
        @Arbiter
        public void tell(ZZL_Result r) {
            r.r3 = scene.stepsWhenDrained();
            scene.giveBack();
        }
    }

    /** The same with the wheel in the place of the reader. */
    @JCStressTest
    @Outcome(id = "true, true, nothing", expect = ACCEPTABLE, desc = "the heartbeat was first")
    @Outcome(id = "false, false, EXPIRED", expect = ACCEPTABLE, desc = "the deadline was first")
    @Outcome(expect = FORBIDDEN, desc = "a heartbeat lost, or a life revived")
    @State
    public static class Wheel {

        private final StoreFixture scene = StoreFixture.take();

        /** Beats. */
        @Actor
        public void touch(ZZL_Result r) {
            r.r1 = scene.store.touch(StoreFixture.ID);
        }

        /** Drives the wheel to the deadline. */
        @Actor
        public void expire() {
            scene.pass(1);
            scene.store.doWork();
        }

        /** Asks what is there and what was told. */
        @Arbiter
        public void tell(ZZL_Result r) {
            r.r2 = scene.isFound();
            r.r3 = scene.stepsWhenDrained();
            scene.giveBack();
        }
    }

    /** Deleting wins, whether or not a heartbeat came before. */
    @JCStressTest
    @Outcome(
            id = {"true, true, DELETED", "false, true, DELETED"},
            expect = ACCEPTABLE,
            desc = "deleted once")
    @Outcome(expect = FORBIDDEN, desc = "a delete lost, or told otherwise")
    @State
    public static class Delete {

        private final StoreFixture scene = StoreFixture.take();

        /** Beats. */
        @Actor
        public void touch(ZZL_Result r) {
            r.r1 = scene.store.touch(StoreFixture.ID);
        }

        /** Deletes. */
        @Actor
        public void delete(ZZL_Result r) {
            r.r2 = scene.store.delete(StoreFixture.ID) && !scene.isFound();
        }

        /** Asks what was told. */
        @Arbiter
        public void tell(ZZL_Result r) {
            r.r3 = scene.stepsWhenDrained();
            scene.giveBack();
        }
    }

    /** A toucher that holds the old lease looks again when that is over, since the life went on under a new one. */
    @JCStressTest
    @Outcome(id = "true, UPDATE", expect = ACCEPTABLE, desc = "the life never paused")
    @Outcome(expect = FORBIDDEN, desc = "a living presence answered gone")
    @State
    public static class Refresh {

        private final StoreFixture scene = StoreFixture.take();

        /** Renews, keeps the new lease, and lets the old one pass. */
        @Actor
        public void refresh() {
            scene.upsert("away", 1);
            scene.touch(StoreFixture.TTL);
            scene.pass(2);
        }

        /** Beats without extending. */
        @Actor
        public void touch(ZL_Result r) {
            r.r1 = scene.touch(1) & scene.touch(1) & scene.touch(1) & scene.touch(1);
        }

        /** Asks what was told. */
        @Arbiter
        public void tell(ZL_Result r) {
            r.r2 = scene.stepsWhenDrained();
            scene.giveBack();
        }
    }

    /**
     * A heartbeat by the rights before a write that revokes them and shortens the life can't outlive that write.
     *
     * <p>Tried: fails in the short form if the word keeps its epoch.
     */
    @JCStressTest
    @Outcome(
            id = {"true, 1", "false, 1"},
            expect = ACCEPTABLE,
            desc = "the revocation has the last word")
    @Outcome(expect = FORBIDDEN, desc = "a heartbeat by revoked rights lengthened the life")
    @State
    public static class Revoke {

        private final StoreFixture scene = StoreFixture.take();
        private final Presences bob = scene.store.as(Principal.user("bob").build());

        /** Shares the presence. */
        public Revoke() {
            scene.store.update(StoreFixture.ID, PresencePatch.none().permissions(SHARED));
        }

        /** Beats, for as long as may be. */
        @Actor
        public void touch(ZJ_Result r) {
            r.r1 = bob.touch(StoreFixture.ID, Duration.ofMillis(4));
        }

        /** Revokes and shortens, to the deadline that is there already. */
        @Actor
        public void revoke() {
            scene.store.update(
                    StoreFixture.ID, PresencePatch.none().permissions(List.of()).expiresIn(Duration.ofMillis(1)));
        }

        /** Asks how long it lives. */
        @Arbiter
        public void tell(ZJ_Result r) {
            r.r2 = scene.millisLeft();
            scene.giveBack();
        }
    }

    /** A heartbeat by rights that a write grants is not undone by that write, which shortens the life. */
    @JCStressTest
    @Outcome(id = "true, 4", expect = ACCEPTABLE, desc = "after the grant")
    @Outcome(id = "false, 2", expect = ACCEPTABLE, desc = "before the grant")
    @Outcome(expect = FORBIDDEN, desc = "a heartbeat lost, or one that nothing permitted")
    @State
    public static class Grant {

        private final StoreFixture scene = StoreFixture.take();
        private final Presences bob = scene.store.as(Principal.user("bob").build());

        /** Beats, for longer than the grant. */
        @Actor
        public void touch(ZJ_Result r) {
            r.r1 = bob.touch(StoreFixture.ID, Duration.ofMillis(4));
        }

        /** Grants, and gives a life of its own. */
        @Actor
        public void grant() {
            scene.store.update(
                    StoreFixture.ID, PresencePatch.none().permissions(SHARED).expiresIn(Duration.ofMillis(2)));
        }

        /** Asks how long it lives. */
        @Arbiter
        public void tell(ZJ_Result r) {
            r.r2 = scene.millisLeft();
            scene.giveBack();
        }
    }
}
