package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.examples.gateway.fixture.SocketUser;
import io.presence.examples.gateway.fixture.TestGateway;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of presences over a socket that have a lifetime of their own, such as typing. */
class LifetimeTest {

    private final ManualClock clock = new ManualClock();
    private TestGateway gateway;
    private SocketUser watcher;
    private SocketUser ada;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(clock);
        watcher = gateway.socket("bob");
        watcher.subscribe("w", List.of("presences"));
        ada = gateway.socket("ada");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void type(int seconds) {
        ada.write("{\"status\":\"typing\",\"presenceId\":\"t1\",\"permissions\":[\"read(\\\"users\\\")\"],"
                + "\"expiresAt\":\"" + clock.instant().plusSeconds(seconds) + "\"}");
    }

    @Test
    void typing_whileTheSocketIsAlive_endsAtItsOwnTime() {
        type(4);
        assertThat(watcher.nextEvent()).isEqualTo("t1.upsert [w]");
        clock.advance(Duration.ofSeconds(3));
        ada.untilPong();
        clock.advance(Duration.ofSeconds(1));
        gateway.awaitDelivery();
        assertThat(gateway.store().get("t1")).isNull();
        assertThat(watcher.nextEvent()).isEqualTo("t1.delete [w] expired");
    }

    @Test
    void typing_again_hasTheNewTime() {
        type(4);
        clock.advance(Duration.ofSeconds(3));
        type(4);
        clock.advance(Duration.ofSeconds(3));
        assertThat(gateway.store().get("t1")).isNotNull();
    }

    @Test
    void typing_whenTheSocketCloses_staysUntilItsTime() {
        type(4);
        watcher.nextEvent();
        ada.close();
        assertThat(watcher.untilPong()).isEmpty();
        clock.advance(Duration.ofSeconds(4));
        gateway.awaitDelivery();
        assertThat(watcher.nextEvent()).isEqualTo("t1.delete [w] expired");
    }
}
