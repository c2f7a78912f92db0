package io.presence.query.internal.index;

import io.presence.query.MatchVisitor;
import io.presence.query.Query;
import io.presence.query.internal.ArraySizing;
import io.presence.query.internal.program.Program;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A distinct query with its program and its subscribers. It is its own first posting, so that most queries are one
 * object.
 *
 * @param <S> the type of subscribers
 */
final class StandingQuery<S> extends Posting<StandingQuery<S>> {

    private static final int PAIR = 2;

    private final int hash;
    private final Query.Filter filter;
    private Program residual;
    /* The registration if there is one, or an array that alternates subscribers and their registrations. */
    private @Nullable Object subscribers;
    private int size;

    /** The result of the last pass in which this was a candidate; see {@link MatchRun}. */
    int mark;

    StandingQuery(int hash, Query.Filter filter, Program residual) {
        this.hash = hash;
        this.filter = filter;
        this.residual = residual;
    }

    /** A further posting of a query, with the program to run if the query is found by it. */
    static final class Extra<S> extends Posting<StandingQuery<S>> {
        private final StandingQuery<S> query;
        private final Program residual;

        Extra(StandingQuery<S> query, Program residual) {
            this.query = query;
            this.residual = residual;
        }

        @Override
        public StandingQuery<S> query() {
            return query;
        }
    }

    /** A supplier of the postings of a query, which begins with the query itself. */
    static final class Postings<S> implements Supplier<Posting<StandingQuery<S>>> {
        private final StandingQuery<S> query;
        private Program residual;
        private @Nullable Posting<StandingQuery<S>> last;

        Postings(StandingQuery<S> query) {
            this.query = query;
            this.residual = query.residual;
        }

        /** Sets the program of the next postings. That of the query itself stays. */
        void residual(Program newResidual) {
            residual = newResidual;
        }

        /** Returns whether the last posting has a program. */
        boolean isUsed(Program program) {
            return last != null && StandingQuery.residual(last) == program;
        }

        @Override
        public Posting<StandingQuery<S>> get() {
            Posting<StandingQuery<S>> before = last;
            Posting<StandingQuery<S>> made = before == null ? query : new Extra<>(query, residual);
            if (before != null) {
                before.next(made);
            }
            last = made;
            return made;
        }
    }

    @Override
    public StandingQuery<S> query() {
        return this;
    }

    int hash() {
        return hash;
    }

    Query.Filter filter() {
        return filter;
    }

    Program residual() {
        return residual;
    }

    /** Returns the program to run if a query is found by one of its postings. */
    static Program residual(Posting<?> posting) {
        return posting instanceof Extra<?> extra ? extra.residual : ((StandingQuery<?>) posting).residual;
    }

    void residual(Program newResidual) {
        residual = newResidual;
    }

    /** Clears the mark. */
    void forget() {
        mark = 0;
    }

    /** Forgets the posting lists and passes of an index that is no longer used. */
    void leaveIndex() {
        forget();
        next(null);
        postingList = null;
    }

    boolean hasSubscribers() {
        return size > 0;
    }

    /** Reads what a visit reads first: the registration, or the array of them. Returns a number of it. */
    int readAhead() {
        if (subscribers instanceof Object[] array) {
            return array.length;
        }
        return subscribers instanceof Registration<?> one ? one.position() : 0;
    }

    /** Visits all subscribers of a query that matches before or after a change. */
    @SuppressWarnings("unchecked") // nothing else is put there
    void visit(MatchVisitor<? super S> visitor, boolean before, boolean after) {
        if (subscribers instanceof Object[] array) {
            for (int i = 0; i < PAIR * size; i += PAIR) {
                visitor.matched((S) array[i], before, after);
            }
        } else {
            visitor.matched(registration(0).subscriber(), before, after);
        }
    }

    /** Visits all subscribers of a query that was not evaluated. */
    @SuppressWarnings("unchecked") // nothing else is put there
    void handOver(MatchVisitor.Bounded<? super S> visitor) {
        if (subscribers instanceof Object[] array) {
            for (int i = 0; i < PAIR * size; i += PAIR) {
                visitor.undecided((S) array[i]);
            }
        } else {
            visitor.undecided(registration(0).subscriber());
        }
    }

    @SuppressWarnings("unchecked") // nothing else is put there
    private Registration<S> registration(int position) {
        Object found = subscribers instanceof Object[] array ? array[PAIR * position + 1] : subscribers;
        if (found == null) {
            throw new IndexOutOfBoundsException(position);
        }
        return (Registration<S>) found;
    }

    /** Adds a registration, unless there is no memory for it. */
    void add(Registration<S> registration) {
        registration.place(this, size);
        if (size == 0) {
            subscribers = registration;
        } else {
            put(roomForOneMore(), size, registration);
        }
        size++;
    }

    private @Nullable Object[] roomForOneMore() {
        @Nullable Object[] array;
        if (subscribers instanceof Object[] had) {
            array = had;
        } else {
            array = new @Nullable Object[PAIR];
            put(array, 0, registration(0));
        }
        if (array.length == PAIR * size) {
            array = Arrays.copyOf(array, PAIR * ArraySizing.grown(size));
        }
        subscribers = array;
        return array;
    }

    private static void put(@Nullable Object[] array, int position, @Nullable Registration<?> registration) {
        array[PAIR * position] = registration == null ? null : registration.subscriber();
        array[PAIR * position + 1] = registration;
    }

    /** Removes a registration; the last one takes its position. It is removed even if there is no memory to shrink. */
    void remove(Registration<S> registration) {
        int position = registration.position();
        Registration<S> last = registration(--size);
        last.place(this, position);
        registration.place(null, 0);
        if (subscribers instanceof Object[] array) {
            put(array, position, last);
            put(array, size, null);
            subscribers = shrunk(array);
        } else {
            subscribers = null;
        }
    }

    private Object shrunk(@Nullable Object[] array) {
        if (size == 1) {
            return registration(0);
        }
        int length = PAIR * ArraySizing.shrunk(size, array.length / PAIR);
        return length < array.length ? Arrays.copyOf(array, length) : array;
    }
}
