package io.presence.internal.join;

import io.presence.internal.mailbox.Step;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The last steps, for those who return and want to know what they have missed.
 *
 * <p><b>Cost.</b> A reference for each step, and what presences it went between.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
public final class History {

    private final @Nullable Step[] ring;
    private long last;

    /**
     * Starts empty, before revision 1.
     *
     * @param steps how many to keep
     */
    public History(int steps) {
        this.ring = new @Nullable Step[steps];
    }

    /**
     * Takes the next step.
     *
     * @param step one revision after the last, or null if no presence changed at that
     */
    public void add(@Nullable Step step) {
        last++;
        if (ring.length > 0) {
            ring[(int) (last % ring.length)] = step;
        }
    }

    /** Tells whether every step after a revision is known. */
    public boolean reaches(long revision) {
        return revision >= 0 && revision <= last && last - revision <= ring.length;
    }

    /** Goes over the steps after a revision that this {@link #reaches}, in order. */
    public void forEachAfter(long revision, Consumer<Step> action) {
        for (long each = revision + 1; each <= last; each++) {
            Step step = ring[(int) (each % ring.length)];
            if (step != null) {
                action.accept(step);
            }
        }
    }
}
