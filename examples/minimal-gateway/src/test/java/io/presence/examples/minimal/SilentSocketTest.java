package io.presence.examples.minimal;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceStore;
import io.presence.testing.ManualClock;
import io.presence.testing.RecordingListener;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests of a client that sends little or nothing, on a clock that the test moves. */
@Timeout(120)
class SilentSocketTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final ManualClock clock = new ManualClock();
    private final MinimalGateway gateway =
            new MinimalGateway(PresenceStore.builder().nanoClock(clock).wallClock(clock));
    private final RecordingListener others = RecordingListener.create();
    private final Client ada = new Client();

    /** A client of the realtime messages. */
    private static final class Client implements WebSocket.Listener {
        private final BlockingQueue<String> types = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private WebSocket socket;

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
            part.append(data);
            if (isLast) {
                types.add(new JsonObject(part.toString()).getString("type"));
                part.setLength(0);
            }
            from.request(1);
            return null;
        }

        String answerTo(String message) throws InterruptedException {
            socket.sendText(message, true).join();
            return types.take();
        }
    }

    @BeforeEach
    void start() throws Exception {
        gateway.addUsers("{\"SECRET\": {\"userId\": \"ada\"}}");
        int port = gateway.start(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        gateway.store.subscribe(Channel.presences(), others);
        ada.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("X-Appwrite-Session", "SECRET")
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/v1/realtime"), ada)
                .join();
        assertThat(ada.types.take()).isEqualTo("connected");
        String presence = "{\"type\": \"presence\", \"data\": {\"presenceId\": \"tab\", \"status\": \"online\"}}";
        assertThat(ada.answerTo(presence)).isEqualTo("response");
        others.awaitEvents(1, TIMEOUT);
    }

    @AfterEach
    void stop() {
        gateway.vertx.close().toCompletionStage().toCompletableFuture().join();
        gateway.store.close();
    }

    @Test
    void hiddenTab_thatPingsOnceAMinute_isNeverGone() throws Exception {
        for (int minute = 0; minute < 10; minute++) {
            clock.advance(Duration.ofMinutes(1));
            assertThat(ada.answerTo("{\"type\": \"ping\"}")).isEqualTo("pong");
        }
        gateway.store.delivered().toCompletableFuture().join();
        assertThat(others.lines()).containsExactly("ENTER tab online");
        assertThat(gateway.store.get("tab")).isNotNull();
    }

    /** The server does not end the socket of a client that is silent, so nothing but the TTL ends its presence. */
    @Test
    void client_thatFallsSilent_isGoneAfterTwoMinutesAndItsSocketIsOpen() throws Exception {
        clock.advance(Duration.ofMinutes(2).minusNanos(1));
        assertThat(gateway.store.get("tab")).isNotNull();
        clock.advance(Duration.ofNanos(1));

        others.awaitEvents(2, TIMEOUT);
        assertThat(others.lines()).containsExactly("ENTER tab online", "EXIT tab EXPIRED");
        assertThat(ada.answerTo("{\"type\": \"ping\"}")).isEqualTo("pong");
        assertThat(gateway.store.get("tab")).as("a late heartbeat").isNull();
    }
}
