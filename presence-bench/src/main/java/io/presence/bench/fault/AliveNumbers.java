package io.presence.bench.fault;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceListener;
import java.util.Arrays;

/**
 * The numbers of the presences that a listener has been shown and that have not ended. It allocates nothing when it is
 * called.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class AliveNumbers implements PresenceListener {

    private final boolean[] alive;
    private boolean isOrdered = true;

    AliveNumbers(int count) {
        alive = new boolean[count];
    }

    @Override
    public synchronized void onEvent(PresenceEvent event) {
        String id = event.presence().id();
        int number = Integer.parseInt(id, 1, id.length(), 10);
        isOrdered &= alive[number] == (event.change() != Change.ENTER);
        alive[number] = event.change() != Change.EXIT;
    }

    @Override
    public synchronized void onReset() {
        Arrays.fill(alive, false);
    }

    synchronized boolean contains(int number) {
        return alive[number];
    }

    /** Returns whether each event has followed from those before. */
    synchronized boolean isOrdered() {
        return isOrdered;
    }
}
