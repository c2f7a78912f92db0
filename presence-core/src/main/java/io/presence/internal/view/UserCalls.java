package io.presence.internal.view;

import static java.util.Objects.requireNonNull;

import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.Subscription.CloseReason;
import io.presence.internal.delivery.AdaptedListener;
import io.presence.internal.store.ViewStates;
import io.presence.user.UserEvent;
import io.presence.user.UserListener;
import io.presence.user.UserPresence;

/** The calls of a listener of users. */
final class UserCalls implements AdaptedListener {

    private final UserListener listener;

    UserCalls(UserListener listener) {
        this.listener = requireNonNull(listener, "listener must not be null");
    }

    @Override
    public Object target() {
        return listener;
    }

    /* Conflated changes can lead back to the user as delivered. */
    @Override
    public void onEvent(PresenceEvent event) {
        Presence before = event.previous();
        UserPresence user = user(event.presence());
        UserPresence previous = before == null ? null : user(before);
        if (!user.equals(previous)) {
            listener.onEvent(new UserEvent(event.revision(), event.change(), event.cause(), user, previous));
        }
    }

    private static UserPresence user(Presence state) {
        return (UserPresence) ViewStates.value(state);
    }

    @Override
    public void onSynced(long revision) {
        listener.onSynced(revision);
    }

    @Override
    public void onReset() {
        listener.onReset();
    }

    @Override
    public void onClosed(CloseReason reason) {
        listener.onClosed(reason);
    }
}
