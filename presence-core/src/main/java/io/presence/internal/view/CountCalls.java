package io.presence.internal.view;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Change;
import io.presence.Subscription.CloseReason;
import io.presence.count.CountListener;
import io.presence.count.ValueCount;
import io.presence.internal.delivery.AdaptedListener;
import io.presence.internal.store.ViewStates;

/** The calls of a listener of counts. */
final class CountCalls implements AdaptedListener {

    private final CountListener listener;

    CountCalls(CountListener listener) {
        this.listener = requireNonNull(listener, "listener must not be null");
    }

    @Override
    public Object target() {
        return listener;
    }

    @Override
    public void onEvent(PresenceEvent event) {
        ValueCount count = (ValueCount) ViewStates.value(event.presence());
        if (event.change() == Change.EXIT) {
            listener.onCount(new ValueCount(count.value(), 0, 0));
        } else if (event.previous() == null || !count.equals(ViewStates.value(event.previous()))) {
            listener.onCount(count);
        }
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
