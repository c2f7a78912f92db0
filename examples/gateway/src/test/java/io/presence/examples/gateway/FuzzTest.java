package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.presence.examples.gateway.fixture.HostileInput;
import io.presence.examples.gateway.fixture.HttpUser.Answer;
import io.presence.examples.gateway.fixture.RawSocket;
import io.presence.examples.gateway.fixture.SocketUser;
import io.presence.examples.gateway.fixture.TestGateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A fuzz test: to any input the gateway answers with a documented error, reveals nothing of other users, and continues.
 * {@code -Dfuzz.seed} and {@code -Dfuzz.iterations} set the input and its amount.
 */
class FuzzTest {

    private static final long SEED = Long.getLong("fuzz.seed", 42);
    private static final int ITERATIONS = Integer.getInteger("fuzz.iterations", 2000);
    private static final String CANARY = "canary";
    private static final Set<Integer> CODES = Set.of(1003, 1008, 400, 401, 403, 404, 409, 429, 503);
    private static final Set<Integer> STATUSES =
            Set.of(200, 201, 204, 400, 401, 403, 404, 405, 409, 413, 414, 429, 431, 503);

    private final Random random = new Random(SEED);
    private TestGateway gateway;
    private SocketUser ada;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start();
        ada = gateway.socket("ada");
        writePrivately();
    }

    @AfterEach
    void theGatewayGoesOn() {
        try (TestGateway closing = gateway) {
            assertThat(closing.socket("bob").untilPong()).isEmpty();
            assertThat(gateway.http("ada")
                            .get("/v1/presences/a1")
                            .body()
                            .path("status")
                            .asText())
                    .startsWith(CANARY);
            assertThat(ada.untilPong()).isNotNull();
        }
    }

    private void writePrivately() {
        ada.write("{\"status\":\"" + CANARY + random.nextInt() + "\",\"presenceId\":\"a1\",\"metadata\":{\"secret\":\""
                + CANARY + "\"}}");
    }

    private static void assertHarmless(JsonNode message) {
        assertThat(message.toString()).doesNotContain(CANARY);
        if (message.path("type").asText().equals("error")) {
            assertThat(CODES)
                    .as(message.toString())
                    .contains(message.path("data").path("code").asInt());
        }
    }

    @Test
    void messages_thatAreRandom_areAnsweredAndHarmNothing() {
        HostileInput input = new HostileInput(random);
        SocketUser eve = gateway.socket("eve");
        for (int i = 0; i < ITERATIONS; i++) {
            eve.sendText(input.message());
            if (i % 50 == 0) {
                writePrivately();
                eve.untilPong().forEach(FuzzTest::assertHarmless);
            }
        }
        eve.untilPong().forEach(FuzzTest::assertHarmless);
    }

    @Test
    void requests_thatAreRandom_areAnsweredAndHarmNothing() {
        HostileInput input = new HostileInput(random);
        for (int i = 0; i < ITERATIONS; i++) {
            String method = input.oneOf("GET", "PUT", "PATCH", "DELETE", "POST", "OPTIONS");
            Answer answer = gateway.http("eve").send(method, input.path(), method.equals("GET") ? null : input.body());
            assertThat(STATUSES).as(answer.text()).contains(answer.status());
            assertThat(answer.text()).doesNotContain(CANARY);
        }
    }

    @Test
    void frames_thatAreRandom_harmNothing() throws Exception {
        HostileInput input = new HostileInput(random);
        for (int i = 0; i < ITERATIONS / 20; i++) {
            try (RawSocket eve = new RawSocket(gateway.port(), "eve")) {
                eve.send(input.frames());
                assertThat(eve.message().path("type").asText()).isEqualTo("connected");
            }
        }
    }

    @Test
    void frames_thatBreakTheProtocol_endTheSocket() throws Exception {
        List<String> codes = new ArrayList<>();
        for (byte[] broken : HostileInput.brokenFrames()) {
            try (RawSocket eve = new RawSocket(gateway.port(), "eve")) {
                eve.send(broken);
                codes.add(eve.closeCode());
            }
        }
        assertThat(codes).containsExactly("1002", "1002", "1002", "1002", "1002", "1009", "1009");
    }

    @Test
    void text_thatIsNoUtf8_isAnswered() throws Exception {
        try (RawSocket eve = new RawSocket(gateway.port(), "eve")) {
            eve.send(RawSocket.frame(0x81, new byte[] {(byte) 0xc3, 0x28}));
            assertThat(eve.message().path("type").asText()).isEqualTo("connected");
            assertThat(eve.message().path("data").path("code").asInt()).isEqualTo(1003);
        }
    }

    @Test
    void subscribe_tenThousandTimes_isBounded() {
        SocketUser eve = gateway.socket("eve");
        for (int batch = 0; batch < 20; batch++) {
            int first = batch * 500;
            eve.send(
                    "subscribe",
                    "["
                            + IntStream.range(first, first + 500)
                                    .mapToObj(i -> "{\"subscriptionId\":\"s" + i
                                            + "\",\"channels\":[\"presences\"],\"snapshot\":true}")
                                    .collect(Collectors.joining(","))
                            + "]");
        }
        for (int batch = 0; batch < 2; batch++) {
            assertThat(nextButSynced(eve).path("data").path("subscriptions")).hasSize(500);
        }
        /* Each further message is answered by an error for 100 of its rows, and one for the rest. */
        for (int i = 0; i < 18 * 101; i++) {
            assertThat(nextButSynced(eve).path("data").path("message").asText())
                    .isEqualTo(
                            i % 101 < 100
                                    ? "items: A connection can have at most 1000 subscriptions"
                                    : "items: 400 more items were refused.");
        }
    }

    private static JsonNode nextButSynced(SocketUser user) {
        JsonNode message = user.next();
        while (message.path("type").asText().equals("synced")) {
            message = user.next();
        }
        return message;
    }

    @Test
    void ids_ofOtherUsers_giveNoAccess() {
        SocketUser eve = gateway.socket("eve");
        for (String message : new String[] {
            "{\"type\":\"presence\",\"data\":{\"status\":\"x\",\"presenceId\":\"a1\"}}",
            "{\"type\":\"unsubscribe\",\"data\":[{\"subscriptionId\":\"a1\"}]}",
            "{\"type\":\"authentication\",\"data\":{\"session\":\"eyJpZCI6ImFkYSJ9\"}}",
            "{\"type\":\"subscribe\",\"data\":[{\"channels\":[\"presences.a1\"],\"snapshot\":true}]}"
        }) {
            eve.sendText(message);
        }
        writePrivately();
        eve.untilPong().forEach(FuzzTest::assertHarmless);
        assertThat(gateway.http("eve").put("a1", "{\"status\":\"x\"}").status()).isEqualTo(409);
        assertThat(gateway.http("eve")
                        .list("{\"method\":\"cursorAfter\",\"values\":[\"a1\"]}")
                        .type())
                .isEqualTo("general_cursor_not_found");
    }
}
