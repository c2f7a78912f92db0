package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.examples.gateway.fixture.Poll;
import io.presence.examples.gateway.fixture.SocketUser;
import io.presence.examples.gateway.fixture.TestGateway;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A test of a gateway that is closed with {@code --drain}. */
class DrainTest {

    private static final Duration OVER = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofMillis(100);

    private final ManualClock clock = new ManualClock();

    @Test
    void close_withADrain_closesTheSocketsOneAfterTheOther() throws Exception {
        TestGateway gateway =
                TestGateway.start(TestGateway.options(TestGateway.WIDE, false).withTimes(Duration.ZERO, OVER), clock);
        List<SocketUser> sockets = List.of(gateway.socket("ada"), gateway.socket("bob"), gateway.socket("eve"));
        sockets.get(1).subscribe("s1", List.of("presences"));

        CompletableFuture<Void> closed = CompletableFuture.runAsync(gateway::close);

        for (int left = 2; left >= 0; left--) {
            int open = left;
            Poll.until(open + " sessions are left", () -> {
                clock.advance(STEP);
                /* Wakes the dispatcher. */
                gateway.store().flush();
                return gateway.store().stats().sessions() == open;
            });
            Poll.until(open + " sockets are left", () -> gateway.sockets() == open);
        }
        for (SocketUser socket : sockets) {
            assertThat(socket.closeCode()).isEqualTo(1001);
        }
        closed.get(20, TimeUnit.SECONDS);
    }
}
