package io.presence.bench.system.peer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks each listener's interest whether it includes a row: any interest will do, and each is asked about every change. */
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
