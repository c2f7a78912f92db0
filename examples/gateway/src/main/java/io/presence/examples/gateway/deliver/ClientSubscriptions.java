package io.presence.examples.gateway.deliver;

import io.presence.Principal;
import java.util.HashMap;
import java.util.Map;

/**
 * The subscriptions of one socket, which are paused and resumed together.
 *
 * <p><b>Threads.</b> {@link #pause} by any thread, the rest by the socket's event loop. The lock is held for as long as
 * it takes to change one word for each subscription.
 */
public final class ClientSubscriptions {

    private final Map<String, ClientSubscription> byId = new HashMap<>();
    private boolean isPaused;
    private boolean isClosed;

    /** Adds one, in the place of any of the same id. */
    public synchronized void put(ClientSubscription subscription) {
        ClientSubscription replaced = byId.put(subscription.id(), subscription);
        if (replaced != null) {
            replaced.close();
        }
        if (isPaused) {
            subscription.pause();
        }
        if (isClosed) {
            subscription.close();
        }
    }

    /** Ends one; false if there is none of that id. */
    public synchronized boolean remove(String id) {
        ClientSubscription removed = byId.remove(id);
        if (removed != null) {
            removed.close();
        }
        return removed != null;
    }

    /** Returns whether a subscription with an id is open. */
    public synchronized boolean contains(String id) {
        return byId.containsKey(id);
    }

    /** Counts them. */
    public synchronized int size() {
        return byId.size();
    }

    /** Pauses each subscription until {@link #resume}. */
    public synchronized void pause() {
        if (!isPaused) {
            isPaused = true;
            byId.values().forEach(ClientSubscription::pause);
        }
    }

    /** Ends a pause. */
    public synchronized void resume() {
        if (isPaused) {
            isPaused = false;
            byId.values().forEach(ClientSubscription::resume);
        }
    }

    /** Makes them another principal's. */
    public synchronized void principal(Principal principal) {
        byId.values().forEach(subscription -> subscription.principal(principal));
    }

    /** Closes all subscriptions. */
    public synchronized void close() {
        isClosed = true;
        byId.values().forEach(ClientSubscription::close);
        byId.clear();
    }
}
