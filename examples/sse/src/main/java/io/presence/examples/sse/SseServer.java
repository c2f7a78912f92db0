package io.presence.examples.sse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.*;
import io.presence.*;
import io.presence.query.*;
import java.io.IOException;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.*;
import java.util.stream.Stream;

/** Answers {@code GET /presences?token=TOKEN&query=JSON} with a stream of presence events, one thread per stream. */
public final class SseServer {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Serves a store with one user in the lobby, who leaves after a minute, since nothing sends heartbeats. */
    public static void main(String[] args) throws IOException {
        PresenceStore store = PresenceStore.builder().index("metadata.room").build();
        start(store, Map.of("ada-token", Principal.user("ada").build()), Duration.ofSeconds(15), 8081);
        store.upsert(PresenceUpsert.of("bob-tab", "bob", "reading")
                .metadata(Map.of("room", "lobby"))
                .permissions(Permission.read(Role.users()))
                .expiresIn(Duration.ofMinutes(1)));
    }

    /** Starts a server on the loopback address. Each client is the principal of its token. */
    static HttpServer start(PresenceStore store, Map<String, Principal> tokens, Duration heartbeat, int port)
            throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/presences", exchange -> {
            try (exchange) {
                Principal principal = tokens.get(String.join("", parameters(exchange, "token")));
                if (principal == null) {
                    refuse(exchange, 401, "token must be known");
                } else {
                    answer(exchange, store.as(principal), heartbeat);
                }
            }
        });
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange, Presences view, Duration heartbeat) throws IOException {
        try {
            Query[] filters = QueryJson.parseAll(parameters(exchange, "query")).toArray(Query[]::new);
            new Connection().run(exchange, view, filters, heartbeat);
        } catch (QueryException | PresenceException e) {
            refuse(exchange, e instanceof QueryException ? 400 : 503, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> parameters(HttpExchange exchange, String name) {
        return Stream.of(exchange.getRequestURI().toString().split("[?&]"))
                .filter(parameter -> parameter.startsWith(name + "="))
                .map(parameter -> URLDecoder.decode(parameter.substring(name.length() + 1), StandardCharsets.UTF_8))
                .toList();
    }

    private static void refuse(HttpExchange exchange, int status, String reason) throws IOException {
        byte[] body = reason.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private record Shown(String id, String userId, String status, Map<String, ?> metadata) {}

    /** The stream of one client: a listener that is called on the thread that writes the response. */
    private static final class Connection implements PresenceListener.Batching {
        private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private Subscription subscription;
        private boolean isClosed;

        void run(HttpExchange exchange, Presences view, Query[] filters, Duration heartbeat)
                throws IOException, InterruptedException {
            String lastId = exchange.getRequestHeaders().getFirst("Last-Event-ID");
            var options = SubscriptionOptions.defaults().executor(tasks::add).batchSize(32);
            options = lastId == null ? options.withSnapshot() : options.resumeFrom(lastId);
            try (Subscription opened = view.subscribe(Channel.presences(), options.maxPending(10_000), this, filters)) {
                subscription = opened;
                exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                exchange.sendResponseHeaders(200, 0);
                while (!isClosed) {
                    Runnable task = tasks.poll(heartbeat.toMillis(), TimeUnit.MILLISECONDS);
                    if (task != null) {
                        task.run(); // calls this listener
                    } else {
                        text.append(":\n\n"); // a comment: the write fails if the client has disconnected
                    }
                    write(exchange);
                }
            }
        }

        /** Blocks while the client does not read. Meanwhile the store keeps one pending change for each presence. */
        private void write(HttpExchange exchange) throws IOException {
            Thread writer = Thread.currentThread();
            var isWritten = new CompletableFuture<Boolean>().completeOnTimeout(false, 60, TimeUnit.SECONDS);
            var unused = isWritten.thenAccept(inTime -> {
                if (!inTime) writer.interrupt(); // closes the connection
            });
            try {
                exchange.getResponseBody().write(text.toString().getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            } finally {
                isWritten.complete(true);
            }
            text.setLength(0);
        }

        @Override
        public void onEvents(List<PresenceEvent> events) {
            for (PresenceEvent event : events) {
                Presence who = event.presence();
                append(event.change(), new Shown(who.id(), who.userId(), who.status(), who.metadata()));
            }
            text.append("id: " + subscription.resumeToken() + "\n\n");
        }

        @Override
        public void onSynced(long revision) {
            append("SYNCED", revision);
            text.append("id: " + subscription.resumeToken() + "\n\n");
        }

        @Override
        public void onReset() {
            append("RESET", "what was sent before is void");
        }

        @Override
        public void onClosed(Subscription.CloseReason reason) {
            isClosed = true;
        }

        private void append(Object event, Object data) {
            text.append("event: " + event + "\ndata: " + JSON.valueToTree(data) + "\n\n");
        }
    }
}
