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

/** A write against expiry and against the dispatcher. */
public final class WriteStress {

    private WriteStress() {}

    /** An upsert goes on with the life, unless somebody has found it over: then it begins another. */
    @JCStressTest
    @Outcome(id = "true, UPDATE", expect = ACCEPTABLE, desc = "the upsert was first")
    @Outcome(id = "false, EXPIRED ENTER", expect = ACCEPTABLE, desc = "the deadline was first")
    @Outcome(
            id = "true, EXPIRED ENTER",
            expect = ACCEPTABLE,
            desc = "the upsert ended the life, the reader saw the next")
    @Outcome(expect = FORBIDDEN, desc = "a life went on that was found gone")
    @State
    public static class UpsertExpire {

        private final StoreFixture scene = StoreFixture.take();

        /** Renews. */
        @Actor
        public void upsert() {
            scene.upsert("away", StoreFixture.TTL);
        }

        /** Looks at the deadline. */
        @Actor
        public void look(ZL_Result r) {
            scene.pass(1);
            r.r1 = scene.isFound();
        }

        /** Asks what was told. */
        @Arbiter
        public void tell(ZL_Result r) {
            r.r2 = scene.stepsWhenDrained();
            scene.giveBack();
        }
    }

    /** A patch of the lifetime keeps the presence alive exactly if it succeeds. */
    @JCStressTest
    @Outcome(id = "true, true, UPDATE", expect = ACCEPTABLE, desc = "the patch was first")
    @Outcome(id = "false, false, EXPIRED", expect = ACCEPTABLE, desc = "the deadline was first")
    @Outcome(expect = FORBIDDEN, desc = "a patch lost, or a life revived")
    @State
    public static class UpdateExpire {

        private final StoreFixture scene = StoreFixture.take();

        /** Patches the lifetime. */
        @Actor
        public void update(ZZL_Result r) {
            try {
                scene.store.update(
                        StoreFixture.ID,
                        PresencePatch.none().status("away").expiresIn(Duration.ofMillis(StoreFixture.TTL)));
                r.r1 = true;
            } catch (PresenceException e) {
                r.r1 = false;
            }
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

    /** Deleting at the deadline has one cause, and it is the one that delete answered. */
    @JCStressTest
    @Outcome(id = "true, DELETED", expect = ACCEPTABLE, desc = "the delete was first")
    @Outcome(id = "false, EXPIRED", expect = ACCEPTABLE, desc = "the deadline was first")
    @Outcome(expect = FORBIDDEN, desc = "two ends, or the wrong cause")
    @State
    public static class DeleteExpire {

        private final StoreFixture scene = StoreFixture.take();

        /** Deletes. */
        @Actor
        public void delete(ZL_Result r) {
            r.r1 = scene.store.delete(StoreFixture.ID);
        }

        /** Drives the wheel to the deadline. */
        @Actor
        public void expire() {
            scene.pass(1);
            scene.store.doWork();
        }

        /** Asks what was told. */
        @Arbiter
        public void tell(ZL_Result r) {
            r.r2 = scene.stepsWhenDrained();
            scene.giveBack();
        }
    }

    /**
     * A write that meets the dispatcher taking an earlier one is told all the same.
     *
     * <p>Tried: fails, in the long form, if the mark is cleared right after the state was read instead of before.
     */
    @JCStressTest
    @Outcome(id = "second, second", expect = ACCEPTABLE, desc = "told in one step or two")
    @Outcome(expect = FORBIDDEN, desc = "the last write was lost")
    @State
    public static class DirtyMark {

        private final StoreFixture scene = StoreFixture.take();

        /** Leaves the entry in the dirty queue. */
        public DirtyMark() {
            scene.update("first");
        }

        /** Writes. */
        @Actor
        public void write() {
            scene.update("second");
        }

        /** Dispatches. */
        @Actor
        public void dispatch() {
            scene.store.doWork();
        }

        /** Asks what is there and what was told. */
        @Arbiter
        public void tell(LL_Result r) {
            scene.drain();
            r.r1 = scene.status();
            r.r2 = scene.told.status;
            scene.giveBack();
        }
    }

    /** Of two writers on one presence, the one whose state stays is told. */
    @JCStressTest
    @Outcome(id = "told", expect = ACCEPTABLE, desc = "what is there was told")
    @Outcome(expect = FORBIDDEN, desc = "the last write was lost")
    @State
    public static class TwoWriters {

        private final StoreFixture scene = StoreFixture.take();

        /** Writes. */
        @Actor
        public void one() {
            scene.update("one");
            scene.update("more");
        }

        /** Writes and dispatches. */
        @Actor
        public void two() {
            scene.update("two");
            scene.store.doWork();
        }

        /** Compares what is there with what was told. */
        @Arbiter
        public void tell(L_Result r) {
            scene.drain();
            r.r1 = scene.status().equals(scene.told.status) ? "told" : scene.status() + " but " + scene.told.status;
            scene.giveBack();
        }
    }
}
