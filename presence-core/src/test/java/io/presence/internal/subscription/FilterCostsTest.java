package io.presence.internal.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.QuietDeliveryHost;
import io.presence.internal.store.TrustedAccess;
import io.presence.query.Query;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FilterCostsTest {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private long nanos = 17;
    private final FilterCosts costs = new FilterCosts(() -> nanos);

    private static LiveSubscription subscription(String name) {
        return new LiveSubscription(
                new QuietDeliveryHost(),
                Channel.presences(),
                TrustedAccess.INSTANCE,
                Query.everything(),
                SubscriptionOptions.defaults().name(name),
                event -> {});
    }

    @Test
    void costliest_overTwoMinutes_countsBoth() {
        LiveSubscription first = subscription("first");
        LiveSubscription second = subscription("second");
        costs.add(first, 60);
        nanos += MINUTE;
        costs.add(second, 100);
        assertThat(costs.costliest()).contains("second").contains("100 operations");
        costs.add(first, 60);
        assertThat(costs.costliest()).contains("first").contains("120 operations");
    }

    @Test
    void costliest_longAfterTheMinute_isNull() {
        costs.add(subscription("first"), 60);
        nanos += 2 * MINUTE;
        assertThat(costs.costliest()).isNull();
    }

    @Test
    void costliest_afterMinuteWithoutCosts_isNull() {
        costs.add(subscription("first"), 60);
        nanos += MINUTE;
        assertThat(costs.costliest()).contains("first");
        nanos += MINUTE;
        assertThat(costs.costliest()).isNull();
    }

    @Test
    void costliest_afterCloseOfTheCostliest_isTheNext() {
        LiveSubscription closed = subscription("closed");
        costs.add(closed, 60);
        costs.add(subscription("open"), 1);
        closed.endNow(CloseReason.STORE_CLOSED);
        assertThat(costs.costliest()).contains("open");
    }
}
