package io.presence.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.presence.query.Query;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** Races of lists that use an index with writes that change the indexed values. */
public final class IndexStress {

    private static final Query ONLINE = Query.equal("status", "online");
    private static final Query AWAY = Query.equal("status", "away");
    private static final Query EITHER = Query.equal("status", "away", "online");

    private IndexStress() {}

    /** The last presence with a value loses it while another presence gets it. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "each is found by its value")
    @Outcome(expect = FORBIDDEN, desc = "the new posting was dropped, or the old one kept")
    @State
    public static class LastExitFirstEnter {

        private final StoreFixture fixture = StoreFixture.take();

        /** Creates a presence with another value. */
        public LastExitFirstEnter() {
            fixture.upsert("q", "busy", StoreFixture.TTL);
            fixture.drain();
        }

        /** Changes the value of the last presence. */
        @Actor
        public void lose() {
            fixture.update("away");
        }

        /** Gives the value to another presence. */
        @Actor
        public void gain() {
            fixture.update("q", "online");
        }

        /** Lists by both values. */
        @Arbiter
        public void list(II_Result r) {
            fixture.drain();
            r.r1 = (int) fixture.store.list(ONLINE).total();
            r.r2 = (int) fixture.store.list(AWAY).total();
            fixture.giveBack();
        }
    }

    /** A presence changes between two values while a count asks for either. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "it always had one of the values")
    @Outcome(expect = FORBIDDEN, desc = "found at neither")
    @State
    public static class BetweenValues {

        private final StoreFixture fixture = StoreFixture.take();

        /** Changes the value and dispatches, so that the postings of previous values are removed. */
        @Actor
        public void change() {
            fixture.update("away");
            fixture.store.doWork();
            fixture.update("online");
            fixture.store.doWork();
            fixture.update("away");
            fixture.store.doWork();
        }

        /** Counts either value. */
        @Actor
        public void count(I_Result r) {
            r.r1 = (int) fixture.store.count(EITHER);
        }

        /** Returns the fixture. */
        @Arbiter
        public void end() {
            fixture.giveBack();
        }
    }

    /** A thread that has read a value finds the presence by it. */
    @JCStressTest
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "read, and found by it")
    @Outcome(
            id = {"false, 0", "false, 1"},
            expect = ACCEPTABLE,
            desc = "written after the read")
    @Outcome(expect = FORBIDDEN, desc = "published before it was indexed")
    @State
    public static class ReadAndList {

        private final StoreFixture fixture = StoreFixture.take();

        /** Writes. */
        @Actor
        public void write() {
            fixture.update("away");
        }

        /** Reads, then lists by what it read. */
        @Actor
        public void read(ZI_Result r) {
            r.r1 = fixture.status().equals("away");
            r.r2 = (int) fixture.store.count(AWAY);
        }

        /** Returns the fixture. */
        @Arbiter
        public void end() {
            fixture.giveBack();
        }
    }

    /** Two writers create the same id. Its user has one presence. */
    @JCStressTest
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "one creates, the other replaces")
    @Outcome(expect = FORBIDDEN, desc = "found twice, or not by its writer")
    @State
    public static class TwoCreate {

        private final StoreFixture fixture = StoreFixture.take();

        private int create() {
            fixture.upsert("q", "online", StoreFixture.TTL);
            return (int) fixture.store.count(Query.equal("userId", "ada"));
        }

        /** Creates, and counts by the written user. */
        @Actor
        public void one(II_Result r) {
            r.r1 = create();
        }

        /** Creates, and counts by the written user. */
        @Actor
        public void two(II_Result r) {
            r.r2 = create();
        }

        /** Returns the fixture. */
        @Arbiter
        public void end() {
            fixture.giveBack();
        }
    }
}
