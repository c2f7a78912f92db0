package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.presence.examples.gateway.fixture.SocketUser;
import io.presence.examples.gateway.fixture.SpoiledInput;
import io.presence.examples.gateway.fixture.TestGateway;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Messages and requests that are nearly valid. The gateway answers with an error of the client, logs no exception and
 * serves others. {@code -Dfuzz.seed} and {@code -Dfuzz.iterations} set the first seed and the number of seeds.
 *
 * <p>Fails within 200 requests if the exceptions of refused arguments and queries are not translated, and at the first
 * message if no exception of a malformed one is caught.
 */
class SpoiledInputTest {

    private static final long SEED = Long.getLong("fuzz.seed", 0);
    private static final long ITERATIONS = Long.getLong("fuzz.iterations", 1000);
    /* An incomplete request has no answer: its connection is closed. */
    private static final int PATIENCE_MILLIS = 40;
    private static final int LINE_LENGTH = 12;

    private final List<String> thrown = Collections.synchronizedList(new ArrayList<>());
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (record.getThrown() != null) {
                thrown.add(record.getMessage() + ": " + record.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start();
        Logger.getLogger("").addHandler(handler);
    }

    @AfterEach
    void close() {
        Logger.getLogger("").removeHandler(handler);
        gateway.close();
    }

    private void assertServes() {
        assertThat(thrown).isEmpty();
        assertThat(gateway.http("ada").put("a1", "{\"status\":\"online\"}").status())
                .isEqualTo(200);
        assertThat(gateway.socket("bob").untilPong()).isEmpty();
    }

    @Test
    void messages_thatAreSpoiled_areAnsweredByErrorsOfTheClient() {
        SocketUser eve = gateway.socket("eve");
        for (long seed = SEED; seed < SEED + ITERATIONS; seed++) {
            String message = new SpoiledInput(seed).message();
            eve.sendText(message);
            for (JsonNode answer : eve.untilPong()) {
                assertThat(isServerError(answer))
                        .as("seed %d: %s gives %s", seed, message, answer)
                        .isFalse();
            }
            assertThat(thrown).as("seed %d: %s", seed, message).isEmpty();
        }
        assertServes();
    }

    /* The code of an unexpected exception is 0. */
    private static boolean isServerError(JsonNode answer) {
        int code = answer.path("data").path("code").asInt();
        return answer.path("type").asText().equals("error")
                && (code < 400 || code >= 500)
                && code != 1003
                && code != 1008;
    }

    @Test
    void requests_thatAreSpoiled_areAnsweredByErrorsOfTheClient() throws Exception {
        int answered = 0;
        for (long seed = SEED; seed < SEED + ITERATIONS / 2; seed++) {
            String request = new SpoiledInput(seed).request();
            String line = answer(request);
            assertThat(line).as("seed %d: %s", seed, request).matches("|HTTP/1\\.[01] [234]\\d\\d");
            assertThat(thrown).as("seed %d: %s", seed, request).isEmpty();
            answered += line.isEmpty() ? 0 : 1;
        }
        assertThat(answered).isGreaterThan((int) ITERATIONS / 4);
        assertServes();
    }

    /* The beginning of the answer, up to its status. */
    private String answer(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readNBytes(LINE_LENGTH), StandardCharsets.ISO_8859_1);
        } catch (SocketTimeoutException | SocketException e) {
            return "";
        }
    }
}
