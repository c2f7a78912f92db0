package io.presence.internal.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.QuietDeliveryHost;
import io.presence.internal.delivery.StateChange;
import io.presence.internal.store.ActionSet;
import io.presence.internal.store.TrustedAccess;
import io.presence.query.Query;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cost of a change does not depend on the number of subscriptions that do not see it. */
class ManyConditionsTest {

    private static final int PER_ZONE = 10;

    private final QuietDeliveryHost bus = new QuietDeliveryHost();
    private final IndexMatcher index = new IndexMatcher();
    private final States states = new States();
    private int found;

    private void add(Query.Filter filter) {
        index.add(new LiveSubscription(
                bus, Channel.presences(), TrustedAccess.INSTANCE, filter, SubscriptionOptions.defaults(), event -> {}));
    }

    private void enter(int zone) {
        PresenceUpsert upsert = PresenceUpsert.of("p", "ada", "online").metadata(Map.of("zone", zone));
        StateChange step = new StateChange(1, 0, null, states.of(upsert), null, ActionSet.mask(Action.UPSERT));
        index.match(step, (subscription, matched, change) -> found++);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000, 100_000})
    void match_tenOfManyWithOneCondition_evaluatesItOnce(int count) {
        for (int i = 0; i < count; i++) {
            add(Query.equal("metadata.zone", i / PER_ZONE));
        }

        enter(17);

        assertThat(found).isEqualTo(PER_ZONE);
        assertThat(index.candidates()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000, 100_000})
    void match_tenOfManyWithDistinctConditions_evaluatesTen(int count) {
        for (int i = 0; i < count; i++) {
            add(Query.and(Query.equal("metadata.zone", i / PER_ZONE), Query.notEqual("userId", "u" + i)));
        }

        enter(17);

        assertThat(found).isEqualTo(PER_ZONE);
        assertThat(index.candidates()).isEqualTo(PER_ZONE);
    }
}
