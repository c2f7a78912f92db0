package io.presence.examples.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.presence.PresenceStats;
import io.presence.PresenceStats.Latency;
import io.presence.PresenceStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Binds what a store counts. Meters that only rise are counters, the others gauges; latencies are gauges of what has
 * been seen since the store was made.
 *
 * <p><b>Cost.</b> Nothing until a registry is read; then one {@link PresenceStore#stats()} for each meter.
 */
public final class PresenceMeters implements MeterBinder {

    private final PresenceStore store;

    /** Creates the meters of a store. A registry that they are bound to must not outlive it. */
    public PresenceMeters(PresenceStore store) {
        this.store = store;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "presence.presences", PresenceStats::presences);
        gauge(registry, "presence.subscriptions", PresenceStats::subscriptions);
        gauge(registry, "presence.queued", PresenceStats::queued);
        counter(registry, "presence.events", PresenceStats::events);
        counter(registry, "presence.delivered", PresenceStats::delivered);
        counter(registry, "presence.conflated", PresenceStats::conflated);
        counter(registry, "presence.cancelled", PresenceStats::cancelledOut);
        counter(registry, "presence.resets", PresenceStats::resets);
        counter(registry, "presence.listener.errors", PresenceStats::listenerErrors);
        counter(registry, "presence.executor.rejections", PresenceStats::executorRejections);
        latency(registry, "presence.dispatch.lag", PresenceStats::dispatchLag);
        latency(registry, "presence.expiry.lateness", PresenceStats::expiryLateness);
    }

    private void gauge(MeterRegistry registry, String name, ToDoubleFunction<PresenceStats> value) {
        Gauge.builder(name, store, bound -> value.applyAsDouble(bound.stats())).register(registry);
    }

    private void counter(MeterRegistry registry, String name, ToDoubleFunction<PresenceStats> value) {
        FunctionCounter.builder(name, store, bound -> value.applyAsDouble(bound.stats()))
                .register(registry);
    }

    private void latency(MeterRegistry registry, String name, Function<PresenceStats, Latency> value) {
        quantile(registry, name, "0.5", value.andThen(Latency::p50));
        quantile(registry, name, "0.99", value.andThen(Latency::p99));
        quantile(registry, name, "1", value.andThen(Latency::max));
    }

    private void quantile(
            MeterRegistry registry, String name, String quantile, Function<PresenceStats, Duration> value) {
        TimeGauge.builder(
                        name,
                        store,
                        TimeUnit.NANOSECONDS,
                        bound -> value.apply(bound.stats()).toNanos())
                .tag("quantile", quantile)
                .register(registry);
    }
}
