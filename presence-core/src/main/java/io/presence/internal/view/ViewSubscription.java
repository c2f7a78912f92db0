package io.presence.internal.view;

import static java.util.Objects.requireNonNull;

import io.presence.Channel;
import io.presence.PresenceListener;
import io.presence.Principal;
import io.presence.Scope;
import io.presence.SubscriptionOptions;
import io.presence.internal.delivery.DeliveryHost;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.store.Access;
import io.presence.internal.store.StableQueue;
import org.jspecify.annotations.Nullable;

/**
 * A subscription to the values of a view. It is not in the query index: its view delivers to it.
 *
 * <p><b>Threads.</b> As for {@link LiveSubscription}.
 */
public class ViewSubscription extends LiveSubscription {

    private final DeliveryHost host;
    private final Views views;
    /* The view whose values can be read. */
    private volatile View shown;
    /* The views of principals that it is about to switch to. Guarded by itself. */
    private final StableQueue<View> next = new StableQueue<>(1);
    /* The view that delivers, of which this is a use until it is forgotten. */
    private @Nullable View view;
    private @Nullable ViewScan scan;
    private boolean isStarted;

    /** Creates a subscription that is not started, as a use of a view. */
    ViewSubscription(
            DeliveryHost host,
            Views views,
            View view,
            Access access,
            SubscriptionOptions options,
            PresenceListener listener) {
        super(host, Channel.presences(), access, view.key().filter(), options, listener);
        this.host = host;
        this.views = views;
        this.view = view;
        this.shown = view;
    }

    /** Returns the view whose values can be read. By any thread. */
    View shown() {
        return shown;
    }

    @Nullable View view() {
        return view;
    }

    void view(@Nullable View moved) {
        view = moved;
    }

    @Nullable ViewScan scan() {
        return scan;
    }

    void scan(@Nullable ViewScan running) {
        scan = running;
        setScanning(running != null);
    }

    void started() {
        isStarted = true;
    }

    @Override
    public boolean isStarted() {
        return isStarted;
    }

    /* By any thread. */
    @Override
    public boolean hasDelivered(long revision, boolean isCaller) {
        return !shown.isUnsettled() && super.hasDelivered(revision, isCaller);
    }

    /** Removes and returns the view of the principal to switch to next, or null. By any thread. */
    @Nullable View takeNext() {
        synchronized (next) {
            return next.poll();
        }
    }

    @Override
    public String resumeToken() {
        return host.resumeToken(this, -1);
    }

    @Override
    public void switchPrincipal(Principal principal) {
        Access newAccess = host.access(requireNonNull(principal, "principal must not be null"));
        newAccess.require(Scope.PRESENCES_READ);
        /* Both queues have the switches in one order. */
        synchronized (next) {
            View found = views.acquire(shown.key().as(newAccess), newAccess);
            next.add(found);
            try {
                host.principalSwitched(this, newAccess);
            } catch (Throwable thrown) {
                next.removeLast();
                views.release(found);
                throw thrown;
            }
            shown = found;
        }
        if (!isOpen()) {
            views.releaseNext(this);
        }
    }
}
