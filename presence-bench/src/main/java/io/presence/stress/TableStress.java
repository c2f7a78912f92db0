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

/** Readers of a table while others put and take. */
public final class TableStress {

    private static final int PAGE = 16;
    private static final int STAYING = 20;
    private static final int COMING = 24;

    private TableStress() {}

    /** Numbers, in pages so small that they part soon. */
    private static final class Numbers extends PagedTable<Integer, Integer> {

        Numbers() {
            super(PAGE, PAGE);
            putAll(0, STAYING);
        }

        @Override
        protected boolean hasKey(Integer value, Integer key) {
            return value.equals(key);
        }

        void put(int number) {
            compute(number, there -> number);
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

        /** How many a pass meets, or -1 if it meets one twice. */
        int passed(int below) {
            Set<Integer> met = new HashSet<>();
            int passed = 0;
            for (Iterator<Integer> pass = iterator(); pass.hasNext(); ) {
                int number = pass.next();
                if (!met.add(number)) {
                    return -1;
                }
                passed += number < below ? 1 : 0;
            }
            return passed;
        }
    }

    /** Two put so many that pages part: what each has put is there. */
    @JCStressTest
    @Outcome(id = "true, true, 68", expect = ACCEPTABLE, desc = "nothing is lost, nothing met twice")
    @Outcome(expect = FORBIDDEN, desc = "a value lost, or met twice")
    @State
    public static class Put {

        private final Numbers numbers = new Numbers();

        /** Puts. */
        @Actor
        public void put(ZZI_Result r) {
            numbers.putAll(STAYING, COMING);
            r.r1 = numbers.hasAll(STAYING + COMING);
        }

        /** Puts others. */
        @Actor
        public void putOthers(ZZI_Result r) {
            numbers.putAll(STAYING + COMING, COMING);
            r.r2 = numbers.hasAll(STAYING);
        }

        /** Counts. */
        @Arbiter
        public void count(ZZI_Result r) {
            r.r3 = numbers.hasAll(STAYING + 2 * COMING) ? numbers.passed(Integer.MAX_VALUE) : -2;
        }
    }

    /** What was there before pages part is found, and met once, all the time. */
    @JCStressTest
    @Outcome(id = "20, true, 44", expect = ACCEPTABLE, desc = "nothing is lost, nothing met twice")
    @Outcome(expect = FORBIDDEN, desc = "a value lost, or met twice")
    @State
    public static class Part {

        private final Numbers numbers = new Numbers();

        /** Puts. */
        @Actor
        public void put() {
            numbers.putAll(STAYING, COMING);
        }

        /** Passes. */
        @Actor
        public void pass(IZI_Result r) {
            r.r1 = numbers.passed(STAYING);
            r.r2 = numbers.hasAll(STAYING);
        }

        /** Counts. */
        @Arbiter
        public void count(IZI_Result r) {
            r.r3 = numbers.passed(Integer.MAX_VALUE);
        }
    }

    /** One is taken while others, which may lie behind its place, are looked for. */
    @JCStressTest
    @Outcome(id = "true, 19", expect = ACCEPTABLE, desc = "the others were found")
    @Outcome(expect = FORBIDDEN, desc = "another was lost with it")
    @State
    public static class Take {

        private final Numbers numbers = new Numbers();

        /** Takes the last. */
        @Actor
        public void take() {
            numbers.compute(STAYING - 1, there -> null);
        }

        /** Looks for the others. */
        @Actor
        public void look(ZI_Result r) {
            r.r1 = numbers.hasAll(STAYING - 1);
        }

        /** Counts. */
        @Arbiter
        public void count(ZI_Result r) {
            r.r2 = numbers.passed(Integer.MAX_VALUE);
        }
    }

    /** One is put where another was taken: who looks for either never finds what it did not look for. */
    @JCStressTest
    @Outcome(id = "true, true", expect = ACCEPTABLE, desc = "each was found or not, and was itself")
    @Outcome(expect = FORBIDDEN, desc = "another in its place")
    @State
    public static class Reuse {

        private final Numbers numbers = new Numbers();

        /** Takes one and puts others. */
        @Actor
        public void take() {
            numbers.compute(3, there -> null);
            numbers.putAll(STAYING, 4);
        }

        /** Looks for the one, and for another, which is there from the first time on that it is found. */
        @Actor
        public void look(ZZ_Result r) {
            Integer found = numbers.get(3);
            r.r1 = found == null || found == 3;
            Integer other = numbers.get(STAYING);
            r.r2 = other == null || (other == STAYING && numbers.get(STAYING) != null);
        }
    }
}
