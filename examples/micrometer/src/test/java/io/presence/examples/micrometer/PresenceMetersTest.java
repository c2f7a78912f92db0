package io.presence.examples.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.presence.Channel;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PresenceMetersTest {

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void meters_showWhatTheStoreCounts() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (PresenceStore store = PresenceStore.builder()
                .callerDriven()
                .nanoClock(nanos::get)
                .wallClock(() -> Instant.EPOCH.plusNanos(nanos.get()))
                .build()) {
            new PresenceMeters(store).bindTo(registry);
            store.subscribe(Channel.presences(), event -> {});
            store.upsert(PresenceUpsert.of("p", "ada", "online").expiresIn(Duration.ofSeconds(1)));
            while (store.doWork() > 0) {
                assertThat(nanos).hasValue(0);
            }
            assertThat(registry.get("presence.presences").gauge().value()).isEqualTo(1);
            assertThat(registry.get("presence.delivered").functionCounter().count())
                    .isEqualTo(1);
            nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1_003));
            while (store.doWork() > 0) {
                assertThat(store.get("p")).isNull();
            }
            assertThat(registry.get("presence.presences").gauge().value()).isZero();
            assertThat(registry.get("presence.events").functionCounter().count())
                    .isEqualTo(2);
            assertThat(registry.get("presence.expiry.lateness")
                            .tag("quantile", "1")
                            .timeGauge()
                            .value(TimeUnit.MILLISECONDS))
                    .isEqualTo(3);
        }
    }
}
