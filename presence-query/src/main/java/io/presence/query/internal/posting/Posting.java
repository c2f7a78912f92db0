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
    /* A query that is planned again costs as much as this many candidates, or less. */
    private static final int MISSES_PER_QUERY = 256;
    private static final int SPARE = 16;

    private final Home<Q> home;
    private @Nullable Filing<Q> first;
    private @Nullable Filing<Q> @Nullable [] others;
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
    public Filing<Q> get(int position) {
        Filing<Q> filing = position == 0 || others == null ? first : others[position - 1];
        if (filing == null) {
            throw new IndexOutOfBoundsException(position);
        }
        return filing;
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
        if (position == 0) {
            first = filing;
            return;
        }
        others = roomFor(position);
        others[position - 1] = filing;
    }

    private @Nullable Filing<Q>[] roomFor(int position) {
        @Nullable Filing<Q>[] now = others;
        if (now == null) {
            return newArray(2);
        }
        return position <= now.length ? now : Arrays.copyOf(now, Capacity.more(now.length));
    }

    private void shrink() {
        @Nullable Filing<Q>[] now = others;
        int length = now == null ? 0 : Capacity.fewer(size, now.length);
        if (now != null && length < now.length) {
            others = Arrays.copyOf(now, length);
        }
    }

    @SuppressWarnings("unchecked") // an array of a generic type can't be made otherwise
    private static <Q> @Nullable Filing<Q>[] newArray(int length) {
        return (Filing<Q>[]) new Filing<?>[length];
    }

    /** Shows every query that is filed here. */
    public final void visit(Visitor<? super Q> visitor) {
        int missed = 0;
        for (int i = 0; i < size; i++) {
            missed += visitor.candidate(get(i).query()) ? 0 : 1;
        }
        missed(missed, visitor);
    }

    /** Counts candidates that did not match. */
    protected final void missed(int more, Visitor<? super Q> visitor) {
        misses += more;
        if (misses > MISSES_PER_QUERY * (size + SPARE)) {
            visitor.wasteful(this);
        }
    }

    /** Starts to count misses anew. Patience delays the next time that this is wasteful, by so many times. */
    public void forgive(int patience) {
        misses = (int) Math.max(Integer.MIN_VALUE, -(long) patience * MISSES_PER_QUERY * (size + SPARE));
    }
}
