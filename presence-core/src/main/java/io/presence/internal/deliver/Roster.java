package io.presence.internal.deliver;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All open subscriptions, in no order.
 *
 * <p><b>Cost.</b> One reference each; O(1) to add and to remove, amortized.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
public final class Roster {

    private static final int LEAST = 16;

    private @Nullable LiveSubscription[] places = new @Nullable LiveSubscription[LEAST];
    private int size;

    /** Starts empty. */
    public Roster() {}

    /** How many there are. */
    public int size() {
        return size;
    }

    /** Adds one that is not in it. */
    public void add(LiveSubscription subscription) {
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size);
        }
        put(size++, subscription);
    }

    /** Removes one; does nothing if it is not in it. */
    public void remove(LiveSubscription subscription) {
        int place = subscription.place();
        if (place >= size || places[place] != subscription) {
            return;
        }
        put(place, requireNonNull(places[--size]));
        places[size] = null;
        if (places.length > LEAST && size <= places.length / 4) {
            places = Arrays.copyOf(places, places.length / 2);
        }
    }

    private void put(int place, LiveSubscription subscription) {
        places[place] = subscription;
        subscription.place(place);
    }

    /** Those that are in it now. */
    public List<LiveSubscription> all() {
        List<LiveSubscription> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            all.add(requireNonNull(places[i]));
        }
        return all;
    }
}
