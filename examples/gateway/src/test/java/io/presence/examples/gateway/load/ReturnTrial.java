package io.presence.examples.gateway.load;

import io.presence.examples.gateway.wire.Json;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A load test of the return of all clients after a restart: each connects again between 1.0 and 1.1 seconds after the
 * gateway listens, subscribes, and writes its presence. A client that is refused tries again after a second, as SDKs
 * do. It reports when the clients have received the events of their own presences.
 */
final class ReturnTrial {

    private static final int EARLIEST_MILLIS = 1000;
    private static final int LATEST_MILLIS = 1100;
    private static final int RETRY_MILLIS = 1000;
    private static final int MINUTES = 2;

    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient client;
    private final Path jar;
    private final Path sessions;
    private final int clients;
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    /* Of one round of connects. */
    private Latencies served = new Latencies();
    private CountDownLatch left = new CountDownLatch(0);

    ReturnTrial(Path jar, Path sessions, int clients) {
        this.client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(clients));
        this.jar = jar;
        this.sessions = sessions;
        this.clients = clients;
    }

    void run() throws Exception {
        int port;
        try (GatewayProcess gateway = GatewayProcess.start(jar, sessions, 0)) {
            port = gateway.port();
            connectAll(port);
        }
        try (GatewayProcess gateway = GatewayProcess.start(jar, sessions, port)) {
            int ended = closed.get();
            refused.set(0);
            Duration took = connectAll(port);
            System.out.printf(
                    "return: %d of %d sockets in %d ms; own event after the connect: %s%n",
                    clients - left.getCount(), clients, took.toMillis(), served.summary());
            System.out.printf(
                    "return: %d attempts refused, %d sockets lost; gateway: %d ms of processor, %s%n",
                    refused.get(), closed.get() - ended, gateway.cpu().toMillis(), gateway.memory());
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        if (left.getCount() > 0) {
            throw new IllegalStateException("each client must be served again");
        }
    }

    private Duration connectAll(int port) throws InterruptedException {
        served = new Latencies();
        left = new CountDownLatch(clients);
        long start = System.nanoTime();
        for (int i = 0; i < clients; i++) {
            int who = i;
            int delay = ThreadLocalRandom.current().nextInt(EARLIEST_MILLIS, LATEST_MILLIS);
            vertx.setTimer(delay, due -> connect(port, who, System.nanoTime()));
        }
        left.await(MINUTES, TimeUnit.MINUTES);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void connect(int port, int who, long since) {
        WebSocketConnectOptions to = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/v1/realtime?project=demo")
                .putHeader("X-Appwrite-Session", "s" + who);
        ClientWebSocket socket = client.webSocket();
        socket.closeHandler(end -> closed.incrementAndGet());
        socket.textMessageHandler(text -> {
            if (text.startsWith("{\"type\":\"connected\"")) {
                socket.writeTextMessage(
                        message("subscribe", List.of(Map.of("channels", List.of("presences.p" + who)))));
                socket.writeTextMessage(message("presence", presence(who, since)));
            } else if (text.startsWith("{\"type\":\"event\"")) {
                served.received(text);
                left.countDown();
            }
        });
        socket.connect(to).onFailure(refusal -> {
            refused.incrementAndGet();
            vertx.setTimer(RETRY_MILLIS, due -> connect(port, who, since));
        });
    }

    private static Map<String, Object> presence(int who, long since) {
        return Map.of("status", "online", "presenceId", "p" + who, "metadata", Map.of("at", since));
    }

    private static String message(String type, Object data) {
        return Json.write(Map.of("type", type, "data", data));
    }
}
