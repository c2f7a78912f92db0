package io.presence.query.internal.range;

import io.presence.query.internal.plan.Bound;
import io.presence.query.internal.posting.Posting;
import org.jspecify.annotations.Nullable;

/** An interval whose ends take more than a word to tell: apart, since those of numbers are many and do without. */
final class TextInterval<Q> extends Interval<Q> {
    private final @Nullable String lowText;
    private final @Nullable String highText;
    private @Nullable String maxText;

    TextInterval(Posting.Home<Q> home, Bound low, Bound high, int priority) {
        super(home, low, high, priority);
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
