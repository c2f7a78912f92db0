package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Presence;
import io.presence.examples.gateway.fixture.Poll;
import io.presence.examples.gateway.fixture.RawSocket;
import io.presence.examples.gateway.fixture.SocketUser;
import io.presence.examples.gateway.fixture.TestGateway;
import io.presence.examples.gateway.realtime.SocketLimits;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of the frames that renew the presences of a socket. */
class PongTest {

    private static final byte[] PONG = RawSocket.frame(0x8a, new byte[0]);
    private static final Duration TTL = Duration.ofSeconds(120);

    private final ManualClock clock = new ManualClock();
    private TestGateway gateway;
    private RawSocket frozen;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(clock);
        frozen = new RawSocket(gateway.port(), "ada");
        frozen.sendText("{\"type\":\"presence\",\"data\":{\"status\":\"x\",\"presenceId\":\"p1\","
                + "\"permissions\":[\"read(\\\"users\\\")\"]}}");
        Poll.until("written", () -> gateway.store().get("p1") != null);
        gateway.awaitDelivery();
    }

    @AfterEach
    void stop() throws Exception {
        frozen.close();
        gateway.close();
    }

    private void untilEndsAt(Instant end) {
        Poll.until("ends at " + end, () -> {
            Presence presence = gateway.store().get("p1");
            return presence != null && presence.expiresAt().equals(end);
        });
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    @Test
    void pongs_withoutMessages_keepPresencesForTenMinutesAndTheSocketLonger() throws Exception {
        Instant start = clock.instant();
        for (int minute = 1; minute <= 9; minute++) {
            clock.advance(Duration.ofMinutes(1));
            frozen.send(PONG);
            untilEndsAt(earlier(clock.instant().plus(TTL), start.plus(Duration.ofMinutes(10))));
        }
        SocketUser watcher = gateway.socket("bob");
        watcher.subscribe("w", List.of("presences"));
        clock.advance(Duration.ofSeconds(59));
        frozen.send(PONG);
        assertThat(gateway.store().get("p1")).isNotNull();

        clock.advance(Duration.ofSeconds(1));

        assertThat(gateway.store().get("p1")).isNull();
        gateway.awaitDelivery();
        assertThat(watcher.nextEvent()).isEqualTo("p1.delete [w] expired");
        frozen.sendText("{\"type\":\"ping\"}");
        assertThat(frozen.message().path("type").asText()).isEqualTo("connected");
        assertThat(frozen.message().path("type").asText()).isEqualTo("response");
        assertThat(frozen.message().path("type").asText()).isEqualTo("pong");
    }

    @Test
    void message_ofAnyType_renewsThePresencesOfItsSocket() throws Exception {
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofSeconds(110));
            frozen.sendText(i % 2 == 0 ? "{\"type\":\"ping\"}" : "{\"type\":\"subscribe\",\"data\":[]}");
            untilEndsAt(clock.instant().plus(TTL));
        }
    }

    @Test
    void message_afterNineMinutesOfPongs_countsFromThenOn() throws Exception {
        Instant start = clock.instant();
        for (int minute = 1; minute <= 9; minute++) {
            clock.advance(Duration.ofMinutes(1));
            frozen.send(PONG);
            untilEndsAt(earlier(clock.instant().plus(TTL), start.plus(Duration.ofMinutes(10))));
        }
        frozen.sendText("{\"type\":\"ping\"}");
        untilEndsAt(clock.instant().plus(TTL));
        clock.advance(Duration.ofSeconds(100));
        frozen.send(PONG);
        untilEndsAt(clock.instant().plus(TTL));
    }

    @Test
    void message_onceAMinute_keepsTheSocketOpen() {
        assertThat(SocketLimits.DEFAULT.timeout()).isGreaterThanOrEqualTo(Duration.ofSeconds(75));
    }
}
