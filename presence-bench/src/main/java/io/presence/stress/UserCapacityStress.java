package io.presence.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.ConcurrentLinkedDeque;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** Writers of one user that need places, of which the user has one: the limit is exact. */
public final class UserCapacityStress {

    private static final ConcurrentLinkedDeque<CapacityFixture> FREE = new ConcurrentLinkedDeque<>();

    private UserCapacityStress() {}

    private static CapacityFixture take() {
        return CapacityFixture.take(FREE, builder -> builder.maxPresencesPerUser(1));
    }

    /** Two upserts of one new id need one place. */
    @JCStressTest
    @Outcome(id = "true, true, a true 0", expect = ACCEPTABLE, desc = "both have written one presence")
    @Outcome(expect = FORBIDDEN, desc = "refused although there was a place, or a place lost")
    @State
    public static class OneId {

        private final CapacityFixture room = take();

        /** Writes. */
        @Actor
        public void one(ZZL_Result r) {
            r.r1 = room.upsert("a");
        }

        /** Writes. */
        @Actor
        public void two(ZZL_Result r) {
            r.r2 = room.upsert("a");
        }

        /** Asks what is there. */
        @Arbiter
        public void tell(ZZL_Result r) {
            r.r3 = room.giveBack("a");
        }
    }

    /** Of two ids, one gets the place. */
    @JCStressTest
    @Outcome(id = "true, false, a- true 0", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "false, true, -b true 0", expect = ACCEPTABLE, desc = "the second")
    @Outcome(expect = FORBIDDEN, desc = "both or neither, or a place lost")
    @State
    public static class TwoIds {

        private final CapacityFixture room = take();

        /** Writes. */
        @Actor
        public void one(ZZL_Result r) {
            r.r1 = room.upsert("a");
        }

        /** Writes. */
        @Actor
        public void two(ZZL_Result r) {
            r.r2 = room.upsert("b");
        }

        /** Asks what is there. */
        @Arbiter
        public void tell(ZZL_Result r) {
            r.r3 = room.giveBack("a", "b");
        }
    }

    /** A writer that replaces one presence by another finds a place, whatever the dispatcher does meanwhile. */
    @JCStressTest
    @Outcome(id = "true, true, -b true 0", expect = ACCEPTABLE, desc = "replaced")
    @Outcome(expect = FORBIDDEN, desc = "refused by what was deleted, or a place lost")
    @State
    public static class Replace {

        private final CapacityFixture room = take();

        /** Has the first one dispatched, or not yet. */
        public Replace() {
            room.upsert("a");
        }

        /** Deletes, then writes another. */
        @Actor
        public void replace(ZZL_Result r) {
            r.r1 = room.store.delete("a");
            r.r2 = room.upsert("b");
        }

        /** Dispatches. */
        @Actor
        public void dispatch() {
            room.store.doWork();
            room.store.doWork();
        }

        /** Asks what is there. */
        @Arbiter
        public void tell(ZZL_Result r) {
            r.r3 = room.giveBack("a", "b");
        }
    }
}
