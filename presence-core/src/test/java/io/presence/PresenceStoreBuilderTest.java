package io.presence;

import static io.presence.RefusalAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.cluster.ClusterOptions;
import io.presence.query.QueryException;
import io.presence.testing.LocalNetwork;
import io.presence.testing.ManualClock;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PresenceStoreBuilderTest {

    @Test
    void options_setTwice_areRefused() {
        assertSetOnce("defaultTtl must be set once", builder -> builder.defaultTtl(Duration.ofSeconds(1)));
        assertSetOnce("maxTtl must be set once", builder -> builder.maxTtl(Duration.ofSeconds(1)));
        assertSetOnce("tick must be set once", builder -> builder.tick(Duration.ofMillis(1)));
        assertSetOnce("maxPresences must be set once", builder -> builder.maxPresences(1));
        assertSetOnce("callerDriven must be set once", PresenceStoreBuilder::callerDriven);
        ManualClock clock = new ManualClock();
        assertSetOnce("nanoClock must be set once", builder -> builder.nanoClock(clock));
        assertSetOnce("wallClock must be set once", builder -> builder.wallClock(clock));
        assertSetOnce("index on status must be set once", builder -> builder.index("status"));
        assertSetOnce("index on metadata.a must be set once", builder -> builder.index("metadata.a"));
        assertSetOnce(null, builder -> builder.onListenerError((subscription, thrown) -> {}));
        assertSetOnce(null, builder -> builder.threadFactory(Thread::new));
        ClusterOptions cluster = ClusterOptions.over(LocalNetwork.create().join("a"));
        assertSetOnce("cluster must be set once", builder -> builder.cluster(cluster));
    }

    private static void assertSetOnce(String message, UnaryOperator<PresenceStoreBuilder> option) {
        PresenceStoreBuilder builder = option.apply(PresenceStore.builder());
        var thrown = assertThatThrownBy(() -> option.apply(builder)).isExactlyInstanceOf(IllegalStateException.class);
        if (message != null) {
            thrown.hasMessage(message);
        } else {
            thrown.hasMessageEndingWith(" must be set once");
        }
    }

    @Test
    void index_indexableAttribute_isAccepted() {
        PresenceStoreBuilder builder = PresenceStore.builder().callerDriven();
        for (String attribute : List.of("userId", "status", "source", "metadata.a", "metadata.a.b", "metadata.a\\.b")) {
            builder.index(attribute);
        }
        builder.build().close();
    }

    @Test
    void index_anyOtherAttribute_isRefused() {
        for (String attribute : List.of(
                "$id",
                "id",
                "$createdAt",
                "$updatedAt",
                "expiresAt",
                "permissions",
                "metadata",
                "status.a",
                "a.b",
                "*")) {
            assertRefused(
                    "attribute must be userId, status, source or metadata.<path>: \"" + attribute + '"',
                    () -> PresenceStore.builder().index(attribute));
        }
        assertRefused(
                "attribute must be userId, status, source or metadata.<path>: \"a?b" + "x".repeat(37) + "...\"",
                () -> PresenceStore.builder().index("a\nb" + "x".repeat(300)));
        for (String malformed : List.of("", "metadata.", "metadata.a\\", "metadata." + "x".repeat(600))) {
            assertThatThrownBy(() -> PresenceStore.builder().index(malformed)).isInstanceOf(QueryException.class);
        }
    }

    @Test
    void index_beyondTheGreatestNumber_isRefused() {
        PresenceStoreBuilder builder = PresenceStore.builder();
        for (int i = 0; i < PresenceStoreBuilder.MAX_INDEXES; i++) {
            builder.index("metadata.a" + i);
        }
        assertThatThrownBy(() -> builder.index("metadata.b"))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("indexes must be at most 16");
    }

    @Test
    void threadFactory_withCallerDriven_isRefused() {
        assertThatThrownBy(() -> PresenceStore.builder().callerDriven().threadFactory(Thread::new))
                .isExactlyInstanceOf(IllegalStateException.class);
        assertThatThrownBy(
                        () -> PresenceStore.builder().threadFactory(Thread::new).callerDriven())
                .isExactlyInstanceOf(IllegalStateException.class);
    }

    @Test
    void ranges_exceeded_areRefusedByTheSetter() {
        assertRefused(
                "defaultTtl must be positive: PT0S",
                () -> PresenceStore.builder().defaultTtl(Duration.ZERO));
        assertRefused(
                "maxTtl must be positive: PT-1S", () -> PresenceStore.builder().maxTtl(Duration.ofSeconds(-1)));
        assertRefused(
                "maxTtl must be at most PT720H: PT720H0.000000001S",
                () -> PresenceStore.builder().maxTtl(Duration.ofDays(30).plusNanos(1)));
        assertRefused(
                "tick must be from PT0.001S to PT1S: PT0.000999999S",
                () -> PresenceStore.builder().tick(Duration.ofMillis(1).minusNanos(1)));
        assertRefused(
                "tick must be from PT0.001S to PT1S: PT1.000000001S",
                () -> PresenceStore.builder().tick(Duration.ofSeconds(1).plusNanos(1)));
        assertRefused(
                "maxPresences must be positive: 0",
                () -> PresenceStore.builder().maxPresences(0));
    }

    @Test
    void ranges_atTheirEnds_areAccepted() {
        PresenceStore.builder()
                .callerDriven()
                .maxTtl(Duration.ofDays(30))
                .defaultTtl(Duration.ofDays(30))
                .tick(Duration.ofSeconds(1))
                .maxPresences(Integer.MAX_VALUE)
                .build()
                .close();
        PresenceStore.builder()
                .callerDriven()
                .maxTtl(Duration.ofNanos(1))
                .defaultTtl(Duration.ofNanos(1))
                .tick(Duration.ofMillis(1))
                .maxPresences(1)
                .build()
                .close();
    }

    @Test
    void build_defaultTtlBeyondMaxTtl_isRefused() {
        PresenceStoreBuilder builder = PresenceStore.builder()
                .callerDriven()
                .defaultTtl(Duration.ofSeconds(2))
                .maxTtl(Duration.ofSeconds(1));
        assertRefused("defaultTtl must be at most maxTtl, PT1S: PT2S", builder::build);
        assertRefused(
                "defaultTtl must be at most maxTtl, PT720H: " + Duration.ofSeconds(Long.MAX_VALUE),
                () -> PresenceStore.builder()
                        .defaultTtl(Duration.ofSeconds(Long.MAX_VALUE))
                        .build());
    }

    @Test
    void defaultTtl_unset_isFifteenMinutesOrMaxTtlIfLess() {
        assertThat(lifetime(PresenceStore.builder())).isEqualTo(Duration.ofMinutes(15));
        assertThat(lifetime(PresenceStore.builder().maxTtl(Duration.ofMinutes(1))))
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(lifetime(PresenceStore.builder().maxTtl(Duration.ofHours(1))))
                .isEqualTo(Duration.ofMinutes(15));
        assertThat(lifetime(PresenceStore.builder().defaultTtl(Duration.ofHours(1))))
                .isEqualTo(Duration.ofHours(1));
    }

    private static Duration lifetime(PresenceStoreBuilder builder) {
        ManualClock clock = new ManualClock();
        try (PresenceStore store =
                builder.callerDriven().nanoClock(clock).wallClock(clock).build()) {
            Presence written =
                    store.upsert(PresenceUpsert.of("p", "ada", "online")).presence();
            return Duration.between(written.createdAt(), written.expiresAt());
        }
    }

    @Test
    void setters_null_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> PresenceStore.builder().nanoClock(null))
                .withMessage("nanoClock must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> PresenceStore.builder().wallClock(null))
                .withMessage("wallClock must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> PresenceStore.builder().onListenerError(null))
                .withMessage("onListenerError must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> PresenceStore.builder().threadFactory(null))
                .withMessage("threadFactory must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> PresenceStore.builder().defaultTtl(null));
        assertThatNullPointerException()
                .isThrownBy(() -> PresenceStore.builder().maxTtl(null));
        assertThatNullPointerException()
                .isThrownBy(() -> PresenceStore.builder().index(null));
        assertThatNullPointerException()
                .isThrownBy(() -> PresenceStore.builder().tick(null));
    }

    @Test
    void build_twice_returnsIndependentStores() {
        PresenceStoreBuilder builder = PresenceStore.builder().callerDriven().wallClock(Clock.systemUTC());
        try (PresenceStore one = builder.build();
                PresenceStore other = builder.build()) {
            one.upsert(PresenceUpsert.of("p", "ada", "online"));
            assertThat(other.count()).isZero();
            assertThat(one.count()).isEqualTo(1);
        }
    }

    @Test
    void threadFactory_ofTheHost_makesTheThreadThatEndsWithTheStore() throws Exception {
        AtomicReference<Thread> made = new AtomicReference<>();
        PresenceStore store = PresenceStore.builder()
                .threadFactory(task -> {
                    made.set(new Thread(task, "mine"));
                    return made.get();
                })
                .build();
        assertThat(made.get().isAlive()).isTrue();
        assertThatThrownBy(store::doWork)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("doWork must be called on a caller-driven store: ");
        store.close();
        made.get().join(TimeUnit.SECONDS.toMillis(30));
        assertThat(made.get().isAlive()).isFalse();
    }

    private static void assertRuns(String thread, SubscriptionOptions options) throws Exception {
        CompletableFuture<Thread> seen = new CompletableFuture<>();
        try (PresenceStore store = PresenceStore.builder().build()) {
            store.subscribe(Channel.presences(), options, event -> seen.complete(Thread.currentThread()));
            store.upsert(PresenceUpsert.of("p", "ada", "online"));
            assertThat(seen.get(30, TimeUnit.SECONDS).isDaemon()).isTrue();
            assertThat(seen.get().getName()).isEqualTo(thread);
        }
    }

    @Test
    void threads_byDefault_areDaemonsNamedByRole() throws Exception {
        assertRuns("presence-listener-1", SubscriptionOptions.defaults());
        assertRuns("presence-dispatcher", SubscriptionOptions.defaults().onDispatcher());
    }
}
