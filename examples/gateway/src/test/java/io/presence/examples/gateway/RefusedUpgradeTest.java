package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.examples.gateway.fixture.Poll;
import io.presence.examples.gateway.fixture.SocketUser;
import io.presence.examples.gateway.fixture.TestGateway;
import io.presence.examples.gateway.realtime.SocketLimits;
import io.presence.testing.ManualClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests of sockets that are refused before the upgrade. */
class RefusedUpgradeTest {

    private static String refusal(TestGateway gateway) {
        HttpResponse<?> response = SocketUser.refused(gateway.port(), "project=demo", Map.of());
        return response.statusCode() + " "
                + response.headers().firstValue("Retry-After").orElse("");
    }

    @Test
    void socket_beyondTheRate_isRefusedUntilTheMinuteIsOver() throws Exception {
        ManualClock clock = new ManualClock();
        SocketLimits limits = TestGateway.WIDE.withSockets(100, 100, 3);
        try (TestGateway gateway = TestGateway.start(TestGateway.options(limits, false), clock)) {
            for (int i = 0; i < 3; i++) {
                gateway.socket("").untilPong();
            }
            clock.advance(Duration.ofSeconds(20));
            assertThat(refusal(gateway)).isEqualTo("503 40");
            assertThat(gateway.sockets()).isEqualTo(3);
            clock.advance(Duration.ofSeconds(40));
            assertThat(gateway.socket("").untilPong()).isEmpty();
        }
    }

    @Test
    void socket_beyondTheLimitOfAll_isRefusedUntilOneCloses() throws Exception {
        try (TestGateway gateway = TestGateway.start(TestGateway.WIDE.withSockets(2, 100, 100))) {
            SocketUser first = gateway.socket("");
            gateway.socket("");
            assertThat(refusal(gateway)).isEqualTo("503 5");
            first.close();
            Poll.until("closed", () -> gateway.sockets() == 1);
            assertThat(gateway.socket("").untilPong()).isEmpty();
        }
    }

    @Test
    void socket_beyondTheLimitOfItsAddress_isRefusedUntilOneCloses() throws Exception {
        try (TestGateway gateway = TestGateway.start(TestGateway.WIDE.withSockets(100, 1, 100))) {
            SocketUser first = gateway.socket("");
            assertThat(refusal(gateway)).isEqualTo("503 5");
            first.close();
            Poll.until("closed", () -> gateway.sockets() == 0);
            assertThat(gateway.socket("").untilPong()).isEmpty();
        }
    }

    @Test
    void upgrade_onAnotherPath_isNotFound() throws Exception {
        try (TestGateway gateway = TestGateway.start()) {
            assertThat(SocketUser.refusedAt(gateway.port(), "/").statusCode()).isEqualTo(404);
        }
    }
}
