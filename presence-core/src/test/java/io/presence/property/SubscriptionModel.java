package io.presence.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import io.presence.property.ModelRecord.Shown;
import java.util.Map;

/** A subscription with its listener, and the operations of the test on both. */
final class SubscriptionModel {

    /** A resume token with the presences that were assembled at it. */
    record Checkpoint(String text, ObservedView sight, Map<String, Shown> assembled) {}

    final Subscription subscription;
    final CheckedSlowListener view;
    final OptionsCase wish;
    private boolean isClosed;

    SubscriptionModel(Subscription subscription, CheckedSlowListener view, OptionsCase wish) {
        this.subscription = subscription;
        this.view = view;
        this.wish = wish;
    }

    void pause() {
        subscription.pause();
        view.isPaused = true;
    }

    void resume() {
        view.isPaused = false;
        subscription.resume();
    }

    void request(long more) {
        view.addDemand(more);
        subscription.request(more);
    }

    void principal(ModelCaller caller) {
        subscription.switchPrincipal(caller.principal());
        view.switchTo(caller);
    }

    void close() {
        subscription.close();
        view.silence();
        isClosed = view.closed == null;
    }

    Checkpoint token() {
        return new Checkpoint(subscription.resumeToken(), view.sight(), Map.copyOf(view.assembled));
    }

    boolean adds() {
        return view.wanted().channel().action() == null;
    }

    /** Checks what must hold at any time, between calls. */
    void check(DispatchedChanges dispatched) {
        for (CheckedSlowListener.Synced synced : view.synced) {
            assertThat(synced.assembled())
                    .as("in sync at %s: %s", synced.revision(), synced.sight())
                    .isEqualTo(dispatched.seen(synced.sight(), synced.revision()));
        }
        view.synced.clear();
        if (view.isSilent()) {
            checkEnd();
            return;
        }
        long revision = subscription.revision();
        int most = revision < 0 ? 2 * dispatched.presences() : dispatched.presences();
        assertThat(subscription.pendingCount()).as("lag").isLessThanOrEqualTo(Math.min(wish.mostPending(), most));
        if (revision >= 0 && adds()) {
            assertThat(dispatched.wereSeenSince(view.sight(), revision, view.assembled))
                    .as("delivered up to %s, as %s: %s", revision, view.sight(), view.assembled)
                    .isTrue();
        }
    }

    private void checkEnd() {
        CloseReason reason = isClosed ? CloseReason.CLOSED : view.closed;
        assertThat(subscription.closeFuture().toCompletableFuture())
                .as("end of %s", view.wanted())
                .isCompletedWithValue(reason);
    }
}
