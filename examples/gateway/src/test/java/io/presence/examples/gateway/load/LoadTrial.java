package io.presence.examples.gateway.load;

import io.presence.examples.gateway.wire.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A load test with many real sockets and filtered subscriptions while presences are rewritten. It reports the latency
 * of events and the cost for the gateway, which runs in a process of its own. Both processes share one machine, so the
 * times are those of a busy one.
 *
 * <p>Arguments: {@code GATEWAY_JAR [clients] [presences] [seconds]}, or {@code GATEWAY_JAR return [clients]} for
 * {@link ReturnTrial}.
 */
public final class LoadTrial {

    private static final int DOCUMENTS = 200;
    private static final int CONNECTING = 50;
    private static final long HEARTBEAT_MILLIS = 2000;
    private static final int RETURNING = 5000;

    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient client;
    private final GatewayProcess gateway;
    private final int clients;
    private final int presences;
    private final Latencies latencies = new Latencies();
    private final List<WebSocket> sockets = new ArrayList<>();
    private int sent;

    private LoadTrial(GatewayProcess gateway, int clients, int presences) {
        this.client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(clients));
        this.gateway = gateway;
        this.clients = clients;
        this.presences = presences;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 1 && arguments[1].equals("return")) {
            comeBack(Path.of(arguments[0]), arguments.length > 2 ? Integer.parseInt(arguments[2]) : RETURNING);
            return;
        }
        int clients = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2000;
        int presences = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1000;
        int seconds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 60;
        if (presences > clients) {
            throw new IllegalArgumentException("presences must be at most clients, " + clients + ": " + presences);
        }
        Path sessions = Files.writeString(Files.createTempFile("sessions", ".json"), sessions(clients));
        try (GatewayProcess gateway = GatewayProcess.start(Path.of(arguments[0]), sessions, 0)) {
            new LoadTrial(gateway, clients, presences).run(seconds);
        } finally {
            Files.delete(sessions);
        }
    }

    private static void comeBack(Path jar, int clients) throws Exception {
        Path sessions = Files.writeString(Files.createTempFile("sessions", ".json"), sessions(clients));
        try {
            new ReturnTrial(jar, sessions, clients).run();
        } finally {
            Files.delete(sessions);
        }
    }

    private static String sessions(int clients) {
        Map<String, Object> sessions = new TreeMap<>();
        for (int i = 0; i < clients; i++) {
            sessions.put("s" + i, Map.of("userId", "u" + i));
        }
        return Json.write(sessions);
    }

    private void run(int seconds) throws Exception {
        long connecting = System.nanoTime();
        for (int first = 0; first < clients; first += CONNECTING) {
            connect(first, Math.min(clients, first + CONNECTING));
        }
        System.out.printf("%d sockets in %d ms, %s%n", sockets.size(), millisSince(connecting), gateway.memory());
        for (int i = 0; i < presences; i++) {
            WebSocket socket = sockets.get(i);
            int who = i;
            vertx.setPeriodic(1 + i * HEARTBEAT_MILLIS / presences, HEARTBEAT_MILLIS, tick -> write(socket, who));
        }
        waitFor(Duration.ofMillis(2 * HEARTBEAT_MILLIS));
        latencies.clear();
        int sentBefore = sent;
        Duration cpu = gateway.cpu();
        long began = System.nanoTime();
        waitFor(Duration.ofSeconds(seconds));
        double took = millisSince(began) / 1000.0;
        double used = gateway.cpu().minus(cpu).toMillis() / 1000.0;
        System.out.printf("%.1f s: %d writes, %s%n", took, sent - sentBefore, latencies.summary());
        System.out.printf(
                "gateway: %.0f %% of one core, %.1f us for each event, %s%n",
                100 * used / took, 1e6 * used / Math.max(1, latencies.count()), gateway.memory());
        long lost = sockets.stream().filter(WebSocket::isClosed).count();
        System.out.printf("sockets lost: %d%n", lost);
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        if (lost > 0 || latencies.count() == 0) {
            throw new IllegalStateException("sockets must stay open and receive events");
        }
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    private void waitFor(Duration time) throws Exception {
        vertx.timer(time.toMillis(), TimeUnit.MILLISECONDS)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    private void connect(int from, int to) throws Exception {
        List<Future<WebSocket>> connecting = new ArrayList<>();
        for (int i = from; i < to; i++) {
            connecting.add(connect(i));
        }
        Future.all(connecting).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        connecting.forEach(connected -> sockets.add(connected.result()));
    }

    private Future<WebSocket> connect(int who) {
        WebSocketConnectOptions to = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(gateway.port())
                .setURI("/v1/realtime?project=demo")
                .putHeader("X-Appwrite-Session", "s" + who);
        return client.connect(to).map(socket -> {
            socket.textMessageHandler(latencies::received);
            socket.writeTextMessage(Json.write(Map.of("type", "subscribe", "data", List.of(row(who)))));
            return socket;
        });
    }

    private static Map<String, Object> row(int who) {
        String query = Json.write(Map.of(
                "method", "equal", "attribute", "metadata.documentId", "values", List.of("d" + who % DOCUMENTS)));
        return Map.of("subscriptionId", "sub", "channels", List.of("presences"), "queries", List.of(query));
    }

    private synchronized void write(WebSocket socket, int who) {
        sent++;
        Map<String, Object> data = Map.of(
                "status",
                "online",
                "presenceId",
                "p" + who,
                "permissions",
                List.of("read(\"users\")"),
                "metadata",
                Map.of("documentId", "d" + who % DOCUMENTS, "at", System.nanoTime()));
        socket.writeTextMessage(Json.write(Map.of("type", "presence", "data", data)));
    }
}
