package io.presence.query.internal.index;

import io.presence.query.internal.plan.Bound;
import org.jspecify.annotations.Nullable;

/**
 * The posting list of one range, and a node of an {@link IntervalTree}.
 *
 * <p>The ends are words. The text beside a word is null here; {@link TextInterval} stores it.
 *
 * @param <Q> the type of queries
 */
class Interval<Q> extends PostingList<Q> {

    final int priority;

    @Nullable Interval<Q> left;

    @Nullable Interval<Q> right;

    private final long low;
    private final long high;
    /* The greatest upper end of this node and its descendants. */
    private long max;

    Interval(Owner<Q> owner, Bound low, Bound high, int priority) {
        super(owner);
        this.low = low.word();
        this.high = high.word();
        this.priority = priority;
        this.max = this.high;
    }

    @Nullable String lowText() {
        return null;
    }

    @Nullable String highText() {
        return null;
    }

    @Nullable String maxText() {
        return null;
    }

    /** Sets the text of the greatest upper end; null if there is none. */
    void maxText(@Nullable String text) {}

    /** Recomputes the greatest upper end from the children. */
    void updateMax() {
        max = high;
        maxText(highText());
        raiseMax(left);
        raiseMax(right);
    }

    private void raiseMax(@Nullable Interval<Q> below) {
        if (below != null && Bound.compare(below.max, below.maxText(), max, maxText()) > 0) {
            max = below.max;
            maxText(below.maxText());
        }
    }

    /** Orders ranges by their lower and then by their upper end. */
    int compareTo(Bound otherLow, Bound otherHigh) {
        int order = Bound.compare(low, lowText(), otherLow.word(), otherLow.text());
        return order != 0 ? order : Bound.compare(high, highText(), otherHigh.word(), otherHigh.text());
    }

    int compareTo(Interval<Q> other) {
        int order = Bound.compare(low, lowText(), other.low, other.lowText());
        return order != 0 ? order : Bound.compare(high, highText(), other.high, other.highText());
    }

    boolean startsAfter(long word, @Nullable String text) {
        return Bound.compare(low, lowText(), word, text) > 0;
    }

    boolean endsBefore(long word, @Nullable String text) {
        return Bound.compare(high, highText(), word, text) < 0;
    }

    /** Returns whether this node and all descendants end before a point. */
    boolean allEndBefore(long word, @Nullable String text) {
        return Bound.compare(max, maxText(), word, text) < 0;
    }
}
