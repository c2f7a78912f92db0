package io.presence.examples.websocket;

import io.presence.*;
import io.presence.query.*;
import io.vertx.core.*;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.*;
import io.vertx.core.json.*;
import java.time.Duration;
import java.util.*;

/** A server whose WebSockets at {@code /presences?token=TOKEN} enter rooms and deliver who is in them. */
public final class WebSocketServer {

    private static final Duration TTL = Duration.ofSeconds(60);

    /** Serves a store to two users. */
    public static void main(String[] args) {
        PresenceStoreBuilder options =
                PresenceStore.builder().maxSubscriptionsPerUser(20).maxWritesPerSecondPerUser(20);
        Map<String, Principal> tokens = new HashMap<>();
        for (String user : List.of("ada", "bob")) {
            tokens.put(user + "-token", Principal.user(user).build());
        }
        start(Vertx.vertx(), options.index("metadata.room").build(), tokens, 8082);
    }

    /** Starts a server on the loopback address. Each client is the principal of its token. */
    static Future<HttpServer> start(Vertx vertx, PresenceStore store, Map<String, Principal> tokens, int port) {
        HttpServerOptions options = new HttpServerOptions().setMaxWebSocketMessageSize(16_384);
        options.setSendBufferSize(65_536);
        return vertx.createHttpServer(options)
                .requestHandler(request -> accept(vertx, request, store, tokens.get(request.getParam("token", ""))))
                .listen(port, "127.0.0.1");
    }

    private static void accept(Vertx vertx, HttpServerRequest request, PresenceStore store, Principal principal) {
        if (principal == null || !request.path().equals("/presences")) {
            request.response().setStatusCode(principal == null ? 401 : 404).end();
        } else {
            request.toWebSocket().onSuccess(socket -> {
                String id = PresenceId.of(principal.userId(), UUID.randomUUID().toString());
                new Connection(socket, store.as(principal), id).start(vertx);
            });
        }
    }

    /** The socket of one client. Each call, those of the listener included, is on the event loop of the socket. */
    private static final class Connection implements PresenceListener {
        private final ServerWebSocket socket;
        private final Presences view;
        private final String id;
        private Subscription subscription;
        private boolean isAlive = true;

        Connection(ServerWebSocket socket, Presences view, String id) {
            this.socket = socket;
            this.view = view;
            this.id = id;
        }

        void start(Vertx vertx) {
            long timer = vertx.setPeriodic(TTL.toMillis() / 3, tick -> ping());
            socket.textMessageHandler(this::read);
            socket.pongHandler(pong -> isAlive = true);
            socket.drainHandler(drained -> {
                if (subscription != null) subscription.resume();
            });
            socket.exceptionHandler(broken -> socket.close((short) 1002));
            socket.closeHandler(closed -> {
                vertx.cancelTimer(timer);
                leave();
            });
        }

        private void read(String text) {
            try {
                JsonObject message = new JsonObject(text);
                if (message.containsKey("subscribe")) {
                    subscribe(QueryJson.parseArray(
                            message.getJsonArray("subscribe").encode()));
                } else {
                    view.upsert(PresenceUpsert.of(id, message.getString("status"))
                            .metadata(Map.of("room", message.getString("room")))
                            .permissions(Permission.read(Role.users()))
                            .expiresIn(TTL));
                }
            } catch (RuntimeException e) { // a query, a message or a write that is refused
                String reason = String.valueOf(e.getMessage()).replaceAll("[^ -~]", "?");
                socket.close((short) 1008, reason.substring(0, Math.min(100, reason.length())));
            }
        }

        private void subscribe(List<Query> filters) {
            unsubscribe();
            send("RESET", new JsonObject());
            Context loop = Vertx.currentContext();
            SubscriptionOptions options = SubscriptionOptions.defaults()
                    .withSnapshot()
                    .maxPending(10_000)
                    .executor(task -> loop.runOnContext(run -> task.run()));
            subscription = view.subscribe(Channel.presences(), options, this, filters.toArray(Query[]::new));
        }

        private void unsubscribe() {
            if (subscription != null) subscription.close();
        }

        private void leave() {
            unsubscribe();
            view.delete(id);
        }

        private void ping() {
            if (!isAlive) {
                leave(); // a client that is lost does not answer the close frame, which Vert.x waits 10 seconds for
                socket.close((short) 1001, "pong must come within " + TTL.dividedBy(3));
            } else {
                isAlive = false;
                view.touch(id);
                socket.writePing(Buffer.buffer());
            }
        }

        private void send(Object event, JsonObject message) {
            if (!socket.isClosed())
                socket.writeTextMessage(message.put("event", event.toString()).encode());
        }

        @Override
        public void onEvent(PresenceEvent event) {
            Presence who = event.presence();
            JsonObject message = new JsonObject().put("id", who.id()).put("userId", who.userId());
            send(event.change(), message.put("status", who.status()).put("metadata", who.metadata()));
            if (socket.writeQueueFull()) {
                subscription.pause(); // until the socket has drained, the store keeps one change for each presence
            }
        }

        @Override
        public void onSynced(long revision) {
            send("SYNCED", new JsonObject());
        }

        @Override
        public void onReset() {
            send("RESET", new JsonObject());
        }

        @Override
        public void onClosed(Subscription.CloseReason reason) {
            socket.close((short) 1001, reason.toString());
        }
    }
}
