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

/** Tests of the presences that end with a socket, and of those that stay. */
class DisconnectTest {

    private static final String SHARED =
            "{\"status\":\"x\",\"presenceId\":\"p1\",\"permissions\":[\"read(\\\"users\\\")\"]}";

    private final ManualClock clock = new ManualClock();
    private TestGateway gateway;
    private SocketUser watcher;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(clock);
        watcher = gateway.socket("bob");
        watcher.subscribe("w", List.of("presences.delete", "presences.marker.upsert", "presences.p1.delete"));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void assertNothingElseIsTold() {
        gateway.http("bob").put("marker", "{\"status\":\"x\"}");
        assertThat(watcher.nextEvent()).isEqualTo("marker.upsert [w]");
    }

    @Test
    void close_ofASocket_deletesItsPresences() {
        SocketUser ada = gateway.socket("ada");
        ada.write(SHARED);
        gateway.http("ada").patch("p1", "{\"status\":\"patched\"}");
        ada.close();
        var event = watcher.next("event");
        assertThat(event.path("reason").asText()).isEqualTo("disconnected");
        assertThat(event.path("payload").path("status").asText()).isEqualTo("patched");
        assertThat(gateway.store().get("p1")).isNull();
        assertNothingElseIsTold();
    }

    @Test
    void connectionLoss_withoutACloseFrame_deletesItsPresences() {
        SocketUser ada = gateway.socket("ada");
        ada.write(SHARED);
        ada.abort();
        assertThat(watcher.nextEvent()).isEqualTo("p1.delete [w] disconnected");
    }

    @Test
    void close_withAnotherSocketOfTheUser_keepsItsPresences() {
        SocketUser one = gateway.socket("ada");
        SocketUser two = gateway.socket("ada-2");
        one.write(SHARED);
        two.write(SHARED);
        one.close();
        assertNothingElseIsTold();
        assertThat(gateway.store().get("p1")).isNotNull();
        two.close();
        assertThat(watcher.nextEvent()).isEqualTo("p1.delete [w] disconnected");
    }

    @Test
    void close_afterAPutOverHttp_keepsThePresence() {
        SocketUser ada = gateway.socket("ada");
        ada.write(SHARED);
        gateway.http("ada").put("p1", SHARED);
        ada.close();
        assertNothingElseIsTold();
        assertThat(gateway.store().get("p1")).isNotNull();
    }

    @Test
    void close_afterARefusedDeletion_deletesItsPresences() {
        SocketUser ada = gateway.socket("ada");
        SocketUser other = gateway.socket("ada-2");
        other.subscribe("w", List.of("presences.p1.delete"));
        ada.write("{\"status\":\"x\",\"presenceId\":\"p1\"}");
        assertThat(gateway.http("bob").delete("p1").status()).isEqualTo(404);
        ada.close();
        assertThat(other.nextEvent()).isEqualTo("p1.delete [w] disconnected");
    }

    @Test
    void close_afterADeleteOverHttp_deliversOneEvent() {
        SocketUser ada = gateway.socket("ada");
        ada.write(SHARED);
        gateway.http("ada").delete("p1");
        ada.close();
        assertThat(watcher.nextEvent()).isEqualTo("p1.delete [w] deleted");
        assertNothingElseIsTold();
    }

    @Test
    void close_afterAnotherUserHasTakenTheId_keepsThatPresence() {
        SocketUser ada = gateway.socket("ada");
        ada.write(SHARED);
        clock.advance(Duration.ofMinutes(3));
        gateway.awaitDelivery();
        assertThat(watcher.nextEvent()).isEqualTo("p1.delete [w] expired");
        SocketUser eve = gateway.socket("eve");
        eve.write(SHARED);
        ada.close();
        assertNothingElseIsTold();
        assertThat(gateway.store().get("p1").userId()).isEqualTo("eve");
        eve.close();
        assertThat(watcher.nextEvent()).isEqualTo("p1.delete [w] disconnected");
    }
}
