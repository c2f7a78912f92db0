package io.presence.internal.delivery;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All open subscriptions, in no order.
 *
 * <p><b>Cost.</b> One reference each; O(1) to add and to remove, amortized.
 *
 * <p><b>Threads.</b> Safe for use by any thread: each method holds the monitor for O(1), and {@link #forEach} for each step.
 */
public final class OpenSubscriptions {

    private static final int LEAST = 16;

    private @Nullable LiveSubscription[] places = new @Nullable LiveSubscription[LEAST];
    private volatile int size;

    /** Starts empty. */
    public OpenSubscriptions() {}

    /** How many there are. */
    public int size() {
        return size;
    }

    /** Adds one that is not in it. */
    public synchronized void add(LiveSubscription subscription) {
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size);
        }
        put(size, subscription);
        size = size + 1;
    }

    /** Removes one; does nothing if it is not in it. */
    public synchronized void remove(LiveSubscription subscription) {
        int place = subscription.place();
        if (place >= size || places[place] != subscription) {
            return;
        }
        int last = size - 1;
        size = last;
        put(place, requireNonNull(places[last]));
        places[last] = null;
        if (places.length > LEAST && last <= places.length / 4) {
            places = Arrays.copyOf(places, places.length / 2);
        }
    }

    private void put(int place, LiveSubscription subscription) {
        places[place] = subscription;
        subscription.place(place);
    }

    private synchronized @Nullable LiveSubscription at(int place) {
        return place < size ? places[place] : null;
    }

    /**
     * Calls a function with each one that is in it from here to the end of the call, outside the monitor. One that moves is met
     * twice, if another is removed meanwhile; one that is added may be missed.
     */
    public void forEach(Consumer<LiveSubscription> action) {
        /* Downwards, since a removal moves the last one down to its place: none moves past the pass. */
        for (int place = size - 1; place >= 0; place--) {
            LiveSubscription subscription = at(place);
            if (subscription != null) {
                action.accept(subscription);
            }
        }
    }

    /** Returns whether a condition holds for one that is in it from here to the end of the call. */
    public boolean any(Predicate<LiveSubscription> condition) {
        for (int place = size - 1; place >= 0; place--) {
            LiveSubscription subscription = at(place);
            if (subscription != null && condition.test(subscription)) {
                return true;
            }
        }
        return false;
    }
}
