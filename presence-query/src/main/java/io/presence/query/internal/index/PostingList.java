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
    private static final int REVIEW_BITS = 4;
    private static final int MAX_REVIEWS = (1 << REVIEW_BITS) - 1;
    private static final int MAX_MISSES = Integer.MAX_VALUE >> REVIEW_BITS;
    /* The misses by which fruitless looks delay the next look, at most, unless those of a first look are more. */
    private static final int MAX_DELAY = 16_384;

    private final Owner<Q> owner;
    /* The filing, if there is one; an array of them, if there were more. */
    private @Nullable Object postings;
    private int size;
    private int misses;

    /**
     * Where postings are kept.
     *
     * @param <Q> the type of queries
     */
    @FunctionalInterface
    interface Owner<Q> {
        /** Is told that a filing was removed from a posting, which may be empty now and is to be dropped then. */
        void removed(PostingList<Q> postingList);
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
        void onLowYield(PostingList<? extends Q> postingList);
    }

    /** Makes an empty posting. */
    PostingList(Owner<Q> owner) {
        this.owner = owner;
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
        Object now = postings;
        Object found = now instanceof Posting<?>[] array ? array[position] : position == 0 ? now : null;
        if (found == null) {
            throw new IndexOutOfBoundsException(position);
        }
        return (Posting<Q>) found;
    }

    /** Files a query here that is filed nowhere by this filing. */
    void add(Posting<Q> posting) {
        posting.postingList = this;
        posting.position = size;
        put(size++, posting);
    }

    /** Removes a filing; the last one takes its place. */
    void remove(Posting<Q> posting) {
        Posting<Q> last = get(--size);
        last.position = posting.position;
        put(posting.position, last);
        put(size, null);
        shrink();
        posting.postingList = null;
        owner.removed(this);
    }

    private void put(int position, @Nullable Posting<Q> posting) {
        if (position == 0 && !(postings instanceof Posting<?>[])) {
            postings = posting;
        } else {
            roomFor(position)[position] = posting;
        }
    }

    private @Nullable Posting<?>[] roomFor(int position) {
        @Nullable Posting<?>[] array = postings instanceof Posting<?>[] had ? had : new Posting<?>[] {get(0)};
        if (position >= array.length) {
            array = Arrays.copyOf(array, ArraySizing.grown(array.length));
        }
        postings = array;
        return array;
    }

    private void shrink() {
        if (postings instanceof Posting<?>[] array) {
            int length = ArraySizing.shrunk(size, array.length);
            if (size <= 1) {
                postings = array[0];
            } else if (length < array.length) {
                postings = Arrays.copyOf(array, length);
            }
        }
    }

    /** Shows every query that is filed here. */
    @SuppressWarnings("unchecked") // nothing else is put there
    final void visit(Visitor<? super Q> visitor) {
        int missed = 0;
        if (postings instanceof Posting<?>[] array) {
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
        misses += more << REVIEW_BITS;
        if (misses >> REVIEW_BITS > reviewThreshold()) {
            visitor.onLowYield(this);
        }
    }

    private int reviewThreshold() {
        return (int) Math.min(MAX_MISSES / 2, CANDIDATES_PER_PLAN * ((long) size + SPARE));
    }

    /** Starts to count misses anew. Patience delays the next time that this is wasteful, by so many times. */
    void resetMisses(int backoff) {
        delay((int) Math.min(MAX_MISSES, (long) backoff * reviewThreshold()));
    }

    private void delay(int delay) {
        misses = (-delay << REVIEW_BITS) | failedReviews();
    }

    /** Returns how often in a row a look at this posting has found no better place for any of its queries. */
    int failedReviews() {
        return misses & MAX_REVIEWS;
    }

    /** Starts to count misses anew after a look that has found a better place for some query. */
    void reviewSucceeded() {
        misses = 0;
    }

    /**
     * Starts to count misses anew after a look that has found no better place. Each such look in a row doubles the misses
     * until the next, up to {@value #MAX_DELAY} more than before the first, or twice as many as then.
     */
    void reviewFailed() {
        int reviews = Math.min(MAX_REVIEWS, failedReviews() + 1);
        int most = Math.max(MAX_DELAY, reviewThreshold());
        delay((int) Math.min(most, ((1L << reviews) - 1) * reviewThreshold()));
        misses = (misses & ~MAX_REVIEWS) | reviews;
    }
}
