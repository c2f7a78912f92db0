package io.presence.query.internal.posting;

import io.presence.query.internal.Capacity;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The queries that are filed under one condition, in no order.
 *
 * <p>It counts the candidates that it yields in vain, to tell where a better condition would pay.
 *
 * <p><b>Cost.</b> Adding and removing take constant time, amortized. One filing takes no array.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <Q> the type of queries
 */
public class Posting<Q> {
    /** About so many candidates cost what planning a query again does. */
    public static final int CANDIDATES_PER_PLAN = 32;

    private static final int SPARE = 16;

    private final Home<Q> home;
    /* The filing, if there is one; an array of them, if there were more. */
    private @Nullable Object filings;
    private int size;
    private int misses;

    /**
     * Where postings are kept.
     *
     * @param <Q> the type of queries
     */
    @FunctionalInterface
    public interface Home<Q> {
        /** Is told that a filing was removed from a posting, which may be empty now and is to be dropped then. */
        void removed(Posting<Q> posting);
    }

    /**
     * Is shown the queries of postings that a record hits.
     *
     * @param <Q> the type of queries
     */
    public interface Visitor<Q> {
        /** Takes a candidate. Returns whether it matches; false too if it was seen before. Must not file or unfile. */
        boolean candidate(Q query);

        /** Takes a posting that has yielded many candidates in vain. */
        void wasteful(Posting<? extends Q> posting);
    }

    /** Makes an empty posting. */
    public Posting(Home<Q> home) {
        this.home = home;
    }

    /** Returns how many queries are filed here. */
    public int size() {
        return size;
    }

    /** Tells whether nothing is filed here. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Returns a filing by its position. */
    @SuppressWarnings("unchecked") // nothing else is put there
    public Filing<Q> get(int position) {
        Object now = filings;
        Object found = now instanceof Filing<?>[] array ? array[position] : position == 0 ? now : null;
        if (found == null) {
            throw new IndexOutOfBoundsException(position);
        }
        return (Filing<Q>) found;
    }

    /** Files a query here that is filed nowhere by this filing. */
    public void add(Filing<Q> filing) {
        filing.posting = this;
        filing.position = size;
        put(size++, filing);
    }

    /** Removes a filing; the last one takes its place. */
    public void remove(Filing<Q> filing) {
        Filing<Q> last = get(--size);
        last.position = filing.position;
        put(filing.position, last);
        put(size, null);
        shrink();
        filing.posting = null;
        home.removed(this);
    }

    private void put(int position, @Nullable Filing<Q> filing) {
        if (position == 0 && !(filings instanceof Filing<?>[])) {
            filings = filing;
        } else {
            roomFor(position)[position] = filing;
        }
    }

    private @Nullable Filing<?>[] roomFor(int position) {
        @Nullable Filing<?>[] array = filings instanceof Filing<?>[] had ? had : new Filing<?>[] {get(0)};
        if (position >= array.length) {
            array = Arrays.copyOf(array, Capacity.more(array.length));
        }
        filings = array;
        return array;
    }

    private void shrink() {
        if (filings instanceof Filing<?>[] array) {
            int length = Capacity.fewer(size, array.length);
            if (size <= 1) {
                filings = array[0];
            } else if (length < array.length) {
                filings = Arrays.copyOf(array, length);
            }
        }
    }

    /** Shows every query that is filed here. */
    @SuppressWarnings("unchecked") // nothing else is put there
    public final void visit(Visitor<? super Q> visitor) {
        int missed = 0;
        if (filings instanceof Filing<?>[] array) {
            for (int i = 0; i < size; i++) {
                missed += visitor.candidate(((Filing<Q>) array[i]).query()) ? 0 : 1;
            }
        } else if (size == 1) {
            missed = visitor.candidate(get(0).query()) ? 0 : 1;
        }
        missed(missed, visitor);
    }

    /** Counts candidates that did not match. */
    protected final void missed(int more, Visitor<? super Q> visitor) {
        misses += more;
        if (misses > CANDIDATES_PER_PLAN * (size + SPARE)) {
            visitor.wasteful(this);
        }
    }

    /** Starts to count misses anew. Patience delays the next time that this is wasteful, by so many times. */
    public void forgive(int patience) {
        misses = (int) Math.max(Integer.MIN_VALUE, -(long) patience * CANDIDATES_PER_PLAN * (size + SPARE));
    }
}
