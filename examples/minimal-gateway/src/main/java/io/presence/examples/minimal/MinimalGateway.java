package io.presence.examples.minimal;

import io.presence.*;
import io.presence.PresenceEvent.*;
import io.presence.json.PresenceJson;
import io.presence.query.*;
import io.presence.session.*;
import io.vertx.core.*;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.*;
import io.vertx.core.json.*;
import java.nio.file.*;
import java.time.*;
import java.util.*;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A server that Appwrite SDKs use for presences and realtime, in one file and without the limits of a public server.
 *
 * <p><b>Threads.</b> One event loop serves all requests and sockets, and calls all listeners.
 */
public final class MinimalGateway {

    private static final Duration SOCKET_TTL = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final int MAX_BODY = 256 * 1024;
    private static final String NO_SCOPE = "general_unauthorized_scope";
    private static final String NOT_FOUND = "presence_not_found";

    final Vertx vertx = Vertx.vertx();
    final PresenceStore store;
    private final Map<String, String> users = new HashMap<>();
    private final Map<String, Set<Scope>> keys = new HashMap<>();
    /* The texts of events on channels of presences, and on those of one action. */
    private final EventMemo<String> visible = new EventMemo<>(event -> text(event, visibleAs(event)));
    private final EventMemo<String> written = new EventMemo<>(event -> text(event, event.action()));

    MinimalGateway(PresenceStoreBuilder options) {
        PresenceStoreBuilder limited = options.maxPresencesPerUser(100).maxSubscriptionsPerUser(1000);
        store = limited.deliverUnchanged(true).build();
    }

    /** A user, a server with an API key (then without a user), or a guest (without either). */
    private record Caller(String userId, Set<Scope> scopes) {
        Principal principal() {
            return (userId == null ? Principal.guest() : Principal.user(userId)).build();
        }
    }

    /** An answer that is an error of Appwrite. */
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String type;

        Refusal(int status, String type, String message) {
            super(message, null, false, false);
            this.status = status;
            this.type = type;
        }

        static Refusal of(RuntimeException thrown) {
            if (thrown instanceof Refusal refusal) {
                return refusal;
            }
            String message = String.valueOf(thrown.getMessage());
            if (!(thrown instanceof PresenceException refused)) {
                boolean isQuery = thrown instanceof QueryException;
                return new Refusal(400, isQuery ? "general_query_invalid" : "general_argument_invalid", message);
            }
            return switch (refused.code()) {
                case NOT_FOUND -> new Refusal(404, NOT_FOUND, "No such presence");
                case ID_UNAVAILABLE -> new Refusal(409, "presence_already_exists", message);
                case DENIED, SCOPE_MISSING -> new Refusal(401, NO_SCOPE, "User must be authorized");
                case LIMIT_EXCEEDED -> new Refusal(429, "general_rate_limit_exceeded", message);
                default -> new Refusal(503, "general_service_disabled", message);
            };
        }
    }

    /** Starts the server. Options: {@code --port N}, {@code --sessions FILE}, {@code --key KEY=SCOPE,SCOPE}. */
    public static void main(String[] args) throws Exception {
        MinimalGateway gateway = new MinimalGateway(PresenceStore.builder());
        int port = 8080;
        for (int i = 0; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--port" -> port = Integer.parseInt(args[i + 1]);
                case "--sessions" -> gateway.addUsers(Files.readString(Path.of(args[i + 1])));
                case "--key" -> gateway.addKey(args[i + 1].split("=", 2));
                default -> throw new IllegalArgumentException("unknown option: " + args[i]);
            }
        }
        Runtime.getRuntime().addShutdownHook(new Thread(gateway.store::close));
        gateway.start(port).onSuccess(open -> System.out.println("listening on http://127.0.0.1:" + open.actualPort()));
    }

    Future<HttpServer> start(int port) {
        return vertx.createHttpServer().requestHandler(this::handle).listen(port, "127.0.0.1");
    }

    void addUsers(String json) {
        for (Map.Entry<String, Object> session : new JsonObject(json)) {
            users.put(session.getKey(), ((JsonObject) session.getValue()).getString("userId"));
        }
    }

    private void addKey(String[] keyAndScopes) {
        Set<Scope> scopes = EnumSet.allOf(Scope.class);
        scopes.removeIf(scope -> !List.of(keyAndScopes[1].split(",", -1)).contains(scope.toString()));
        keys.put(keyAndScopes[0], scopes);
    }

    /* Credentials are in headers and messages only, and never in a cookie. So a page of another site has none. */
    private Caller caller(HttpServerRequest request) {
        String session = request.getHeader("X-Appwrite-Session");
        String userId = users.get(session == null ? request.getHeader("X-Appwrite-JWT") : session);
        Set<Scope> scopes = keys.getOrDefault(request.getHeader("X-Appwrite-Key"), Set.of());
        return new Caller(userId, userId == null ? scopes : EnumSet.allOf(Scope.class));
    }

    private void handle(HttpServerRequest request) {
        if (request.path().equals("/v1/realtime") && request.canUpgradeToWebSocket()) {
            Principal principal = caller(request).principal();
            request.toWebSocket().onSuccess(socket -> new Client(socket, principal));
            return;
        }
        /* A longer body is cut, and refused because it is not JSON. */
        Buffer body = Buffer.buffer();
        request.handler(part -> body.appendBuffer(part, 0, Math.min(part.length(), MAX_BODY - body.length())));
        request.endHandler(read -> {
            try {
                answer(request, caller(request), body.length() == 0 ? new JsonObject() : new JsonObject(body));
            } catch (RuntimeException e) {
                Refusal refusal = Refusal.of(e);
                JsonObject error = new JsonObject().put("message", refusal.getMessage());
                end(request, refusal.status, error.put("code", refusal.status).put("type", refusal.type));
            }
        });
    }

    private static void end(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.encode());
    }

    private void answer(HttpServerRequest request, Caller caller, JsonObject body) {
        switch (request.method() + " " + request.path()) {
            case "POST /v1/account/sessions/anonymous" -> {
                String userId = UUID.randomUUID().toString();
                JsonObject cookie = new JsonObject().put("a_session_demo", newSecret(userId));
                request.response().putHeader("X-Fallback-Cookies", cookie.encode());
                end(request, 201, new JsonObject().put("$id", "current").put("userId", userId));
            }
            case "GET /v1/account" -> end(request, 200, account(user(caller)));
            case "POST /v1/account/jwts", "POST /v1/account/jwt" ->
                end(request, 201, new JsonObject().put("jwt", newSecret(user(caller))));
            default -> presences(request, caller, body);
        }
    }

    private String newSecret(String userId) {
        String secret = UUID.randomUUID().toString();
        users.put(secret, userId);
        return secret;
    }

    private static String user(Caller caller) {
        if (caller.userId() == null) {
            throw new Refusal(401, NO_SCOPE, "User must be authorized");
        }
        return caller.userId();
    }

    private static JsonObject account(String userId) {
        return userId == null ? null : new JsonObject().put("$id", userId);
    }

    private void presences(HttpServerRequest request, Caller caller, JsonObject body) {
        String[] path = request.path().split("/", -1);
        Scope scope = request.method() == HttpMethod.GET ? Scope.PRESENCES_READ : Scope.PRESENCES_WRITE;
        if (!caller.scopes().contains(scope)) {
            throw new Refusal(401, NO_SCOPE, "User must be authorized");
        }
        Presences view = caller.userId() == null ? store : store.as(caller.principal());
        String id = path[path.length - 1];
        switch (request.method() + " " + (path.length == 4 ? path[2] + "/ID" : path[2])) {
            case "GET presences" -> {
                Stream<String> names = request.params().names().stream().filter(name -> name.startsWith("queries["));
                PresencePage page = view.list(queries(names.map(request::getParam)));
                end(request, 200, new JsonObject(PresenceJson.toMap(page)));
            }
            case "GET presences/ID" -> end(request, 200, json(view.get(id)));
            case "PUT presences/ID" -> {
                /* A request replaces what a socket has written: no session holds it from now on. */
                body.put("presenceId", id);
                PresenceUpsert upsert = PresenceJson.toUpsert(body.getMap());
                end(request, 200, json(view.upsert(upsert.unheld()).presence()));
            }
            case "PATCH presences/ID" -> {
                body.remove("userId");
                PresencePatch patch = PresenceJson.toPatch(body.getMap());
                end(request, 200, json(view.update(id, patch).presence()));
            }
            case "DELETE presences/ID" -> {
                if (!view.delete(id)) {
                    throw new Refusal(404, NOT_FOUND, "No such presence");
                }
                request.response().setStatusCode(204).end();
            }
            default -> throw new Refusal(404, "general_route_not_found", "No such route");
        }
    }

    private static Query[] queries(Stream<String> texts) {
        return QueryJson.parseAll(texts.toList()).toArray(Query[]::new);
    }

    private static JsonObject json(Presence presence) {
        if (presence == null) {
            throw new Refusal(404, NOT_FOUND, "No such presence");
        }
        return new JsonObject(PresenceJson.toMap(presence));
    }

    private static Action visibleAs(PresenceEvent event) {
        return event.change() == Change.ENTER
                ? Action.UPSERT
                : event.change() == Change.EXIT ? Action.DELETE : event.action();
    }

    /* The text of an event for all sockets, without the end, which names the subscription. */
    private static String text(PresenceEvent event, Action action) {
        PresenceEvent named = new PresenceEvent(
                event.revision(), action, event.change(), event.cause(), event.presence(), event.previous());
        JsonObject data = new JsonObject(PresenceJson.toMap(named));
        data.put("timestamp", Instant.now().toString()).remove("previous");
        String text = new JsonObject().put("type", "event").put("data", data).encode();
        return text.substring(0, text.length() - 2) + ",\"subscriptions\":[";
    }

    /** One socket: a session of the store, and the messages of the client. */
    private final class Client {
        private final ServerWebSocket socket;
        private final PresenceSession session;
        private final Context loop = vertx.getOrCreateContext();
        private final Map<String, List<Subscription>> open = new HashMap<>();
        private final String ownId = UUID.randomUUID().toString();

        Client(ServerWebSocket socket, Principal principal) {
            this.socket = socket;
            this.session = store.open(principal);
            socket.textMessageHandler(this::read);
            socket.drainHandler(drained -> session.resume());
            /* A reload returns within the grace. A client that says that it leaves has left. */
            socket.closeHandler(closed -> session.close(socket.closeStatusCode() == 1000 ? Duration.ZERO : GRACE));
            JsonObject data = new JsonObject().put("channels", new JsonArray()).put("subscriptions", new JsonArray());
            send("connected", data.put("user", account(session.principal().userId())));
        }

        private void send(String type, JsonObject data) {
            send(new JsonObject().put("type", type).put("data", data).encode());
        }

        private void send(String text) {
            if (!socket.isClosed()) {
                socket.writeTextMessage(text);
                if (socket.writeQueueFull()) {
                    session.pause();
                }
            }
        }

        private void read(String text) {
            try {
                if (session.principal().userId() != null) {
                    session.touch();
                }
                JsonObject message = new JsonObject(text);
                switch (message.getString("type", "")) {
                    case "ping" -> send("pong", new JsonObject());
                    case "authentication" -> authenticate(message.getJsonObject("data"));
                    case "subscribe" -> each(message, this::subscribe);
                    case "unsubscribe" -> each(message, this::unsubscribe);
                    case "presence" -> write(message.getJsonObject("data"));
                    default -> throw new IllegalArgumentException("Message type is not valid.");
                }
            } catch (RuntimeException e) {
                Refusal refusal = Refusal.of(e);
                int code = refusal.status == 400 ? 1003 : refusal.status;
                send("error", new JsonObject().put("code", code).put("message", refusal.getMessage()));
            }
        }

        private void respond(String to, String name, Object value) {
            send("response", new JsonObject().put("to", to).put("success", true).put(name, value));
        }

        private void each(JsonObject message, UnaryOperator<JsonObject> action) {
            JsonArray rows = new JsonArray();
            message.getJsonArray("data").forEach(row -> rows.add(action.apply((JsonObject) row)));
            respond(message.getString("type"), "subscriptions", rows);
        }

        private void authenticate(JsonObject data) {
            String userId = users.get(data.getString("session", ""));
            if (userId == null) {
                throw new IllegalArgumentException("Session is not valid.");
            }
            session.switchPrincipal(Principal.user(userId).build());
            respond("authentication", "user", account(userId));
        }

        private JsonObject subscribe(JsonObject row) {
            String id = row.getString("subscriptionId", UUID.randomUUID().toString());
            JsonArray texts = row.getJsonArray("queries", new JsonArray());
            Query[] filters = queries(texts.stream().map(String.class::cast));
            unsubscribe(row);
            SubscriptionOptions onLoop =
                    SubscriptionOptions.defaults().executor(task -> loop.runOnContext(run -> task.run()));
            List<Subscription> live = open.computeIfAbsent(id, added -> new ArrayList<>());
            for (Object name : row.getJsonArray("channels")) {
                if (((String) name).matches("presences(\\..*)?")) {
                    Channel channel = Channel.parse((String) name);
                    EventMemo<String> memo = channel.action() == null ? visible : written;
                    String end = Json.encode(id) + "]}}";
                    live.add(session.subscribe(channel, onLoop, event -> send(memo.of(event) + end), filters));
                }
            }
            return row.put("subscriptionId", id).put("queries", texts);
        }

        private JsonObject unsubscribe(JsonObject row) {
            List<Subscription> closed = open.remove(row.getString("subscriptionId"));
            if (closed != null) {
                closed.forEach(Subscription::close);
            }
            return row.copy().put("removed", closed != null);
        }

        private void write(JsonObject data) {
            String id = data.getString("presenceId", "unique()");
            data.put("presenceId", id.equals("unique()") ? ownId : id).put("source", "realtime");
            PresenceUpsert upsert = PresenceJson.toUpsert(data.getMap()).expiresIn(SOCKET_TTL);
            respond("presence", "presence", json(session.upsert(upsert.shared()).presence()));
        }
    }
}
