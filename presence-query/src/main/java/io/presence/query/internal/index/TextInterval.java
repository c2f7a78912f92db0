package io.presence.query.internal.index;

import io.presence.query.internal.plan.Bound;
import org.jspecify.annotations.Nullable;

/** An interval of strings, whose ends have a text beside the word. Intervals of numbers do without these fields. */
final class TextInterval<Q> extends Interval<Q> {

    private final @Nullable String lowText;
    private final @Nullable String highText;
    private @Nullable String maxText;

    TextInterval(PostingList.Owner<Q> owner, Bound low, Bound high, int priority) {
        super(owner, low, high, priority);
        this.lowText = low.text();
        this.highText = high.text();
        this.maxText = highText;
    }

    @Override
    @Nullable String lowText() {
        return lowText;
    }

    @Override
    @Nullable String highText() {
        return highText;
    }

    @Override
    @Nullable String maxText() {
        return maxText;
    }

    @Override
    void maxText(@Nullable String text) {
        maxText = text;
    }
}
