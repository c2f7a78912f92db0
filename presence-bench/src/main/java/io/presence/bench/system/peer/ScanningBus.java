package io.presence.bench.system.peer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bus that tests the interest of each listener. It supports any interest, and tests each of them for every change.
 */
final class ScanningBus implements HandMadeBus {

    private final List<Listener> listeners = new ArrayList<>();

    private record Listener(Interest interest, RowListener listener) {
        void deliver(@Nullable Row before, @Nullable Row after) {
            boolean seesBefore = before != null && interest.includes(before);
            if (after != null && interest.includes(after)) {
                if (seesBefore) {
                    listener.update(after.id(), after.number());
                } else {
                    listener.enter(after.id(), after.number());
                }
            } else if (before != null && seesBefore) {
                listener.exit(before.id());
            }
        }
    }

    @Override
    public void listen(Interest interest, RowListener listener) {
        listeners.add(new Listener(interest, listener));
    }

    @Override
    public void changed(@Nullable Row before, @Nullable Row after) {
        for (Listener listener : listeners) {
            listener.deliver(before, after);
        }
    }
}
