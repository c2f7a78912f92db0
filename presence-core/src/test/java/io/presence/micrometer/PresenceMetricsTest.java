package io.presence.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.presence.Channel;
import io.presence.PresenceStats;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.SubscriptionOptions;
import io.presence.fixture.ManualExecutor;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The meters of stores in a simple registry. */
class PresenceMetricsTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final TestStore chat = TestStore.create(builder -> builder.name("chat"));
    private final PresenceStore store = chat.store();

    @AfterEach
    void close() {
        chat.close();
    }

    private static void upsert(PresenceStore store, String id) {
        store.upsert(PresenceUpsert.of(id, "ada", "online").expiresIn(Duration.ofSeconds(10)));
    }

    private double gauge(String name, String store) {
        return registry.get(name).tag("store", store).gauge().value();
    }

    private double counter(String name) {
        return registry.get(name).tag("store", "chat").functionCounter().count();
    }

    private double millis(String name, String... tags) {
        return registry.get(name).tag("store", "chat").tags(tags).timeGauge().value(TimeUnit.MILLISECONDS);
    }

    /* Durations in milliseconds, the others as they are. */
    private Map<String, Double> values() {
        Map<String, Double> values = new TreeMap<>();
        for (Meter meter : registry.getMeters()) {
            String quantile = meter.getId().getTag("quantile");
            double value = meter instanceof TimeGauge time
                    ? time.value(TimeUnit.MILLISECONDS)
                    : meter instanceof Gauge gauge ? gauge.value() : ((FunctionCounter) meter).count();
            values.put(meter.getId().getName() + (quantile == null ? "" : " " + quantile), value);
        }
        return values;
    }

    @Test
    void meters_ofStore_areItsNumbers() {
        new PresenceMetrics(store).bindTo(registry);
        store.subscribe(Channel.presences(), event -> {});
        store.open(Principal.user("ada").build());
        upsert(store, "p");
        upsert(store, "q");
        chat.drain();
        store.delete("q");
        upsert(store, "r");
        store.count(Query.equal("userId", "ada"));
        store.count(Query.equal("source", "web"));
        chat.clock().advance(Duration.ofMillis(40));
        PresenceStats stats = store.stats();
        assertThat(values())
                .containsEntry("presence.presences", 3.0)
                .containsEntry("presence.subscriptions", 1.0)
                .containsEntry("presence.sessions", 1.0)
                .containsEntry("presence.queued", 2.0)
                .containsEntry("presence.undispatched.age", 40.0)
                .containsEntry("presence.events", 2.0)
                .containsEntry("presence.delivered", 2.0)
                .containsEntry("presence.lists", 2.0)
                .containsEntry("presence.lists.scans", 1.0)
                .containsEntry("presence.lists.examined", (double) stats.lists().examined())
                .containsEntry("presence.lists.scanned", (double) stats.lists().scanned())
                .containsEntry("presence.coalesced", 0.0)
                .containsEntry("presence.conflated", 0.0)
                .containsEntry("presence.cancelled", 0.0)
                .containsEntry("presence.deferred", 0.0)
                .containsEntry("presence.resets", 0.0)
                .containsEntry("presence.executor.rejections", 0.0)
                .containsEntry("presence.dispatching", 1.0)
                .containsEntry("presence.listeners.slow", 0.0)
                .containsEntry("presence.failures", 0.0)
                .containsEntry("presence.expiry.lateness 0.99", 0.0)
                .hasSize(27);
    }

    @Test
    void errorsAndRejections_ofStore_areCounted() {
        new PresenceMetrics(store).bindTo(registry);
        store.subscribe(Channel.presences(), event -> {
            throw new IllegalStateException("thrown, on purpose");
        });
        ManualExecutor executor = new ManualExecutor();
        executor.refuse(true);
        store.subscribe(Channel.presences(), SubscriptionOptions.defaults().executor(executor), event -> {});
        upsert(store, "p");
        chat.drain();
        assertThat(chat.takeErrors()).hasSize(1);
        assertThat(counter("presence.listener.errors")).isEqualTo(1);
        assertThat(counter("presence.executor.rejections"))
                .isPositive()
                .isEqualTo(store.stats().executorRejections());
        assertThat(counter("presence.failures"))
                .isPositive()
                .isEqualTo(store.health().failures().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
    }

    @Test
    void maximum_ofLatency_isThatOfTheLastMinutes() {
        new PresenceMetrics(store).bindTo(registry);
        upsert(store, "p");
        chat.pass(Duration.ofMillis(40));
        assertThat(millis("presence.dispatch.lag.max")).isEqualTo(40);
        chat.pass(Duration.ofSeconds(10).plusMillis(3));
        assertThat(millis("presence.expiry.lateness.max")).isEqualTo(43);
        chat.pass(Duration.ofMinutes(2));
        upsert(store, "q");
        chat.pass(Duration.ofMillis(5));
        assertThat(millis("presence.dispatch.lag.max")).isEqualTo(5);
        assertThat(millis("presence.expiry.lateness.max")).isZero();
        chat.pass(Duration.ofMinutes(1));
        assertThat(millis("presence.dispatch.lag.max")).isEqualTo(5);
        assertThat(millis("presence.dispatch.lag", "quantile", "0.99")).isEqualTo(40);
        chat.pass(Duration.ofMinutes(1));
        assertThat(millis("presence.dispatch.lag.max")).isZero();
    }

    @Test
    void twoStores_inOneRegistry_areToldApartByTheirNames() {
        try (TestStore game = TestStore.create(builder -> builder.name("game"))) {
            new PresenceMetrics(store).bindTo(registry);
            new PresenceMetrics(game.store()).bindTo(registry);
            upsert(store, "p");
            upsert(game.store(), "p");
            upsert(game.store(), "q");
            assertThat(gauge("presence.presences", "chat")).isEqualTo(1);
            assertThat(gauge("presence.presences", "game")).isEqualTo(2);
            game.store().close();
            assertThat(registry.getMeters())
                    .isNotEmpty()
                    .allMatch(meter -> "chat".equals(meter.getId().getTag("store")));
        }
    }

    @Test
    void twoStores_ofOneName_areRefusedUnlessTagsDiffer() {
        try (TestStore other = TestStore.create(builder -> builder.name("chat"))) {
            new PresenceMetrics(store, Tags.of("region", "eu")).bindTo(registry);
            int meters = registry.getMeters().size();
            assertThatThrownBy(() -> new PresenceMetrics(other.store(), Tags.of("region", "eu")).bindTo(registry))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("store must have another name or tags than one that is bound: "
                            + "[tag(region=eu),tag(store=chat)]");
            assertThat(registry.getMeters()).hasSize(meters);
            new PresenceMetrics(other.store(), Tags.of("region", "us")).bindTo(registry);
            upsert(store, "p");
            assertThat(registry.get("presence.presences")
                            .tag("region", "eu")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(registry.get("presence.presences")
                            .tag("region", "us")
                            .gauge()
                            .value())
                    .isZero();
        }
    }

    @Test
    void bindTo_afterCloseOfANamesake_replacesIt() {
        PresenceMetrics first = new PresenceMetrics(store);
        first.bindTo(registry);
        store.close();
        assertThat(registry.getMeters()).isEmpty();
        try (TestStore next = TestStore.create(builder -> builder.name("chat"))) {
            new PresenceMetrics(next.store()).bindTo(registry);
            upsert(next.store(), "p");
            first.close();
            assertThat(gauge("presence.presences", "chat")).isEqualTo(1);
        }
    }

    @Test
    void bindTo_ofClosedStore_registersNothing() {
        store.close();
        new PresenceMetrics(store).bindTo(registry);
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    @Promise("meters-removed")
    void close_ofBinder_removesItsMetersFromEachRegistry() {
        MeterRegistry second = new SimpleMeterRegistry();
        PresenceMetrics metrics = new PresenceMetrics(store);
        metrics.bindTo(registry);
        metrics.bindTo(second);
        assertThat(second.getMeters()).hasSize(27);
        metrics.close();
        metrics.close();
        assertThat(registry.getMeters()).isEmpty();
        assertThat(second.getMeters()).isEmpty();
        metrics.bindTo(registry);
        assertThat(registry.getMeters()).hasSize(27);
    }

    @Test
    void bindTo_ofRegistryThatFails_leavesNothing() {
        registry.config().onMeterAdded(meter -> {
            if (meter.getId().getName().equals("presence.failures")) {
                throw new IllegalStateException("refused, on purpose");
            }
        });
        assertThatThrownBy(() -> new PresenceMetrics(store).bindTo(registry)).hasMessage("refused, on purpose");
        assertThat(registry.getMeters())
                .allMatch(meter -> meter.getId().getName().equals("presence.failures"));
    }

    @Test
    void constructors_withNull_areRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> new PresenceMetrics(null))
                .withMessage("store must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> new PresenceMetrics(store, null))
                .withMessage("tags must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> new PresenceMetrics(store).bindTo(null))
                .withMessage("registry must not be null");
    }
}
