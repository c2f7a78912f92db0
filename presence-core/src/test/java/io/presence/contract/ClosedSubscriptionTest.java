package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.presence.Channel;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The methods of a closed subscription. None calls the listener again, and the position is that of its last call. */
class ClosedSubscriptionTest {

    private static final Principal BOB = Principal.user("bob").build();

    private final TestStore test = TestStore.create(builder -> builder.maxSubscriptionsPerUser(1));
    private final Recorder recorder = Recorder.chained();

    @AfterEach
    void close() {
        test.close();
    }

    private void write(String id) {
        test.store().upsert(PresenceUpsert.of(id, "ada", "online"));
        test.drain();
    }

    /* Has delivered "seen"; "pending" was written while it was paused, and dropped by the close. */
    private Subscription closed() {
        Subscription subscription = test.store()
                .subscribe(Channel.presences(), SubscriptionOptions.defaults().initialRequest(100), recorder);
        write("seen");
        subscription.pause();
        write("pending");
        subscription.close();
        test.drain();
        assertThat(recorder.takeLines()).containsExactly("ENTER seen online");
        return subscription;
    }

    private void assertNotCalled() {
        write("later");
        assertThat(recorder.takeLines()).isEmpty();
        assertThat(recorder.resets()).isZero();
        assertThat(recorder.closed()).isEmpty();
    }

    @Test
    void pauseAndResume_ofClosedSubscription_haveNoEffect() {
        Subscription subscription = closed();
        subscription.pause();
        subscription.resume();
        assertNotCalled();
    }

    @Test
    void request_ofClosedSubscription_checksTheArgumentAndHasNoEffect() {
        Subscription subscription = closed();
        subscription.request(5);
        assertNotCalled();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> subscription.request(0))
                .withMessage("more must be positive: 0");
    }

    @Test
    void switchPrincipal_ofClosedSubscription_checksTheArgumentAndHasNoEffect() {
        Subscription subscription = closed();
        subscription.switchPrincipal(BOB);
        assertNotCalled();
        assertThatNullPointerException().isThrownBy(() -> subscription.switchPrincipal(null));
        /* The only place of the user is free. */
        test.store().as(BOB).subscribe(Channel.presences(), event -> {});
        test.drain();
        assertThat(test.store().stats().subscriptions()).isOne();
    }

    @Test
    void pendingCount_ofClosedSubscription_isZero() {
        assertThat(closed().pendingCount()).isZero();
    }

    @Test
    void revision_ofClosedSubscription_isThatOfTheLastEvent() {
        Subscription subscription = closed();
        long delivered = recorder.events().get(0).revision();
        assertThat(subscription.revision()).isEqualTo(delivered);
        write("later");
        assertThat(subscription.revision()).isEqualTo(delivered);
    }

    @Test
    void resumeToken_ofClosedSubscription_resumesAfterTheLastEvent() {
        Subscription subscription = closed();
        write("later");
        Recorder successor = Recorder.loose();
        test.store()
                .subscribe(
                        Channel.presences(),
                        SubscriptionOptions.defaults().resumeFrom(subscription.resumeToken()),
                        successor);
        test.drain();
        assertThat(successor.takeLines()).containsExactly("ENTER pending online", "ENTER later online");
        assertThat(successor.resets()).isZero();
    }
}
