package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.presence.Permission;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Role;
import io.presence.examples.gateway.fixture.RawSocket;
import io.presence.examples.gateway.fixture.TestGateway;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests of a client that does not read: its frames are bounded, and it receives the final state. */
class SlowReaderTest {

    private static final int PRESENCES = 20;
    private static final int ROUNDS = 1500;

    /* The buffers of the kernel, the write queue, the outbox and one duty cycle: a fraction of 30,000. */
    private static final int MOST_FRAMES = 6000;

    private static final Map<String, Object> METADATA = Map.of("filler", "x".repeat(4000));

    @Test
    void socket_thatIsNotRead_receivesTheNetStateLater() throws Exception {
        try (TestGateway gateway = TestGateway.start();
                RawSocket slow = new RawSocket(gateway.port(), "bob")) {
            slow.sendText(
                    "{\"type\":\"subscribe\",\"data\":[{\"subscriptionId\":\"s1\",\"channels\":[\"presences\"]}]}");
            assertThat(slow.message().path("type").asText()).isEqualTo("connected");
            assertThat(slow.message().path("type").asText()).isEqualTo("response");
            write(gateway);
            Map<String, String> states = new HashMap<>();
            int frames = 0;
            while (!states.containsKey("last")) {
                JsonNode payload = slow.message().path("data").path("payload");
                states.put(payload.path("$id").asText(), payload.path("status").asText());
                frames++;
            }
            assertThat(frames).isLessThan(MOST_FRAMES);
            for (int i = 0; i < PRESENCES; i++) {
                assertThat(states.get("p" + i)).isEqualTo("s" + (ROUNDS - 1));
            }
        }
    }

    private static void write(TestGateway gateway) {
        for (int i = 0; i < PRESENCES; i++) {
            gateway.store().upsert(upsert("p" + i));
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < PRESENCES; i++) {
                gateway.store().update("p" + i, PresencePatch.none().status("s" + round));
            }
            /* So that each write is dispatched separately. */
            gateway.awaitDelivery();
        }
        gateway.store().upsert(upsert("last"));
    }

    private static PresenceUpsert upsert(String id) {
        return PresenceUpsert.of(id, "ada", "new").metadata(METADATA).permissions(Permission.read(Role.users()));
    }
}
