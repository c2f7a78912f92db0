package io.presence.internal.view;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceStoreBuilder;
import io.presence.SubscriptionOptions;
import io.presence.count.PresenceCounts;
import io.presence.internal.delivery.DeliveryHost;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.store.Access;
import io.presence.query.Query;
import io.presence.user.UserListener;
import io.presence.user.UserSubscription;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The open views of a store, by what they show, and the scans of the subscriptions that follow them.
 *
 * <p><b>Cost.</b> A store without views checks two empty collections in each duty cycle.
 *
 * <p><b>Threads.</b> {@link #users}, {@link #counts}, {@link #acquire}, {@link #release} and {@link #releaseNext} by
 * any thread, the rest by the dispatcher.
 */
public final class Views {

    private final ViewKey.Kind userKind;
    private final OpenViews open;
    private final ViewScans scans = new ViewScans(this);
    private @Nullable DeliveryHost host;
    private @Nullable Consumer<LiveSubscription> starter;

    /**
     * The options of the views of a store.
     *
     * @param maxViews the number of views that can be open
     * @param ladder the statuses, highest first
     * @param lastSeenUsers the number of users of a view that are remembered
     * @param lastSeenTime the time for which they are
     */
    public record Settings(int maxViews, List<String> ladder, int lastSeenUsers, Duration lastSeenTime) {

        /** Creates the default options. */
        public static Settings defaults() {
            return new Settings(
                    PresenceStoreBuilder.DEFAULT_MAX_VIEWS,
                    PresenceStoreBuilder.DEFAULT_STATUS_LADDER,
                    PresenceStoreBuilder.DEFAULT_LAST_SEEN_USERS,
                    PresenceStoreBuilder.DEFAULT_LAST_SEEN_TIME);
        }
    }

    /**
     * Creates an empty registry.
     *
     * @param clock the monotonic clock of the store
     */
    public Views(Settings settings, LongSupplier clock) {
        this.open = new OpenViews(settings.maxViews());
        this.userKind = new UserFold.Kind(settings.ladder(), settings.lastSeenUsers(), settings.lastSeenTime(), clock);
    }

    ViewKey.Kind userKind() {
        return userKind;
    }

    /** Connects this with the subscriptions of its store. */
    public void connect(DeliveryHost services, Consumer<LiveSubscription> start) {
        this.host = services;
        this.starter = start;
    }

    DeliveryHost host() {
        return requireNonNull(host);
    }

    /**
     * Starts a subscription to users. By any thread.
     *
     * @throws IllegalArgumentException if the options need a listener that supports resets
     * @throws io.presence.PresenceException {@code LIMIT_EXCEEDED}, {@code STORE_CLOSED}
     */
    public UserSubscription users(
            Access access, Query.Filter filter, SubscriptionOptions options, UserListener listener) {
        return LiveUsers.start(this, access, filter, options, listener);
    }

    /**
     * Starts counts. By any thread.
     *
     * @throws IllegalArgumentException if the attribute cannot be counted
     * @throws io.presence.PresenceException {@code LIMIT_EXCEEDED}, {@code STORE_CLOSED}
     */
    public PresenceCounts counts(String attribute, Access access, Query.Filter filter) {
        return LiveCounts.start(this, attribute, access, filter);
    }

    /**
     * Creates and starts a subscription to a view. If that fails, the view is released.
     *
     * @param creator creates the subscription, as a use of the view
     * @throws IllegalArgumentException if the options need a listener that supports resets
     * @throws io.presence.PresenceException {@code LIMIT_EXCEEDED}, {@code STORE_CLOSED}
     */
    <F extends ViewSubscription> F follow(ViewKey key, Access access, Function<View, F> creator) {
        View view = acquire(key, access);
        try {
            F created = creator.apply(view);
            requireNonNull(starter).accept(created);
            return created;
        } catch (Throwable thrown) {
            release(view);
            throw thrown;
        }
    }

    /**
     * Adds a use of a view, which is started if it is the first.
     *
     * @throws io.presence.PresenceException {@code LIMIT_EXCEEDED}, {@code STORE_CLOSED}
     */
    View acquire(ViewKey key, Access access) {
        return open.acquire(key, () -> newView(key, access));
    }

    private View newView(ViewKey key, Access access) {
        View view = new View(this, host(), key, access);
        requireNonNull(starter).accept(view.source());
        return view;
    }

    /** Removes a use of a view, which is closed if it was the last. */
    void release(View view) {
        open.release(view);
    }

    /** Releases the views of principals to which a closed subscription does not switch any more. */
    void releaseNext(ViewSubscription follower) {
        View next;
        while ((next = follower.takeNext()) != null) {
            release(next);
        }
    }

    /** Adds a view with changes that are to be delivered once it has nothing pending. */
    void unsettled(View view) {
        scans.unsettled(view);
    }

    /** Starts a subscription with a snapshot, after a reset if it has a token to resume from. */
    public void start(ViewSubscription follower) {
        requireNonNull(follower.view()).attach(follower);
        follower.started();
        if (follower.options().resumeFrom() != null) {
            follower.reset();
        }
        startSnapshot(follower);
    }

    private void startSnapshot(ViewSubscription follower) {
        scans.add(new ViewScan(follower, null, requireNonNull(follower.view())));
    }

    /** Resets a subscription of which changes were lost, or whose start failed. */
    public void reset(ViewSubscription follower) {
        requireNonNull(follower.view()).attach(follower);
        follower.started();
        follower.resetWithSnapshot();
    }

    /** Starts a snapshot for a subscription whose listener has been reset. */
    public void resetDelivered(ViewSubscription follower) {
        if (follower.isResetting()) {
            startSnapshot(follower);
            follower.resetDelivered();
        }
    }

    /** Switches a held subscription to the view of another principal. */
    public void switchPrincipal(ViewSubscription follower, Access access) {
        View next = follower.takeNext();
        if (next == null) {
            return;
        }
        boolean isResetting = follower.isResetting();
        if (isResetting || !follower.isSynced()) {
            scans.cancel(follower);
            if (isResetting) {
                follower.drop();
            } else {
                follower.reset();
            }
            follower.access(access);
            move(follower, next);
            if (!isResetting) {
                startSnapshot(follower);
            }
            follower.release();
        } else {
            follower.beginSync();
            follower.access(access);
            View from = requireNonNull(follower.view());
            next.attach(follower);
            follower.view(next);
            scans.add(new ViewScan(follower, from, next));
        }
    }

    private void move(ViewSubscription follower, View next) {
        View former = requireNonNull(follower.view());
        former.detach(follower);
        next.attach(follower);
        follower.view(next);
        release(former);
    }

    /** Removes a closed subscription. Can be called again. */
    public void forget(ViewSubscription follower) {
        scans.cancel(follower);
        View view = follower.view();
        if (view != null) {
            view.detach(follower);
            follower.view(null);
            release(view);
        }
        releaseNext(follower);
    }

    /**
     * Makes postponed deliveries, and advances the scans.
     *
     * @param revision the revision of the last dispatched change
     * @return the amount of work done
     */
    public int advance(long revision) {
        return scans.advance(revision);
    }

    /** Returns whether {@link #advance} would make progress. */
    public boolean canAdvance() {
        return scans.canAdvance();
    }
}
