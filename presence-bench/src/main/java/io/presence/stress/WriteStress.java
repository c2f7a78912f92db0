package io.presence.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.presence.PresenceException;
import io.presence.PresencePatch;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZL_Result;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** Races of a write with expiry and with the dispatcher. */
public final class WriteStress {

    private WriteStress() {}

    /** An upsert continues the incarnation, unless a reader has found it expired. Then it begins another. */
    @JCStressTest
    @Outcome(id = "true, UPDATE", expect = ACCEPTABLE, desc = "the upsert was first")
    @Outcome(id = "false, EXPIRED ENTER", expect = ACCEPTABLE, desc = "the deadline was first")
    @Outcome(
            id = "true, EXPIRED ENTER",
            expect = ACCEPTABLE,
            desc = "the upsert ended the incarnation, the reader saw the next")
    @Outcome(expect = FORBIDDEN, desc = "an incarnation continued that was found expired")
    @State
    public static class UpsertExpire {

        private final StoreFixture fixture = StoreFixture.take();

        /** Renews. */
        @Actor
        public void upsert() {
            fixture.upsert("away", StoreFixture.TTL);
        }

        /** Reads at the deadline. */
        @Actor
        public void read(ZL_Result r) {
            fixture.advance(1);
            r.r1 = fixture.isFound();
        }

        /** Reads the delivered changes. */
        @Arbiter
        public void check(ZL_Result r) {
            r.r2 = fixture.changesWhenDrained();
            fixture.giveBack();
        }
    }

    /** A patch of the TTL extends the deadline if and only if it succeeds. */
    @JCStressTest
    @Outcome(id = "true, true, UPDATE", expect = ACCEPTABLE, desc = "the patch was first")
    @Outcome(id = "false, false, EXPIRED", expect = ACCEPTABLE, desc = "the deadline was first")
    @Outcome(expect = FORBIDDEN, desc = "a patch lost, or a presence revived")
    @State
    public static class UpdateExpire {

        private final StoreFixture fixture = StoreFixture.take();

        /** Patches the TTL. */
        @Actor
        public void update(ZZL_Result r) {
            try {
                fixture.store.update(
                        StoreFixture.ID,
                        PresencePatch.none().status("away").expiresIn(Duration.ofMillis(StoreFixture.TTL)));
                r.r1 = true;
            } catch (PresenceException e) {
                r.r1 = false;
            }
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

    /** A delete at the deadline has one cause, which agrees with its result. */
    @JCStressTest
    @Outcome(id = "true, DELETED", expect = ACCEPTABLE, desc = "the delete was first")
    @Outcome(id = "false, EXPIRED", expect = ACCEPTABLE, desc = "the deadline was first")
    @Outcome(expect = FORBIDDEN, desc = "two ends, or the wrong cause")
    @State
    public static class DeleteExpire {

        private final StoreFixture fixture = StoreFixture.take();

        /** Deletes. */
        @Actor
        public void delete(ZL_Result r) {
            r.r1 = fixture.store.delete(StoreFixture.ID);
        }

        /** Runs a duty cycle at the deadline. */
        @Actor
        public void expire() {
            fixture.advance(1);
            fixture.store.doWork();
        }

        /** Reads the delivered changes. */
        @Arbiter
        public void check(ZL_Result r) {
            r.r2 = fixture.changesWhenDrained();
            fixture.giveBack();
        }
    }

    /**
     * A write during the capture of an earlier write is delivered.
     *
     * <p>Tried: fails, in the long form, if the dirty flag is cleared after the state is read instead of before.
     */
    @JCStressTest
    @Outcome(id = "second, second", expect = ACCEPTABLE, desc = "delivered in one change or two")
    @Outcome(expect = FORBIDDEN, desc = "the last write was lost")
    @State
    public static class DirtyFlag {

        private final StoreFixture fixture = StoreFixture.take();

        /** Puts the entry into the dirty queue. */
        public DirtyFlag() {
            fixture.update("first");
        }

        /** Writes. */
        @Actor
        public void write() {
            fixture.update("second");
        }

        /** Dispatches. */
        @Actor
        public void dispatch() {
            fixture.store.doWork();
        }

        /** Reads the present and the delivered status. */
        @Arbiter
        public void check(LL_Result r) {
            fixture.drain();
            r.r1 = fixture.status();
            r.r2 = fixture.listener.status;
            fixture.giveBack();
        }
    }

    /** Of two writers on one presence, the last state is delivered. */
    @JCStressTest
    @Outcome(id = "delivered", expect = ACCEPTABLE, desc = "the present status was delivered")
    @Outcome(expect = FORBIDDEN, desc = "the last write was lost")
    @State
    public static class TwoWriters {

        private final StoreFixture fixture = StoreFixture.take();

        /** Writes. */
        @Actor
        public void one() {
            fixture.update("one");
            fixture.update("more");
        }

        /** Writes and dispatches. */
        @Actor
        public void two() {
            fixture.update("two");
            fixture.store.doWork();
        }

        /** Compares the present with the delivered status. */
        @Arbiter
        public void check(L_Result r) {
            fixture.drain();
            String delivered = fixture.listener.status;
            r.r1 = fixture.status().equals(delivered) ? "delivered" : fixture.status() + " but " + delivered;
            fixture.giveBack();
        }
    }
}
