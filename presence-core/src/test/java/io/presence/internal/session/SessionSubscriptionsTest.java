package io.presence.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Principal;
import io.presence.SubscriptionOptions;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.QuietDeliveryHost;
import io.presence.internal.store.TrustedAccess;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The subscriptions that a session keeps. What they do is in the test of that name in {@code io.presence.contract}. */
class SessionSubscriptionsTest {

    private final SessionSubscriptions subscriptions =
            new SessionSubscriptions(Principal.user("ada").build());

    private LiveSubscription add() {
        LiveSubscription added = new LiveSubscription(
                new QuietDeliveryHost(),
                Channel.presences(),
                TrustedAccess.INSTANCE,
                Query.everything(),
                SubscriptionOptions.defaults(),
                event -> {});
        subscriptions.reserve();
        subscriptions.add(added);
        return added;
    }

    @Test
    void reserve_ofOpenSubscriptions_keepsEach() {
        List<LiveSubscription> added = new ArrayList<>();
        for (int number = 1; number <= 100; number++) {
            added.add(add());
            assertThat(subscriptions.size()).isEqualTo(number);
        }

        subscriptions.close();
        assertThat(added).noneMatch(LiveSubscription::isOpen);
        assertThat(subscriptions.size()).isZero();
    }

    @Test
    void reserve_ofClosedSubscriptions_forgetsThemWhenTheListIsFull() {
        for (int number = 1; number <= 4; number++) {
            add().close();
            assertThat(subscriptions.size()).isEqualTo(number);
        }
        for (int number = 0; number < 100; number++) {
            add().close();
            assertThat(subscriptions.size()).isBetween(1, 4);
        }
    }

    /* The list is searched when it has doubled, so that a subscription costs no more in a large session. */
    @Test
    void reserve_besideOpenSubscriptions_searchesAtTwiceTheirNumber() {
        for (int number = 0; number < 10; number++) {
            add();
        }
        int greatest = 0;
        for (int number = 0; number < 100; number++) {
            add().close();
            greatest = Math.max(greatest, subscriptions.size());
        }

        assertThat(greatest).isBetween(11, 20);
    }
}
