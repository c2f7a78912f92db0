package io.presence.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.presence.internal.index.Planner;
import io.presence.internal.index.SecondaryIndexes;
import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import io.presence.query.Query;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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

    private static final Query.Filter ONLINE = Query.equal("status", "online");
    private static final Query.Filter AWAY = Query.equal("status", "away");
    private static final Query.Filter EITHER = Query.equal("status", "away", "online");

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

    /** An entry loses the value and gets it back while a reader meets all that have it. */
    @JCStressTest
    @Outcome(id = "true, 12", expect = ACCEPTABLE, desc = "each once")
    @Outcome(id = "false, 11", expect = ACCEPTABLE, desc = "each once but the one that was away for a while")
    @Outcome(expect = FORBIDDEN, desc = "one twice, or one missed that was there throughout")
    @State
    public static class LeaveAndReturn {

        private static final int ENTRIES = 12;
        private static final int IN_ONE_BIN = 7;

        private final SecondaryIndexes<Item> indexes = new SecondaryIndexes<>(List.of(AttributePath.of("status")));
        private final Planner<Item> planner = new Planner<>(new AllItems(), indexes);
        private final Attributes online = Attributes.of(Map.of("status", "online"));
        private final Attributes away = Attributes.of(Map.of("status", "away"));
        private final Item first = new Item(0);

        /** Adds the entries, the one that leaves first. */
        public LeaveAndReturn() {
            indexes.addPostings(first, online, null, null);
            for (int i = 1; i < ENTRIES; i++) {
                indexes.addPostings(new Item(Math.max(0, i - IN_ONE_BIN + 1)), online, null, null);
            }
        }

        private void move(Attributes from, Attributes to) {
            indexes.addPostings(first, to, from, null);
            indexes.removePostings(first, from, to, null);
        }

        /** Leaves and returns. */
        @Actor
        public void leaveAndReturn() {
            move(online, away);
            move(away, online);
        }

        /** Meets the entries. */
        @Actor
        public void read(ZI_Result r) {
            for (Item item : planner.choose(ONLINE).entries()) {
                r.r1 |= item == first;
                r.r2++;
            }
        }
    }

    /** An entry with a given place in a hash table. One that returns is the last of its bin. */
    private static final class Item {

        private final int hash;

        Item(int hash) {
            this.hash = hash;
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }
    }

    /** So many entries that an index is always the better choice. */
    private static final class AllItems implements Planner.PrimaryIndex<Item> {
        @Override
        public Item find(String id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int size() {
            return Integer.MAX_VALUE;
        }

        @Override
        public Iterator<Item> iterator() {
            throw new UnsupportedOperationException();
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
