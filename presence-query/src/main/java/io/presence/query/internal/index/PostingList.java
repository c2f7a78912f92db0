package io.presence.query.internal.index;

import io.presence.query.internal.ArraySizing;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The postings of one term, in no order.
 *
 * <p>It counts the misses among its candidates, to detect terms that should be replaced by rarer ones.
 *
 * <p><b>Cost.</b> Adding and removing take amortized constant time. A single posting takes no array.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <Q> the type of queries
 */
class PostingList<Q> {

    /** The number of candidates whose evaluation costs about as much as one plan. */
    static final int CANDIDATES_PER_PLAN = 32;

    /** The maximum number of candidates that are read ahead together. */
    static final int AHEAD = 16;

    /** The number of candidates from which reading ahead gains more than it costs. */
    static final int LEAST_AHEAD = 8;

    private static final int SPARE = 16;

    /*
     * The low bits of misses contain the number of failed reviews in a row: another field would take 8 bytes.
     */
    private static final int REVIEW_BITS = 4;
    private static final int MAX_REVIEWS = (1 << REVIEW_BITS) - 1;
    private static final int MAX_MISSES = Integer.MAX_VALUE >> REVIEW_BITS;
    /* The maximum number of misses by which failed reviews delay the next one, unless the first review needs more. */
    private static final int MAX_DELAY = 16_384;

    private final Owner<Q> owner;
    /* The posting if there is one, or an array of them. */
    private @Nullable Object postings;
    private int size;
    private int misses;

    /**
     * The structure that contains a posting list.
     *
     * @param <Q> the type of queries
     */
    @FunctionalInterface
    interface Owner<Q> {
        /** Called when a posting was removed from a list. The owner must drop the list if it is empty. */
        void removed(PostingList<Q> postingList);
    }

    /**
     * A callback that receives the candidates of posting lists.
     *
     * @param <Q> the type of queries
     */
    interface Visitor<Q> {
        /**
         * Called for the posting of each candidate; must not index or unindex. Returns whether the query matches, and
         * false if it was visited before.
         */
        boolean candidate(Posting<? extends Q> posting);

        /**
         * Called with postings whose candidates come next, from one position to another, which is excluded. The visitor
         * can read them all at once, so that their cache misses overlap.
         */
        default void onAhead(Posting<? extends Q>[] postings, int from, int to) {}

        /** Called for a posting list with too many misses. */
        void onLowYield(PostingList<? extends Q> postingList);
    }

    /** Creates an empty posting list. */
    PostingList(Owner<Q> owner) {
        this.owner = owner;
    }

    /** Returns the number of postings. */
    int size() {
        return size;
    }

    /** Returns whether there are no postings. */
    boolean isEmpty() {
        return size == 0;
    }

    /** Returns a posting by its position. */
    @SuppressWarnings("unchecked") // nothing else is put there
    Posting<Q> get(int position) {
        Object now = postings;
        Object found = now instanceof Posting<?>[] array ? array[position] : position == 0 ? now : null;
        if (found == null) {
            throw new IndexOutOfBoundsException(position);
        }
        return (Posting<Q>) found;
    }

    /** Adds a posting that is in no list. */
    void add(Posting<Q> posting) {
        posting.postingList = this;
        posting.position = size;
        put(size++, posting);
    }

    /** Removes a posting; the last one takes its position. */
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

    /** Visits the query of each posting. */
    @SuppressWarnings("unchecked") // nothing else is put there
    final void visit(Visitor<? super Q> visitor) {
        int missed = 0;
        if (postings instanceof Posting<?>[] array) {
            for (int from = 0; from < size; from += AHEAD) {
                missed += visit((Posting<Q>[]) array, from, Math.min(from + AHEAD, size), visitor);
            }
        } else if (size == 1) {
            missed = visitor.candidate(get(0)) ? 0 : 1;
        }
        missed(missed, visitor);
    }

    private int visit(Posting<Q>[] array, int from, int to, Visitor<? super Q> visitor) {
        if (to - from >= LEAST_AHEAD) {
            visitor.onAhead(array, from, to);
        }
        int missed = 0;
        for (int i = from; i < to; i++) {
            missed += visitor.candidate(array[i]) ? 0 : 1;
        }
        return missed;
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

    /** Sets the number of misses to 0, and delays the next review by a multiple of the first threshold. */
    void resetMisses(int backoff) {
        delay((int) Math.min(MAX_MISSES, (long) backoff * reviewThreshold()));
    }

    private void delay(int delay) {
        misses = (-delay << REVIEW_BITS) | failedReviews();
    }

    /** Returns the number of consecutive failed reviews. A review fails if it finds no better term for any query. */
    int failedReviews() {
        return misses & MAX_REVIEWS;
    }

    /** Resets the misses after a review that found a better term for a query. */
    void reviewSucceeded() {
        misses = 0;
    }

    /**
     * Resets the misses after a review that found no better term. Each failed review in a row doubles the misses until
     * the next one, up to {@value #MAX_DELAY} more than before the first review, or twice as many as then.
     */
    void reviewFailed() {
        int reviews = Math.min(MAX_REVIEWS, failedReviews() + 1);
        int most = Math.max(MAX_DELAY, reviewThreshold());
        delay((int) Math.min(most, ((1L << reviews) - 1) * reviewThreshold()));
        misses = (misses & ~MAX_REVIEWS) | reviews;
    }
}
