package io.presence.query.internal.index;

import io.presence.query.internal.ArraySizing;
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
class PostingList<Q> {
    /** About so many candidates cost what planning a query again does. */
    static final int CANDIDATES_PER_PLAN = 32;

    private static final int SPARE = 16;

    /* The low bits of the count of misses hold the number of fruitless looks in a row: a field more is 8 bytes a posting. */
    private static final int LOOK_BITS = 4;
    private static final int MAX_LOOKS = (1 << LOOK_BITS) - 1;
    private static final int MAX_MISSES = Integer.MAX_VALUE >> LOOK_BITS;
    /* The misses by which fruitless looks delay the next look, at most, unless those of a first look are more. */
    private static final int MAX_DELAY = 16_384;

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
    interface Home<Q> {
        /** Is told that a filing was removed from a posting, which may be empty now and is to be dropped then. */
        void removed(PostingList<Q> posting);
    }

    /**
     * Is shown the queries of postings that a record hits.
     *
     * @param <Q> the type of queries
     */
    interface Visitor<Q> {
        /** Takes a candidate. Returns whether it matches; false too if it was seen before. Must not file or unfile. */
        boolean candidate(Q query);

        /** Takes a posting that has yielded many candidates in vain. */
        void wasteful(PostingList<? extends Q> posting);
    }

    /** Makes an empty posting. */
    PostingList(Home<Q> home) {
        this.home = home;
    }

    /** Returns how many queries are filed here. */
    int size() {
        return size;
    }

    /** Tells whether nothing is filed here. */
    boolean isEmpty() {
        return size == 0;
    }

    /** Returns a filing by its position. */
    @SuppressWarnings("unchecked") // nothing else is put there
    Posting<Q> get(int position) {
        Object now = filings;
        Object found = now instanceof Posting<?>[] array ? array[position] : position == 0 ? now : null;
        if (found == null) {
            throw new IndexOutOfBoundsException(position);
        }
        return (Posting<Q>) found;
    }

    /** Files a query here that is filed nowhere by this filing. */
    void add(Posting<Q> filing) {
        filing.posting = this;
        filing.position = size;
        put(size++, filing);
    }

    /** Removes a filing; the last one takes its place. */
    void remove(Posting<Q> filing) {
        Posting<Q> last = get(--size);
        last.position = filing.position;
        put(filing.position, last);
        put(size, null);
        shrink();
        filing.posting = null;
        home.removed(this);
    }

    private void put(int position, @Nullable Posting<Q> filing) {
        if (position == 0 && !(filings instanceof Posting<?>[])) {
            filings = filing;
        } else {
            roomFor(position)[position] = filing;
        }
    }

    private @Nullable Posting<?>[] roomFor(int position) {
        @Nullable Posting<?>[] array = filings instanceof Posting<?>[] had ? had : new Posting<?>[] {get(0)};
        if (position >= array.length) {
            array = Arrays.copyOf(array, ArraySizing.more(array.length));
        }
        filings = array;
        return array;
    }

    private void shrink() {
        if (filings instanceof Posting<?>[] array) {
            int length = ArraySizing.fewer(size, array.length);
            if (size <= 1) {
                filings = array[0];
            } else if (length < array.length) {
                filings = Arrays.copyOf(array, length);
            }
        }
    }

    /** Shows every query that is filed here. */
    @SuppressWarnings("unchecked") // nothing else is put there
    final void visit(Visitor<? super Q> visitor) {
        int missed = 0;
        if (filings instanceof Posting<?>[] array) {
            for (int i = 0; i < size; i++) {
                missed += visitor.candidate(((Posting<Q>) array[i]).query()) ? 0 : 1;
            }
        } else if (size == 1) {
            missed = visitor.candidate(get(0).query()) ? 0 : 1;
        }
        missed(missed, visitor);
    }

    /** Counts candidates that did not match. */
    protected final void missed(int more, Visitor<? super Q> visitor) {
        misses += more << LOOK_BITS;
        if (misses >> LOOK_BITS > firstLook()) {
            visitor.wasteful(this);
        }
    }

    private int firstLook() {
        return (int) Math.min(MAX_MISSES / 2, CANDIDATES_PER_PLAN * ((long) size + SPARE));
    }

    /** Starts to count misses anew. Patience delays the next time that this is wasteful, by so many times. */
    void forgive(int patience) {
        delay((int) Math.min(MAX_MISSES, (long) patience * firstLook()));
    }

    private void delay(int delay) {
        misses = (-delay << LOOK_BITS) | fruitlessLooks();
    }

    /** Returns how often in a row a look at this posting has found no better place for any of its queries. */
    int fruitlessLooks() {
        return misses & MAX_LOOKS;
    }

    /** Starts to count misses anew after a look that has found a better place for some query. */
    void lookedFruitfully() {
        misses = 0;
    }

    /**
     * Starts to count misses anew after a look that has found no better place. Each such look in a row doubles the misses
     * until the next, up to {@value #MAX_DELAY} more than before the first, or twice as many as then.
     */
    void lookedInVain() {
        int looks = Math.min(MAX_LOOKS, fruitlessLooks() + 1);
        int most = Math.max(MAX_DELAY, firstLook());
        delay((int) Math.min(most, ((1L << looks) - 1) * firstLook()));
        misses = (misses & ~MAX_LOOKS) | looks;
    }
}
