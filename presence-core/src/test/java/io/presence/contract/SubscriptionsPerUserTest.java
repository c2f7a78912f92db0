package io.presence.contract;

import static io.presence.PresenceException.Code.LIMIT_EXCEEDED;
import static io.presence.contract.ErrorCodes.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceException;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The limit on the open subscriptions of a user. */
class SubscriptionsPerUserTest {

    private final TestStore test = TestStore.create(builder -> builder.maxSubscriptionsPerUser(2));
    private final Presences ada = test.user("ada");
    private final Presences bob = test.user("bob");

    @AfterEach
    void close() {
        test.close();
    }

    private static Subscription subscribe(Presences user) {
        return user.subscribe(Channel.presences(), event -> {});
    }

    private static Principal user(String id) {
        return Principal.user(id).build();
    }

    @Test
    @Promise("user-subscriptions")
    void subscribe_beyondTheLimit_isRefusedUntilOneIsClosed() {
        Subscription first = subscribe(ada);
        subscribe(ada);
        for (int round = 0; round < 3; round++) {
            assertThat(assertRefused(LIMIT_EXCEEDED, () -> subscribe(ada)))
                    .isEqualTo("open subscriptions of a user must be at most maxSubscriptionsPerUser: 2"
                            + " (retry once one has ended)");
            subscribe(bob).close();
            /* At the return of close, dispatched or not; closing twice is closing once. */
            first.close();
            first.close();
            first = subscribe(ada);
        }
        assertThat(test.store().stats().subscriptions()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void subscribe_byTrustedCodeAndGuests_isNotLimited() {
        Presences guest = test.store().as(Principal.guest().build());
        for (int i = 0; i < 5; i++) {
            subscribe(test.store());
            subscribe(guest);
        }
        assertThat(test.store().stats().subscriptions()).isEqualTo(10);
    }

    @Test
    void closeOnError_whenListenerThrows_releasesTheClaim() {
        ada.subscribe(Channel.presences(), SubscriptionOptions.defaults().closeOnError(), event -> {
            throw new IllegalStateException("on purpose");
        });
        subscribe(ada);
        test.drain();
        assertRefused(LIMIT_EXCEEDED, () -> subscribe(ada));
        ada.upsert(PresenceUpsert.of("a", "online"));
        test.drain();
        assertThat(test.takeErrors()).hasSize(1);
        subscribe(ada);
        assertRefused(LIMIT_EXCEEDED, () -> subscribe(ada));
    }

    @Test
    void switchPrincipal_always_movesTheClaim() {
        Subscription moved = subscribe(ada);
        subscribe(ada);
        subscribe(bob);
        moved.switchPrincipal(user("bob"));
        assertRefused(LIMIT_EXCEEDED, () -> subscribe(bob));
        Subscription other = subscribe(ada);
        assertRefused(LIMIT_EXCEEDED, () -> other.switchPrincipal(user("bob")));
        assertRefused(LIMIT_EXCEEDED, () -> subscribe(ada));
        moved.switchPrincipal(user("bob"));
        moved.switchPrincipal(Principal.guest().build());
        subscribe(bob);
        assertRefused(LIMIT_EXCEEDED, () -> moved.switchPrincipal(user("ada")));
        other.close();
        moved.switchPrincipal(user("ada"));
        assertRefused(LIMIT_EXCEEDED, () -> subscribe(ada));
        moved.close();
        subscribe(ada);
    }

    @Test
    void switchPrincipal_refused_leavesTheSubscriptionUnchanged() {
        List<String> delivered = new ArrayList<>();
        subscribe(bob);
        subscribe(bob);
        Subscription adas = ada.subscribe(
                Channel.presences(), event -> delivered.add(event.presence().id()));
        assertRefused(LIMIT_EXCEEDED, () -> adas.switchPrincipal(user("bob")));
        ada.upsert(PresenceUpsert.of("a", "online"));
        bob.upsert(PresenceUpsert.of("b", "online"));
        test.drain();
        assertThat(delivered).containsExactly("a");
    }

    @Test
    void switchPrincipal_ofClosedSubscription_takesNoClaim() {
        Subscription closed = subscribe(ada);
        closed.close();
        for (int i = 0; i < 5; i++) {
            closed.switchPrincipal(user("bob"));
        }
        subscribe(bob);
        subscribe(bob);
        assertRefused(LIMIT_EXCEEDED, () -> subscribe(bob));
    }

    @Test
    void asPublisher_beyondTheLimit_failsItsSubscriber() {
        List<Object> signals = new ArrayList<>();
        Flow.Publisher<PresenceEvent> publisher = ada.asPublisher(Channel.presences(), SubscriptionOptions.defaults());
        Taking first = new Taking(signals);
        publisher.subscribe(first);
        publisher.subscribe(new Taking(signals));
        assertThat(signals).isEmpty();
        publisher.subscribe(new Taking(signals));
        assertThat(signals).singleElement().isInstanceOf(PresenceException.class);
        if (first.subscription != null) {
            first.subscription.cancel();
        }
        subscribe(ada);
        assertRefused(LIMIT_EXCEEDED, () -> subscribe(ada));
    }

    private static final class Taking implements Flow.Subscriber<PresenceEvent> {

        private final List<Object> signals;
        private Flow.@Nullable Subscription subscription;

        Taking(List<Object> signals) {
            this.signals = signals;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(PresenceEvent event) {
            signals.add(event);
        }

        @Override
        public void onError(Throwable thrown) {
            signals.add(thrown);
        }

        @Override
        public void onComplete() {
            signals.add("complete");
        }
    }
}
