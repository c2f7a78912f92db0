package io.presence.internal;

import io.presence.PresenceHealth;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.dispatch.DutyCycle;
import io.presence.internal.dispatch.DutyCycleRunner;
import io.presence.internal.dispatch.ListenerThreads;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.stats.FailureLog.Kind;
import io.presence.internal.subscription.Subscriptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A collector of the health of a store from its parts. */
final class HealthReport {

    private final List<Subscriptions> all;
    /* Those to presences: the first of all. */
    private final Subscriptions subscriptions;
    private final DutyCycle cycle;
    private final DutyCycleRunner runner;
    private final @Nullable ListenerThreads listeners;
    private final FailureLog failures;
    private final long slowNanos;

    HealthReport(
            List<Subscriptions> all,
            DutyCycle cycle,
            DutyCycleRunner runner,
            @Nullable ListenerThreads listeners,
            FailureLog failures,
            Duration slowListener) {
        this.all = all;
        this.subscriptions = all.get(0);
        this.cycle = cycle;
        this.runner = runner;
        this.listeners = listeners;
        this.failures = failures;
        this.slowNanos = slowListener.toNanos();
    }

    PresenceHealth take() {
        PresenceHealth.Builder health = PresenceHealth.builder()
                .dispatching(runner.isRunning())
                .lastFailure(failures.last())
                .failures(counts())
                .oldestUndispatched(Duration.ofNanos(cycle.undispatchedNanos()))
                .threadsShort(listeners != null && listeners.isShort())
                .deferredEvaluations(subscriptions.counters().deferredSum())
                .lastDeferred(subscriptions.lastDeferred())
                .costliestFilter(subscriptions.costliestFilter())
                .lastFailedSubscription(subscriptions.lastFailed())
                .undelivered(sum(Subscriptions::undeliveredSubscriptions), sum(Subscriptions::undeliveredChanges));
        long now = subscriptions.nanos();
        long[] unevaluated = new long[1];
        all.forEach(each -> each.forEach(subscription -> {
            add(subscription, now, health);
            unevaluated[0] += subscription.hasUnevaluated() ? 1 : 0;
        }));
        return health.unevaluatedSubscriptions(unevaluated[0]).build();
    }

    private long sum(ToLongFunction<Subscriptions> number) {
        return all.stream().mapToLong(number).sum();
    }

    private void add(LiveSubscription subscription, long now, PresenceHealth.Builder health) {
        long since = subscription.calledSince();
        if (since != Long.MIN_VALUE && now - since > slowNanos) {
            health.longRunningListener(subscription.description() + ", for " + Duration.ofNanos(now - since));
        }
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        for (Kind kind : Kind.values()) {
            if (failures.count(kind) > 0) {
                counts.put(kind.name(), failures.count(kind));
            }
        }
        return counts;
    }
}
