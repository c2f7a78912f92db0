package io.presence.micrometer;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.presence.PresenceHealth;
import io.presence.PresenceStats;
import io.presence.PresenceStats.Latency;
import io.presence.PresenceStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * A binder of the counters, latencies and condition of a store. Each meter has the tag {@code store} with
 * {@link PresenceStore#name}, so several stores can be in one registry. The meters are removed when the store or this
 * binder is closed.
 *
 * <p>Latencies have two gauges for the quantiles 0.5 and 0.99 of everything since the store was built, and one with the
 * suffix {@code .max} for the present minute and the minute before.
 *
 * <p><b>Cost.</b> None until a registry is read; then one {@link PresenceStore#stats} or {@link PresenceStore#health}
 * for each meter.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class PresenceMetrics implements MeterBinder, AutoCloseable {

    private static final String FIRST = "presence.presences";

    private final PresenceStore store;
    private final Tags tags;
    private final List<MeterSet> bound = new CopyOnWriteArrayList<>();

    /**
     * Creates a binder without further tags.
     *
     * @param store the store
     */
    public PresenceMetrics(PresenceStore store) {
        this(store, List.of());
    }

    /**
     * Creates a binder.
     *
     * @param store the store
     * @param tags further tags of all meters
     */
    public PresenceMetrics(PresenceStore store, Iterable<Tag> tags) {
        this.store = requireNonNull(store, "store must not be null");
        this.tags = Tags.of(requireNonNull(tags, "tags must not be null")).and("store", store.name());
    }

    /**
     * Registers the meters. If that throws, none remains registered. If the store is closed, nothing is registered.
     *
     * @param registry the registry
     * @throws IllegalStateException if a store of the same name is bound to the registry with the same tags
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        requireNonNull(registry, "registry must not be null");
        if (registry.find(FIRST).tags(tags).meter() != null) {
            throw new IllegalStateException("store must have another name or tags than one that is bound: " + tags);
        }
        MeterSet meters = new MeterSet(registry);
        meters.register(this::registerAll);
        bound.add(meters);
        store.closeFuture().whenComplete((closed, failure) -> meters.remove());
    }

    /** Removes the meters from every registry. Closing again has no effect. */
    @Override
    public void close() {
        bound.forEach(MeterSet::remove);
        bound.clear();
    }

    private void registerAll(MeterSet meters) {
        gauge(meters, FIRST, PresenceStats::presences);
        gauge(meters, "presence.subscriptions", PresenceStats::subscriptions);
        gauge(meters, "presence.sessions", PresenceStats::sessions);
        gauge(meters, "presence.queued", PresenceStats::queued);
        counter(meters, "presence.events", PresenceStats::events);
        counter(meters, "presence.coalesced", PresenceStats::coalesced);
        counter(meters, "presence.delivered", PresenceStats::delivered);
        counter(meters, "presence.conflated", PresenceStats::conflated);
        counter(meters, "presence.cancelled", PresenceStats::cancelledOut);
        counter(meters, "presence.deferred", PresenceStats::deferred);
        counter(meters, "presence.resets", PresenceStats::resets);
        counter(meters, "presence.listener.errors", PresenceStats::listenerErrors);
        counter(meters, "presence.executor.rejections", PresenceStats::executorRejections);
        counter(meters, "presence.lists", stats -> stats.lists().count());
        counter(meters, "presence.lists.scans", stats -> stats.lists().fullScans());
        counter(meters, "presence.lists.examined", stats -> stats.lists().examined());
        counter(meters, "presence.lists.scanned", stats -> stats.lists().scanned());
        latency(meters, "presence.dispatch.lag", PresenceStats::dispatchLag);
        latency(meters, "presence.expiry.lateness", PresenceStats::expiryLateness);
        health(meters);
    }

    private void health(MeterSet meters) {
        Gauge.Builder<PresenceStore> dispatching = Gauge.builder(
                "presence.dispatching", store, bound -> bound.health().isDispatching() ? 1 : 0);
        meters.add(dispatching.tags(tags).register(meters.registry()));
        Gauge.Builder<PresenceStore> slow = Gauge.builder(
                "presence.listeners.slow",
                store,
                bound -> bound.health().longRunningListeners().size());
        meters.add(slow.tags(tags).register(meters.registry()));
        FunctionCounter.Builder<PresenceStore> failures =
                FunctionCounter.builder("presence.failures", store, bound -> failures(bound.health()));
        meters.add(failures.tags(tags).register(meters.registry()));
        TimeGauge.Builder<PresenceStore> age = TimeGauge.builder(
                "presence.undispatched.age",
                store,
                TimeUnit.NANOSECONDS,
                bound -> bound.health().oldestUndispatched().toNanos());
        meters.add(age.tags(tags).register(meters.registry()));
    }

    private static double failures(PresenceHealth health) {
        return health.failures().values().stream().mapToLong(Long::longValue).sum();
    }

    private void gauge(MeterSet meters, String name, ToDoubleFunction<PresenceStats> value) {
        Gauge.Builder<PresenceStore> gauge = Gauge.builder(name, store, bound -> value.applyAsDouble(bound.stats()));
        meters.add(gauge.tags(tags).register(meters.registry()));
    }

    private void counter(MeterSet meters, String name, ToDoubleFunction<PresenceStats> value) {
        FunctionCounter.Builder<PresenceStore> counter =
                FunctionCounter.builder(name, store, bound -> value.applyAsDouble(bound.stats()));
        meters.add(counter.tags(tags).register(meters.registry()));
    }

    private void latency(MeterSet meters, String name, Function<PresenceStats, Latency> value) {
        duration(meters, name, tags.and("quantile", "0.5"), value.andThen(Latency::p50));
        duration(meters, name, tags.and("quantile", "0.99"), value.andThen(Latency::p99));
        duration(meters, name + ".max", tags, value.andThen(Latency::recentMax));
    }

    private void duration(MeterSet meters, String name, Tags all, Function<PresenceStats, Duration> value) {
        TimeGauge.Builder<PresenceStore> gauge = TimeGauge.builder(
                name,
                store,
                TimeUnit.NANOSECONDS,
                bound -> value.apply(bound.stats()).toNanos());
        meters.add(gauge.tags(all).register(meters.registry()));
    }
}
