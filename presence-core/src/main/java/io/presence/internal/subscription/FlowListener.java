package io.presence.internal.subscription;

import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.Subscription.CloseReason;

/** Hands on what a subscription tells. That it is in sync is no signal of a stream. */
record FlowListener(SerializedSubscriber signals) implements PresenceListener {

    @Override
    public void onEvent(PresenceEvent event) {
        signals.next(event);
    }

    @Override
    public void onClosed(CloseReason reason) {
        if (reason == CloseReason.STORE_CLOSED) {
            signals.complete();
        }
    }
}
