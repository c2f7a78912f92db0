package io.presence.internal.view;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceListener;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import io.presence.internal.delivery.DeliveryHost;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.StateChange;
import io.presence.internal.store.Access;
import io.presence.internal.store.ActionSet;
import io.presence.internal.store.PresenceState;
import io.presence.internal.store.ViewStates;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A fold of the presences that one principal sees, kept up to date by a subscription of its own on the dispatcher, and
 * the subscriptions that follow its values.
 *
 * <p>The view is settled when its subscription is in sync and has nothing pending. Only then changes are delivered to
 * followers, so that they never see the values between two revisions.
 *
 * <p><b>Failures.</b> A failure while an event is applied resets the subscription of the view, which resets each
 * follower. A failure while a change is delivered to a follower resets this one.
 *
 * <p><b>Threads.</b> Dispatcher only, except {@link #fold}, {@link #key} and {@link #isUnsettled}.
 */
final class View implements PresenceListener {

    private static final SubscriptionOptions OPTIONS =
            SubscriptionOptions.defaults().withSnapshot().onDispatcher().name("view");

    private final Views views;
    private final DeliveryHost host;
    private final ViewKey key;
    private final Fold<?> fold;
    private final LiveSubscription source;
    private final Set<ViewSubscription> followers = new LinkedHashSet<>();
    /* The keys whose values may differ from what the followers have. */
    private final Map<Object, Touched> touched = new LinkedHashMap<>();
    private final Consumer<Object> touching = this::touch;
    private @Nullable Cause cause;
    private long revision;
    private boolean isReady;
    private volatile boolean isUnsettled;
    /* Guarded by the open views. */
    private int users;

    /** The value of a key before the first of the changes that are not delivered yet. */
    private static final class Touched {
        private final @Nullable Object before;
        private @Nullable Cause cause;

        Touched(@Nullable Object before) {
            this.before = before;
        }
    }

    /** The subscription of a view, which does not count for the limit of a user. */
    private static final class Source extends LiveSubscription {

        Source(DeliveryHost host, Access access, ViewKey key, PresenceListener listener) {
            super(host, Channel.presences(), access, key.filter(), OPTIONS, listener);
        }

        @Override
        public @Nullable String limitedUser() {
            return null;
        }
    }

    View(Views views, DeliveryHost host, ViewKey key, Access access) {
        this.views = views;
        this.host = host;
        this.key = key;
        this.fold = key.kind().newFold();
        this.source = new Source(host, access, key, this);
    }

    ViewKey key() {
        return key;
    }

    Fold<?> fold() {
        return fold;
    }

    LiveSubscription source() {
        return source;
    }

    /** Adds a use. Guarded by the open views. */
    void addUse() {
        users++;
    }

    /** Removes a use, and returns whether it was the last. Guarded by the open views. */
    boolean removeUse() {
        users--;
        return users == 0;
    }

    void attach(ViewSubscription follower) {
        followers.add(follower);
    }

    void detach(ViewSubscription follower) {
        followers.remove(follower);
    }

    /** Returns whether changes are applied that followers have not received. */
    boolean isUnsettled() {
        return isUnsettled;
    }

    /** Returns the value of a key as followers in sync have received it. */
    @Nullable Object published(Object asked) {
        Touched change = touched.get(asked);
        return change == null ? fold.get(asked) : change.before;
    }

    /** Returns whether the values are those of one revision, and delivered to all followers that are in sync. */
    boolean isSettled() {
        return isReady && !isUnsettled && source.pendingCount() == 0;
    }

    @Override
    public void onEvent(PresenceEvent event) {
        try {
            revision = Math.max(revision, event.revision());
            cause = event.cause();
            fold.apply(event, touching);
            if (!touched.isEmpty()) {
                publishOrPostpone();
            }
        } catch (Throwable failure) {
            source.lose(failure);
        }
    }

    private void touch(Object touchedKey) {
        if (!isReady || (followers.isEmpty() && touched.isEmpty())) {
            return;
        }
        Touched known = touched.get(touchedKey);
        if (known == null) {
            known = new Touched(fold.get(touchedKey));
            touched.put(touchedKey, known);
        }
        if (cause != null) {
            known.cause = cause;
        }
    }

    private void publishOrPostpone() {
        if (source.pendingCount() == 0) {
            publish();
        } else if (!isUnsettled) {
            isUnsettled = true;
            views.unsettled(this);
        }
    }

    /** Returns whether a postponed delivery can be made. */
    boolean canSettle() {
        return source.pendingCount() == 0;
    }

    /** Makes a postponed delivery. */
    void settle() {
        isUnsettled = false;
        publish();
        /* A call of delivered() may wait for one that has received nothing. */
        followers.forEach(LiveSubscription::signal);
    }

    private void publish() {
        try {
            touched.forEach(this::publish);
        } catch (Throwable failure) {
            followers.forEach(follower -> follower.lose(failure));
        } finally {
            touched.clear();
        }
    }

    private void publish(Object changedKey, Touched change) {
        Object after = fold.get(changedKey);
        if (Objects.equals(change.before, after)) {
            return;
        }
        StateChange stateChange = stateChange(changedKey, change.before, after, revision, change.cause);
        Change visible = StateChange.visibility(change.before != null, after != null);
        for (ViewSubscription follower : followers) {
            deliver(follower, changedKey, stateChange, visible, after);
        }
    }

    private void deliver(
            ViewSubscription follower,
            Object changedKey,
            StateChange stateChange,
            Change visible,
            @Nullable Object after) {
        try {
            ViewScan scan = follower.scan();
            if (scan == null) {
                follower.deliver(stateChange, visible);
            } else {
                scan.changed(this, changedKey, stateChange, visible, after);
            }
        } catch (Throwable failure) {
            follower.lose(failure);
        }
    }

    /** Creates the change of a key. At least one of the values is not null. */
    StateChange stateChange(
            Object changedKey, @Nullable Object before, @Nullable Object after, long at, @Nullable Cause lastCause) {
        String id = fold.id(changedKey);
        @Nullable Cause end = after == null ? Objects.requireNonNullElse(lastCause, Cause.NO_LONGER_MATCHES) : null;
        Action action = after == null ? Action.DELETE : before == null ? Action.UPSERT : Action.UPDATE;
        return new StateChange(at, 0, state(id, before), state(id, after), end, ActionSet.mask(action));
    }

    private static @Nullable PresenceState state(String id, @Nullable Object value) {
        return value == null ? null : ViewStates.of(id, value);
    }

    @Override
    public void onSynced(long at) {
        revision = Math.max(revision, at);
        isReady = true;
    }

    @Override
    public void onReset() {
        isReady = false;
        touched.clear();
        fold.clear();
        followers.forEach(LiveSubscription::resetWithSnapshot);
    }

    @Override
    public void onClosed(CloseReason reason) {
        if (reason != CloseReason.STORE_CLOSED) {
            for (ViewSubscription follower : followers) {
                follower.endNow(reason);
                host.closed(follower);
            }
        }
    }
}
