package io.presence.internal.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.SubscriptionOptions;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.QuietDeliveryHost;
import io.presence.internal.delivery.StateChange;
import io.presence.internal.store.ActionSet;
import io.presence.internal.store.PrincipalAccess;
import io.presence.query.Query;
import org.junit.jupiter.api.Test;

class VisibilityTest {

    private final States states = new States();
    private final LiveSubscription subscription = new LiveSubscription(
            new QuietDeliveryHost(),
            Channel.presences(),
            new PrincipalAccess(Principal.user("bob").build()),
            Query.equal("status", "online"),
            SubscriptionOptions.defaults(),
            event -> {});

    private StateChange toStatus(String status) {
        return new StateChange(
                2,
                1,
                states.of(PresenceUpsert.of("p", "ada", "online")),
                states.of(PresenceUpsert.of("p", "ada", status)),
                null,
                ActionSet.mask(Action.UPSERT));
    }

    @Test
    void of_unreadableState_isNotVisible() {
        assertThat(Visibility.of(subscription, toStatus("online"))).isNull();
    }

    /* The scan knows what the former principal could read. */
    @Test
    void of_unreadableStateWhileScanning_dependsOnTheFilterAlone() {
        subscription.setScanning(true);

        assertThat(Visibility.of(subscription, toStatus("online"))).isEqualTo(Change.UPDATE);
        assertThat(Visibility.of(subscription, toStatus("away"))).isEqualTo(Change.EXIT);
    }
}
