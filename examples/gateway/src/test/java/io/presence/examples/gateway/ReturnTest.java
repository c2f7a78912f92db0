package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.examples.gateway.fixture.Poll;
import io.presence.examples.gateway.fixture.TestGateway;
import io.presence.examples.gateway.realtime.SocketLimits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A test of a restart after which all clients reconnect at once from one address, as SDKs do that wait for a second
 * without jitter: each sends its session, its subscription and its presence in three messages.
 */
class ReturnTest {

    private static final int CLIENTS = 1000;
    private static final long DEADLINE_SECONDS = 60;

    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient client =
            vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(CLIENTS));
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger errors = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = started(0);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /* The default limits of sockets. */
    private static TestGateway started(int port) throws Exception {
        return TestGateway.start(
                TestGateway.options(SocketLimits.DEFAULT, false).withPort(port));
    }

    private void connectAll() throws Exception {
        answered.set(0);
        List<Future<WebSocket>> sockets = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            sockets.add(connect("c" + i));
        }
        Future.all(sockets).toCompletionStage().toCompletableFuture().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        Poll.until("all answered", () -> answered.get() == CLIENTS);
    }

    /* The handlers are set before the connection is made: the first message may come before a call returns. */
    private Future<WebSocket> connect(String id) {
        WebSocketConnectOptions to = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(gateway.port())
                .setURI("/v1/realtime?project=demo");
        ClientWebSocket socket = client.webSocket();
        socket.closeHandler(end -> closed.incrementAndGet());
        socket.textMessageHandler(text -> take(socket, id, text));
        return socket.connect(to);
    }

    private void take(WebSocket socket, String id, String text) {
        if (text.startsWith("{\"type\":\"connected\"")) {
            socket.writeTextMessage("{\"type\":\"authentication\",\"data\":{\"session\":\"ada\"}}");
            socket.writeTextMessage("{\"type\":\"subscribe\",\"data\":[{\"channels\":[\"presences." + id + "\"]}]}");
            socket.writeTextMessage(
                    "{\"type\":\"presence\",\"data\":{\"status\":\"x\",\"presenceId\":\"" + id + "\"}}");
        } else if (text.startsWith("{\"type\":\"event\"")) {
            answered.incrementAndGet();
        } else if (text.startsWith("{\"type\":\"error\"")) {
            errors.incrementAndGet();
        }
    }

    @Test
    void clients_aThousandReconnectingAtOnce_areAllAccepted() throws Exception {
        connectAll();
        int port = gateway.port();

        gateway.close();
        Poll.until("all closed", () -> closed.get() == CLIENTS);
        gateway = started(port);
        connectAll();

        assertThat(gateway.sockets()).isEqualTo(CLIENTS);
        assertThat(gateway.store().count()).isEqualTo(CLIENTS);
        assertThat(errors).hasValue(0);
        assertThat(closed).hasValue(CLIENTS);
    }
}
