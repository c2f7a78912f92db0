package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.examples.gateway.fixture.RawSocket;
import io.presence.examples.gateway.fixture.SocketUser;
import io.presence.examples.gateway.fixture.TestGateway;
import io.presence.examples.gateway.realtime.SocketLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests of sockets that are silent, and of those that answer pings. */
class DeadSocketTest {

    @Test
    void silence_beyondTheTimeout_endsTheSocketAndItsPresences() throws Exception {
        SocketLimits brief = TestGateway.WIDE.withTimes(Duration.ofSeconds(2), Duration.ofMinutes(10));
        try (TestGateway gateway = TestGateway.start(brief);
                RawSocket dead = new RawSocket(gateway.port(), "ada")) {
            SocketUser watcher = gateway.socket("bob");
            watcher.subscribe("w", List.of("presences"));
            dead.sendText("{\"type\":\"presence\",\"data\":{\"status\":\"x\",\"presenceId\":\"p1\","
                    + "\"permissions\":[\"read(\\\"users\\\")\"]}}");
            assertThat(watcher.nextEvent()).isEqualTo("p1.upsert [w]");
            assertThat(watcher.nextEvent()).isEqualTo("p1.delete [w] disconnected");
            RawSocket.Frame frame = dead.read();
            while (frame.opcode() != 8) {
                frame = dead.read();
            }
            assertThat(frame.text()).isEqualTo("1001");
            assertThat(watcher.untilPong()).isEmpty();
        }
    }
}
