package io.presence.internal.delivery;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The open subscriptions of a store, unordered, in an array.
 *
 * <p><b>Cost.</b> One reference each. Adding and removing is O(1) amortized.
 *
 * <p><b>Threads.</b> Safe for use by any thread. Each method holds the monitor for O(1); {@link #forEach} and {@link
 * #any} acquire it once per element.
 */
public final class OpenSubscriptions {

    private static final int MIN_LENGTH = 16;

    private @Nullable LiveSubscription[] array = new @Nullable LiveSubscription[MIN_LENGTH];
    private volatile int size;

    /** Creates an empty set. */
    public OpenSubscriptions() {}

    /** Returns the number of open subscriptions. */
    public int size() {
        return size;
    }

    /** Adds a subscription that is not in it. */
    public synchronized void add(LiveSubscription subscription) {
        if (size == array.length) {
            array = Arrays.copyOf(array, 2 * size);
        }
        put(size, subscription);
        size = size + 1;
    }

    /** Removes a subscription. Does nothing if this set does not contain the subscription. */
    public synchronized void remove(LiveSubscription subscription) {
        int index = subscription.openIndex();
        if (index >= size || array[index] != subscription) {
            return;
        }
        int last = size - 1;
        size = last;
        put(index, requireNonNull(array[last]));
        array[last] = null;
        if (array.length > MIN_LENGTH && last <= array.length / 4) {
            array = Arrays.copyOf(array, array.length / 2);
        }
    }

    private void put(int index, LiveSubscription subscription) {
        array[index] = subscription;
        subscription.openIndex(index);
    }

    private synchronized @Nullable LiveSubscription get(int index) {
        return index < size ? array[index] : null;
    }

    /**
     * Calls a function, outside the monitor, with each subscription that is in it during the whole call. A subscription
     * is visited twice if it moves meanwhile, and one that is added meanwhile can be missed.
     */
    public void forEach(Consumer<LiveSubscription> action) {
        /* Downwards, since a removal moves the last element to a lower index, where the iteration still meets it. */
        for (int index = size - 1; index >= 0; index--) {
            LiveSubscription subscription = get(index);
            if (subscription != null) {
                action.accept(subscription);
            }
        }
    }

    /** Returns whether a condition holds for a subscription that is in it during the whole call. */
    public boolean any(Predicate<LiveSubscription> condition) {
        for (int index = size - 1; index >= 0; index--) {
            LiveSubscription subscription = get(index);
            if (subscription != null && condition.test(subscription)) {
                return true;
            }
        }
        return false;
    }
}
