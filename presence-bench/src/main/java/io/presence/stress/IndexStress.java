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

/** Lists by an index against writes that change what is indexed. */
public final class IndexStress {

    private static final Query ONLINE = Query.equal("status", "online");
    private static final Query AWAY = Query.equal("status", "away");
    private static final Query EITHER = Query.equal("status", "away", "online");

    private IndexStress() {}

    /** A value's last presence leaves it while another gets it. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "each is found by its own value")
    @Outcome(expect = FORBIDDEN, desc = "the posting was dropped with the last, or the last was left in it")
    @State
    public static class LastAndFirst {

        private final StoreFixture scene = StoreFixture.take();

        /** Begins with another value. */
        public LastAndFirst() {
            scene.upsert("q", "busy", StoreFixture.TTL);
            scene.drain();
        }

        /** Leaves. */
        @Actor
        public void leave() {
            scene.update("away");
        }

        /** Comes. */
        @Actor
        public void come() {
            scene.update("q", "online");
        }

        /** Lists by both values. */
        @Arbiter
        public void list(II_Result r) {
            scene.drain();
            r.r1 = (int) scene.store.list(ONLINE).total();
            r.r2 = (int) scene.store.list(AWAY).total();
            scene.giveBack();
        }
    }

    /** A presence goes from one value to another and back, and a list asks for both. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "it always had one of them")
    @Outcome(expect = FORBIDDEN, desc = "met at neither")
    @State
    public static class BetweenValues {

        private final StoreFixture scene = StoreFixture.take();

        /** Goes, and tells, so that the values gone from are not kept for that. */
        @Actor
        public void go() {
            scene.update("away");
            scene.store.doWork();
            scene.update("online");
            scene.store.doWork();
            scene.update("away");
            scene.store.doWork();
        }

        /** Asks for either. */
        @Actor
        public void count(I_Result r) {
            r.r1 = (int) scene.store.count(EITHER);
        }

        /** Makes room. */
        @Arbiter
        public void end() {
            scene.giveBack();
        }
    }

    /** Who has read a value finds the presence by it. */
    @JCStressTest
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "read, and found by it")
    @Outcome(
            id = {"false, 0", "false, 1"},
            expect = ACCEPTABLE,
            desc = "written after it was read")
    @Outcome(expect = FORBIDDEN, desc = "published before it was posted")
    @State
    public static class ReadAndList {

        private final StoreFixture scene = StoreFixture.take();

        /** Writes. */
        @Actor
        public void write() {
            scene.update("away");
        }

        /** Reads, then lists by what it read. */
        @Actor
        public void read(ZI_Result r) {
            r.r1 = scene.status().equals("away");
            r.r2 = (int) scene.store.count(AWAY);
        }

        /** Makes room. */
        @Arbiter
        public void end() {
            scene.giveBack();
        }
    }

    /** Two create the same id at once; the owner has one presence already. */
    @JCStressTest
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "one creates, the other replaces")
    @Outcome(expect = FORBIDDEN, desc = "found twice, or not by who wrote it")
    @State
    public static class TwoCreate {

        private final StoreFixture scene = StoreFixture.take();

        private int create() {
            scene.upsert("q", "online", StoreFixture.TTL);
            return (int) scene.store.count(Query.equal("userId", "ada"));
        }

        /** Creates, and lists what it wrote. */
        @Actor
        public void one(II_Result r) {
            r.r1 = create();
        }

        /** Creates, and lists what it wrote. */
        @Actor
        public void other(II_Result r) {
            r.r2 = create();
        }

        /** Makes room. */
        @Arbiter
        public void end() {
            scene.giveBack();
        }
    }
}
