package io.presence.examples.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Role;
import io.presence.testing.RecordingListener;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WebSocketServerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final PresenceStore store =
            PresenceStore.builder().index("metadata.room").build();
    private final Map<String, Principal> tokens = Map.of(
            "ada-token", Principal.user("ada").build(),
            "bob-token", Principal.user("bob").build());
    private int port;

    @BeforeEach
    void start() {
        port = WebSocketServer.start(vertx, store, tokens, 0)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        store.close();
    }

    /** A client, which reads as many messages as the test takes. */
    private static final class Client implements WebSocket.Listener {
        private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
        private final CompletableFuture<String> closed = new CompletableFuture<>();
        private final StringBuilder part = new StringBuilder();
        private WebSocket socket;

        @Override
        public void onOpen(WebSocket opened) {
            /* Requests nothing: the test does. */
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
            part.append(data);
            if (isLast) {
                texts.add(part.toString());
                part.setLength(0);
            } else {
                from.request(1);
            }
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closed.complete(code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(error);
        }

        JsonObject next() throws InterruptedException {
            socket.request(1);
            return new JsonObject(texts.take());
        }

        String nextLine() throws InterruptedException {
            return line(next());
        }

        List<String> lines(int count) throws InterruptedException {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                lines.add(nextLine());
            }
            return lines;
        }

        private static String line(JsonObject message) {
            String event = message.getString("event");
            return message.containsKey("id")
                    ? event + " " + message.getString("userId") + " " + message.getString("status")
                    : event;
        }

        void send(JsonObject message) {
            socket.sendText(message.encode(), true).join();
        }

        String reasonOfClose() {
            socket.request(1);
            return closed.join();
        }
    }

    private Client connect(String token) {
        Client client = new Client();
        URI uri = URI.create("ws://127.0.0.1:" + port + "/presences?token=" + token);
        client.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(uri, client)
                .join();
        return client;
    }

    private static JsonObject enter(String room, String status) {
        return new JsonObject().put("room", room).put("status", status);
    }

    private static JsonObject subscribe(String room) {
        JsonObject inRoom = new JsonObject()
                .put("method", "equal")
                .put("attribute", "metadata.room")
                .put("values", new JsonArray().add(room));
        return new JsonObject().put("subscribe", new JsonArray().add(inRoom));
    }

    @Test
    void subscribe_toARoom_hasTheSnapshotThenLiveEvents() throws Exception {
        Client bob = connect("bob-token");
        bob.send(subscribe("lobby"));
        assertThat(bob.lines(2)).containsExactly("RESET", "SYNCED");
        bob.send(enter("lobby", "reading"));
        assertThat(bob.nextLine()).isEqualTo("ENTER bob reading");

        Client ada = connect("ada-token");
        ada.send(subscribe("lobby"));
        assertThat(ada.lines(3)).containsExactly("RESET", "ENTER bob reading", "SYNCED");

        bob.send(enter("lobby", "typing"));
        assertThat(ada.nextLine()).isEqualTo("UPDATE bob typing");
        bob.send(enter("kitchen", "typing"));
        assertThat(ada.nextLine()).isEqualTo("EXIT bob typing");
    }

    @Test
    void subscribe_toAnotherRoom_replacesTheFormer() throws Exception {
        Client bob = connect("bob-token");
        bob.send(subscribe("lobby"));
        bob.send(subscribe("kitchen"));
        bob.send(enter("lobby", "reading"));
        bob.send(enter("kitchen", "cooking"));

        List<String> lines = new ArrayList<>();
        do {
            lines.add(bob.nextLine());
        } while (!lines.contains("ENTER bob cooking"));
        assertThat(lines).doesNotContain("ENTER bob reading");
        assertThat(store.stats().subscriptions()).isEqualTo(1);
    }

    @Test
    void subscribe_ofAPrincipalThatMayNotRead_isEmpty() throws Exception {
        store.upsert(PresenceUpsert.of("p", "cleo", "reading")
                .metadata(Map.of("room", "lobby"))
                .permissions(Permission.read(Role.user("ada"))));
        Client ada = connect("ada-token");
        Client bob = connect("bob-token");
        ada.send(subscribe("lobby"));
        bob.send(subscribe("lobby"));

        assertThat(ada.lines(3)).containsExactly("RESET", "ENTER cleo reading", "SYNCED");
        assertThat(bob.lines(2)).containsExactly("RESET", "SYNCED");
    }

    @Test
    void subscription_ofASlowClient_isPausedAndEndsInTheLastState() throws Exception {
        int presences = 400;
        String large = "x".repeat(60_000);
        Client ada = connect("ada-token");
        ada.send(subscribe("lobby"));
        assertThat(ada.lines(2)).containsExactly("RESET", "SYNCED");

        /* 24 MB fit into no buffer of a socket, so changes of the first round are pending in the second. */
        for (String status : List.of("first", "second")) {
            for (int i = 0; i < presences; i++) {
                store.upsert(PresenceUpsert.of("p" + i, "bob", status)
                        .metadata(Map.of("room", "lobby", "large", large))
                        .permissions(Permission.read(Role.users())));
            }
            /* Completes although ada has not read: a paused listener is not waited for. */
            store.delivered().toCompletableFuture().join();
        }
        assertThat(store.stats().conflated()).isPositive();

        store.upsert(PresenceUpsert.of("last", "bob", "last")
                .metadata(Map.of("room", "lobby"))
                .permissions(Permission.read(Role.users())));
        Map<String, String> statuses = new TreeMap<>();
        int events = 0;
        while (!statuses.containsKey("last")) {
            JsonObject event = ada.next();
            statuses.put(event.getString("id"), event.getString("status"));
            events++;
        }
        assertThat(events).isLessThan(2 * presences);
        assertThat(statuses.remove("last")).isEqualTo("last");
        assertThat(statuses).hasSize(presences);
        assertThat(statuses.values()).containsOnly("second");
    }

    @Test
    void disconnect_ofAClient_closesItsSubscriptionAndDeletesItsPresence() {
        RecordingListener listener = RecordingListener.create();
        store.subscribe(Channel.presences(), listener);
        Client bob = connect("bob-token");
        bob.send(subscribe("lobby"));
        bob.send(enter("lobby", "reading"));
        listener.awaitEvents(1, TIMEOUT);

        bob.socket.abort();

        assertThat(listener.awaitEvents(2, TIMEOUT).get(1).cause()).hasToString("DELETED");
        assertThat(store.stats().subscriptions()).as("the one of this test").isEqualTo(1);
    }

    @Test
    void connect_withAnUnknownToken_isRefused() {
        assertThatThrownBy(() -> connect("eve-token"))
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .satisfies(thrown -> assertThat(((WebSocketHandshakeException) thrown.getCause())
                                .getResponse()
                                .statusCode())
                        .isEqualTo(401));
    }

    @Test
    void message_thatIsRefused_closesTheSocketWithTheReason() {
        Client noQuery = connect("bob-token");
        noQuery.send(new JsonObject().put("subscribe", new JsonArray().add(new JsonObject())));
        assertThat(noQuery.reasonOfClose()).startsWith("1008 ").contains("method");

        Client noStatus = connect("bob-token");
        noStatus.send(enter("lobby", ""));
        assertThat(noStatus.reasonOfClose()).startsWith("1008 status must");
    }
}
