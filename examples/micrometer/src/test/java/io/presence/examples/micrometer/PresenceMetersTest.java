package io.presence.examples.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.presence.Channel;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.testing.ManualStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PresenceMetersTest {

    @Test
    void meters_ofAStore_haveItsCounts() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (ManualStore test = ManualStore.create()) {
            PresenceStore store = test.store();
            new PresenceMeters(store).bindTo(registry);
            store.subscribe(Channel.presences(), event -> {});
            store.upsert(PresenceUpsert.of("p", "ada", "online").expiresIn(Duration.ofSeconds(1)));
            test.run();
            assertThat(registry.get("presence.presences").gauge().value()).isEqualTo(1);
            assertThat(registry.get("presence.delivered").functionCounter().count())
                    .isEqualTo(1);
            test.advance(Duration.ofMillis(1_003));
            assertThat(store.get("p")).isNull();
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
