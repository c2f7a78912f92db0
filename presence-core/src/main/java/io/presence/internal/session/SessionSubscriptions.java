package io.presence.internal.session;

import io.presence.Principal;
import io.presence.Subscription.CloseReason;
import io.presence.internal.delivery.LiveSubscription;
import java.util.ArrayList;
import java.util.List;

/**
 * The subscriptions of one session, and their principal. Subscriptions that were closed one by one are removed when the
 * list is full.
 *
 * <p><b>Threads.</b> Safe for use by any thread. No method except {@link #switchPrincipal} calls a subscription while
 * it holds the monitor, because a listener can run within such a call on an executor of the host.
 */
final class SessionSubscriptions {

    private static final int MIN_FULL = 4;

    /* Guarded by this. */
    private Principal principal;
    private List<LiveSubscription> open = List.of();
    private int full = MIN_FULL;
    private boolean isPaused;

    SessionSubscriptions(Principal principal) {
        this.principal = principal;
    }

    synchronized Principal principal() {
        return principal;
    }

    synchronized boolean isPaused() {
        return isPaused;
    }

    /** Makes sure that one more subscription can be added. */
    synchronized void reserve() {
        if (open.isEmpty()) {
            open = new ArrayList<>(MIN_FULL);
        }
        if (open.size() >= full) {
            open.removeIf(subscription -> !subscription.isOpen());
            full = Math.max(MIN_FULL, 2 * open.size());
            ((ArrayList<LiveSubscription>) open).ensureCapacity(full);
        }
    }

    /** Adds a subscription after {@link #reserve}. */
    synchronized void add(LiveSubscription subscription) {
        open.add(subscription);
    }

    /** The number of subscriptions that it refers to, some perhaps closed; for tests. */
    synchronized int size() {
        return open.size();
    }

    private synchronized List<LiveSubscription> setPaused(boolean paused) {
        isPaused = paused;
        return List.copyOf(open);
    }

    void pause() {
        setPaused(true).forEach(LiveSubscription::pause);
    }

    void resume() {
        setPaused(false).forEach(LiveSubscription::resume);
    }

    /**
     * Switches all subscriptions.
     *
     * @throws io.presence.PresenceException if one of them cannot be switched; then none is
     */
    synchronized void switchPrincipal(Principal next) {
        int moved = 0;
        try {
            for (LiveSubscription subscription : open) {
                subscription.switchPrincipal(next);
                moved++;
            }
        } catch (RuntimeException | Error failure) {
            open.subList(0, moved).forEach(this::moveBack);
            throw failure;
        }
        principal = next;
    }

    /* Its place may be taken meanwhile. Then it ends, since it must not continue with the other principal. */
    private void moveBack(LiveSubscription subscription) {
        try {
            subscription.switchPrincipal(principal);
        } catch (RuntimeException refused) {
            subscription.close();
        }
    }

    private synchronized List<LiveSubscription> takeAll() {
        List<LiveSubscription> taken = open;
        open = List.of();
        return taken;
    }

    /** Ends all subscriptions with a call that says so. Dispatcher only. */
    void drain() {
        for (LiveSubscription subscription : takeAll()) {
            subscription.endAlone(CloseReason.DRAINED);
        }
    }

    /** Closes all subscriptions. */
    void close() {
        takeAll().forEach(LiveSubscription::close);
    }
}
