package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.examples.gateway.fixture.Poll;
import io.presence.examples.gateway.fixture.SocketUser;
import io.presence.examples.gateway.fixture.TestGateway;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of the grace after a socket is lost: a page that is reloaded neither leaves nor enters. */
class GraceTest {

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final String DESK =
            "{\"status\":\"x\",\"presenceId\":\"p1\",\"permissions\":[\"read(\\\"users\\\")\"]}";

    private final ManualClock clock = new ManualClock();
    private TestGateway gateway;
    private SocketUser watcher;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(
                TestGateway.options(TestGateway.WIDE, false, true).withTimes(GRACE, Duration.ZERO), clock);
        watcher = gateway.socket("bob");
        watcher.subscribe("w", List.of("presences"));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private SocketUser present() {
        SocketUser ada = gateway.socket("ada");
        ada.write(DESK);
        assertThat(watcher.nextEvent()).isEqualTo("p1.upsert [w]");
        return ada;
    }

    private void awaitGrace() {
        Poll.until(
                "in its grace",
                () -> gateway.store()
                        .get("p1")
                        .expiresAt()
                        .equals(clock.instant().plus(GRACE)));
    }

    @Test
    void reload_withinTheGrace_deliversNothing() {
        SocketUser ada = present();
        ada.close(1001);
        awaitGrace();
        clock.advance(GRACE.minusSeconds(1));
        SocketUser again = gateway.socket("ada");
        again.write(DESK);
        clock.advance(GRACE);
        gateway.awaitDelivery();
        assertThat(watcher.untilPong()).isEmpty();
        again.close();
        assertThat(watcher.nextEvent()).isEqualTo("p1.delete [w] disconnected");
    }

    @Test
    void loss_withoutAReturn_isADisconnectAfterTheGrace() {
        present().abort();
        awaitGrace();
        assertThat(watcher.untilPong()).isEmpty();
        clock.advance(GRACE);
        gateway.awaitDelivery();
        assertThat(watcher.nextEvent()).isEqualTo("p1.delete [w] disconnected");
    }

    @Test
    void close_byTheClient_isADisconnectAtOnce() {
        present().close();
        assertThat(watcher.nextEvent()).isEqualTo("p1.delete [w] disconnected");
    }
}
