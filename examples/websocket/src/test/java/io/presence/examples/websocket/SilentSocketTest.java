package io.presence.examples.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceStore;
import io.presence.Principal;
import io.presence.testing.ManualClock;
import io.presence.testing.RecordingListener;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests of a client that is silent while its socket stays open. Neither the clock nor the pings run by themselves. */
@Timeout(120)
class SilentSocketTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PING = Duration.ofSeconds(20);

    private final Vertx real = Vertx.vertx();
    private final HandTimers timers = new HandTimers(real);
    private final ManualClock clock = new ManualClock();
    private final PresenceStore store =
            PresenceStore.builder().nanoClock(clock).wallClock(clock).build();
    private final RecordingListener others = RecordingListener.create();
    private Client ada;

    /** A client that reads as many frames as the test takes. It answers pings as it reads them. */
    private static final class Client implements WebSocket.Listener {
        private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        private WebSocket socket;

        @Override
        public void onOpen(WebSocket opened) {
            /* Requests nothing: the test does. */
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
            frames.add(data.toString());
            return null;
        }

        @Override
        public CompletionStage<?> onPing(WebSocket from, ByteBuffer data) {
            frames.add("ping");
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            frames.add("close " + code);
            return null;
        }

        String next() throws InterruptedException {
            socket.request(1);
            return frames.take();
        }

        void send(String text) {
            socket.sendText(text, true).join();
        }
    }

    @BeforeEach
    void start() {
        int port = WebSocketServer.start(
                        timers.vertx(),
                        store,
                        Map.of("ada-token", Principal.user("ada").build()),
                        0)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        store.subscribe(Channel.presences(), others);
        ada = new Client();
        ada.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/presences?token=ada-token"), ada)
                .join();
        ada.send("{\"room\": \"lobby\", \"status\": \"reading\"}");
        others.awaitEvents(1, TIMEOUT);
    }

    @AfterEach
    void stop() {
        real.close().toCompletionStage().toCompletableFuture().join();
        store.close();
    }

    private void ping() {
        clock.advance(PING);
        timers.fire();
    }

    /** Ten pings are 200 seconds, more than three TTLs, in which nothing but pings renews the presence. */
    @Test
    void client_thatAnswersPings_isNeverGone() throws Exception {
        for (int i = 0; i < 10; i++) {
            ping();
            assertThat(ada.next()).isEqualTo("ping");
            /* The pong was sent before this message, so the server has it when the answer arrives. */
            ada.send("{\"subscribe\": [{\"method\": \"equal\", \"attribute\": \"status\", \"values\": [\"none\"]}]}");
            assertThat(List.of(ada.next(), ada.next())).allMatch(frame -> frame.startsWith("{\"event\""));
        }
        store.delivered().toCompletableFuture().join();
        assertThat(others.events()).hasSize(1);
        assertThat(store.count()).isEqualTo(1);
    }

    /**
     * Without the pings the presence would expire after 60 seconds. With them it ends at the second one, before the
     * socket has closed. With the presence deleted by the close handler alone, it is there for 10 seconds more.
     */
    @Test
    void client_thatFallsSilent_isGoneAtTheSecondPing() throws Exception {
        ping();
        store.delivered().toCompletableFuture().join();
        assertThat(others.events()).hasSize(1);

        ping();

        assertThat(store.count()).isZero();
        PresenceEvent exit = others.awaitEvents(2, TIMEOUT).get(1);
        assertThat(exit.cause()).isEqualTo(PresenceEvent.Cause.DELETED);
        assertThat(exit.endedAt()).isEqualTo(ManualClock.START.plus(PING.multipliedBy(2)));
        assertThat(ada.next()).isEqualTo("ping");
        assertThat(ada.next()).isEqualTo("close 1001");
    }
}
