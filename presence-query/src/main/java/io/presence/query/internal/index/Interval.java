package io.presence.query.internal.index;

import io.presence.query.internal.plan.Bound;
import org.jspecify.annotations.Nullable;

/**
 * The queries of which a record must have a value within one range; a node of an {@link IntervalTree}.
 *
 * <p>An end is a word; the texts that there may be beside it are null here, and kept by {@link TextInterval}.
 *
 * @param <Q> the type of queries
 */
class Interval<Q> extends PostingList<Q> {
    final int priority;

    @Nullable Interval<Q> left;

    @Nullable Interval<Q> right;

    private final long low;
    private final long high;
    /* The greatest high of this node and those below. */
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

    /** Sets the text of the greatest end; null if there is none. */
    void maxText(@Nullable String text) {}

    /** Takes in what has become of the nodes below. */
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

    /** Orders ranges by where they start, and then by where they end. */
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

    /** Tells whether this and all below end before a point. */
    boolean allEndBefore(long word, @Nullable String text) {
        return Bound.compare(max, maxText(), word, text) < 0;
    }
}
