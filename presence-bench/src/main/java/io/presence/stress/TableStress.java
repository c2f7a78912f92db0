package io.presence.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.presence.internal.table.PagedTable;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZI_Result;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Races of readers of a table with writers. */
public final class TableStress {

    private static final int PAGE = 16;
    private static final int INITIAL = 20;
    private static final int ADDED = 24;

    private TableStress() {}

    /** A table of numbers with pages so small that they split soon. */
    private static final class Numbers extends PagedTable<Integer, Integer> {

        Numbers() {
            super(PAGE, PAGE);
            putAll(0, INITIAL);
        }

        @Override
        protected boolean hasKey(Integer value, Integer key) {
            return value.equals(key);
        }

        void put(int number) {
            compute(number, present -> number);
        }

        void putAll(int from, int count) {
            for (int number = from; number < from + count; number++) {
                put(number);
            }
        }

        boolean hasAll(int count) {
            for (int number = 0; number < count; number++) {
                if (get(number) == null) {
                    return false;
                }
            }
            return true;
        }

        /** Returns the number of values below a bound that an iteration returns, or -1 if it returns a value twice. */
        int iterated(int below) {
            Set<Integer> seen = new HashSet<>();
            int count = 0;
            for (Iterator<Integer> all = iterator(); all.hasNext(); ) {
                int number = all.next();
                if (!seen.add(number)) {
                    return -1;
                }
                count += number < below ? 1 : 0;
            }
            return count;
        }
    }

    /** Two writers add values and split pages. Each value is present afterwards. */
    @JCStressTest
    @Outcome(id = "true, true, 68", expect = ACCEPTABLE, desc = "no value lost, none returned twice")
    @Outcome(expect = FORBIDDEN, desc = "a value lost, or returned twice")
    @State
    public static class PutPut {

        private final Numbers numbers = new Numbers();

        /** Adds values. */
        @Actor
        public void put(ZZI_Result r) {
            numbers.putAll(INITIAL, ADDED);
            r.r1 = numbers.hasAll(INITIAL + ADDED);
        }

        /** Adds other values. */
        @Actor
        public void putOthers(ZZI_Result r) {
            numbers.putAll(INITIAL + ADDED, ADDED);
            r.r2 = numbers.hasAll(INITIAL);
        }

        /** Counts. */
        @Arbiter
        public void count(ZZI_Result r) {
            r.r3 = numbers.hasAll(INITIAL + 2 * ADDED) ? numbers.iterated(Integer.MAX_VALUE) : -2;
        }
    }

    /** A value that was put before a split is found at any time, and each iteration returns it once. */
    @JCStressTest
    @Outcome(id = "20, true, 44", expect = ACCEPTABLE, desc = "no value lost, none returned twice")
    @Outcome(expect = FORBIDDEN, desc = "a value lost, or returned twice")
    @State
    public static class SplitIterate {

        private final Numbers numbers = new Numbers();

        /** Adds values. */
        @Actor
        public void put() {
            numbers.putAll(INITIAL, ADDED);
        }

        /** Iterates. */
        @Actor
        public void iterate(IZI_Result r) {
            r.r1 = numbers.iterated(INITIAL);
            r.r2 = numbers.hasAll(INITIAL);
        }

        /** Counts. */
        @Arbiter
        public void count(IZI_Result r) {
            r.r3 = numbers.iterated(Integer.MAX_VALUE);
        }
    }

    /** A value is removed while values whose probe sequence can include its slot are read. */
    @JCStressTest
    @Outcome(id = "true, 19", expect = ACCEPTABLE, desc = "the other values were found")
    @Outcome(expect = FORBIDDEN, desc = "another value was lost")
    @State
    public static class RemoveGet {

        private final Numbers numbers = new Numbers();

        /** Removes the last value. */
        @Actor
        public void remove() {
            numbers.compute(INITIAL - 1, present -> null);
        }

        /** Reads the other values. */
        @Actor
        public void read(ZI_Result r) {
            r.r1 = numbers.hasAll(INITIAL - 1);
        }

        /** Counts. */
        @Arbiter
        public void count(ZI_Result r) {
            r.r2 = numbers.iterated(Integer.MAX_VALUE);
        }
    }

    /** A value is added in the slot of a removed one. A reader does not find another value than it looks for. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "each result was null or the right value")
    @Outcome(expect = FORBIDDEN, desc = "another value was returned")
    @State
    public static class ReuseSlot {

        private final Numbers numbers = new Numbers();

        /** Removes a value and adds others. */
        @Actor
        public void remove() {
            numbers.compute(3, present -> null);
            numbers.putAll(INITIAL, 4);
        }

        /** Reads the removed value, and an added one, which stays present once it is found. */
        @Actor
        public void read(ZZ_Result r) {
            Integer found = numbers.get(3);
            r.r1 = found == null || found == 3;
            Integer other = numbers.get(INITIAL);
            r.r2 = other == null || (other == INITIAL && numbers.get(INITIAL) != null);
        }
    }
}
