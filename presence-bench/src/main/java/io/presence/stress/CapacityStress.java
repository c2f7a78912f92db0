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

/** Races of writers that need capacity. The limit of the store is exact. */
public final class CapacityStress {

    private static final ConcurrentLinkedDeque<CapacityFixture> FREE = new ConcurrentLinkedDeque<>();

    private CapacityStress() {}

    private static CapacityFixture take() {
        return CapacityFixture.take(FREE, builder -> builder.maxPresences(1));
    }

    /**
     * Two upserts of one new id claim capacity for one presence.
     *
     * <p>Tried: fails in the short form if capacity is claimed before the id is looked up.
     */
    @JCStressTest
    @Outcome(id = "true, true, a true 0", expect = ACCEPTABLE, desc = "both have written one presence")
    @Outcome(expect = FORBIDDEN, desc = "rejected despite free capacity, or capacity lost")
    @State
    public static class OneId {

        private final CapacityFixture fixture = take();

        /** Writes. */
        @Actor
        public void one(ZZL_Result r) {
            r.r1 = fixture.upsert("a");
        }

        /** Writes. */
        @Actor
        public void two(ZZL_Result r) {
            r.r2 = fixture.upsert("a");
        }

        /** Reads the remaining presences. */
        @Arbiter
        public void check(ZZL_Result r) {
            r.r3 = fixture.giveBack("a");
        }
    }

    /** One of two ids gets the capacity. */
    @JCStressTest
    @Outcome(id = "true, false, a- true 0", expect = ACCEPTABLE, desc = "the first")
    @Outcome(id = "false, true, -b true 0", expect = ACCEPTABLE, desc = "the second")
    @Outcome(expect = FORBIDDEN, desc = "both or neither, or capacity lost")
    @State
    public static class TwoIds {

        private final CapacityFixture fixture = take();

        /** Writes. */
        @Actor
        public void one(ZZL_Result r) {
            r.r1 = fixture.upsert("a");
        }

        /** Writes. */
        @Actor
        public void two(ZZL_Result r) {
            r.r2 = fixture.upsert("b");
        }

        /** Reads the remaining presences. */
        @Arbiter
        public void check(ZZL_Result r) {
            r.r3 = fixture.giveBack("a", "b");
        }
    }

    /** A writer that deletes one presence and creates another finds capacity, whatever the dispatcher does. */
    @JCStressTest
    @Outcome(id = "true, true, -b true 0", expect = ACCEPTABLE, desc = "replaced")
    @Outcome(expect = FORBIDDEN, desc = "rejected because of a deleted presence, or capacity lost")
    @State
    public static class Replace {

        private final CapacityFixture fixture = take();

        /** Creates the first presence. */
        public Replace() {
            fixture.upsert("a");
        }

        /** Deletes it, then creates another. */
        @Actor
        public void replace(ZZL_Result r) {
            r.r1 = fixture.store.delete("a");
            r.r2 = fixture.upsert("b");
        }

        /** Dispatches. */
        @Actor
        public void dispatch() {
            fixture.store.doWork();
            fixture.store.doWork();
        }

        /** Reads the remaining presences. */
        @Arbiter
        public void check(ZZL_Result r) {
            r.r3 = fixture.giveBack("a", "b");
        }
    }
}
