package io.presence.examples.gateway.realtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.presence.PresenceException;
import io.presence.PresenceStore;
import io.presence.examples.gateway.account.Authentication;
import io.presence.examples.gateway.account.Caller;
import io.presence.examples.gateway.account.Origins;
import io.presence.examples.gateway.account.Sessions;
import io.presence.examples.gateway.deliver.EventFrames;
import io.presence.examples.gateway.deliver.LoopEvents;
import io.presence.examples.gateway.limit.ClientAddress;
import io.presence.examples.gateway.limit.Pace;
import io.presence.examples.gateway.limit.Paces;
import io.presence.examples.gateway.limit.Quota;
import io.presence.examples.gateway.limit.UsageLimits;
import io.presence.examples.gateway.wire.ApiException;
import io.presence.examples.gateway.wire.Json;
import io.presence.session.EventMemo;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The acceptor of sockets, which releases the resources of those that close.
 *
 * <p>A socket beyond a limit is refused before the upgrade, with 503 and {@code Retry-After}: SDKs count such attempts
 * and slow down. A client that must not reconnect is accepted, sent an error, and closed with 1008, since a browser
 * shows a page neither status nor body of a refused handshake.
 *
 * <p><b>Threads.</b> Runs on event loops; safe for use by several.
 */
public final class RealtimeServer implements Handler<HttpServerRequest> {

    /** The path of the sockets. */
    public static final String PATH = "/v1/realtime";

    private static final int GOING_AWAY = 1001;
    private static final String RESTART = "The server is shutting down";
    private static final int DRAIN_MILLIS = 20;
    private static final int CHECKS_PER_TIMEOUT = 3;
    private static final int UNAVAILABLE = 503;
    private static final int RETRY_SECONDS = 5;
    private static final int MAX_REASON = 100;

    /* More than fit into a request line, so that none is dropped. */
    private static final int MAX_PARAMS = 100_000;

    /* More than the changes of a duty cycle, so that each is encoded once. */
    private static final int FRAMES = 512;

    private final Vertx vertx;
    private final String project;
    private final Authentication authentication;
    private final Origins origins;
    private final ClientAddress addresses;
    private final SocketLimits limits;
    private final Duration socketTtl;
    private final Duration grace;
    private final PresenceStore store;
    private final ThreadLocal<LoopEvents> loop;
    private final EventMemo<EventFrames> memo;
    private final Messages messages;
    private final LongSupplier nanoClock;
    private final Quota connects;
    private final Paces ofUser;
    private final Paces ofAddress;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, Integer> openByAddress = new ConcurrentHashMap<>();
    private final Promise<Void> ended = Promise.promise();
    private volatile boolean isClosing;

    /** Creates the server of one project. */
    public RealtimeServer(
            Vertx vertx,
            String project,
            Authentication authentication,
            Sessions sessions,
            Origins origins,
            ClientAddress addresses,
            SocketLimits limits,
            UsageLimits usage,
            Duration socketTtl,
            Duration grace,
            PresenceStore store,
            InstantSource clock,
            Messages messages,
            LongSupplier nanoClock) {
        this.vertx = vertx;
        this.project = project;
        this.authentication = authentication;
        this.origins = origins;
        this.addresses = addresses;
        this.limits = limits;
        this.socketTtl = socketTtl;
        this.grace = grace;
        this.store = store;
        this.loop = ThreadLocal.withInitial(() -> new LoopEvents(store, vertx.getOrCreateContext()));
        this.memo = new EventMemo<>(event -> new EventFrames(event, clock.instant()), FRAMES);
        this.messages = messages;
        this.nanoClock = nanoClock;
        this.ofUser = new Paces(usage.requestsPerUser(), nanoClock);
        this.ofAddress = new Paces(usage.requestsPerAddress(), nanoClock);
        this.connects = new Quota(limits.connectsPerMinute(), nanoClock);
        sessions.onEnd(this::endSockets);
        Turns.start(vertx, limits.timeout().toMillis() / CHECKS_PER_TIMEOUT, open, this::check);
    }

    /** Returns whether a request asks for a socket. */
    public static boolean isFor(HttpServerRequest request) {
        return PATH.equals(request.path()) && request.canUpgradeToWebSocket();
    }

    @Override
    public void handle(HttpServerRequest request) {
        String address = addresses.of(
                request.remoteAddress().hostAddress(), request.headers().getAll("X-Forwarded-For"));
        if (isClosing || open.size() >= limits.sockets() || ofAddress(address) >= limits.perAddress()) {
            refuse(request, RETRY_SECONDS);
        } else if (!connects.take(address)) {
            refuse(request, connects.retryAfterSeconds());
        } else {
            request.toWebSocket().onSuccess(socket -> admit(socket, address));
        }
    }

    private int ofAddress(String address) {
        return openByAddress.getOrDefault(address, 0);
    }

    private static void refuse(HttpServerRequest request, int seconds) {
        request.response()
                .setStatusCode(UNAVAILABLE)
                .putHeader("Retry-After", String.valueOf(seconds))
                .putHeader("Connection", "close")
                .putHeader("Content-Type", "text/plain; charset=UTF-8")
                .end("Too many requests\n");
    }

    private void admit(ServerWebSocket socket, String address) {
        Map<String, List<String>> params =
                new QueryStringDecoder(socket.uri(), StandardCharsets.UTF_8, true, MAX_PARAMS).parameters();
        try {
            start(socket, caller(socket, params), address, params);
        } catch (ProtocolException e) {
            refuse(socket, e.code(), String.valueOf(e.getMessage()));
        } catch (ApiException e) {
            refuse(socket, e.status(), String.valueOf(e.getMessage()));
        } catch (PresenceException closing) {
            socket.close((short) GOING_AWAY, RESTART);
        }
    }

    private Caller caller(ServerWebSocket socket, Map<String, List<String>> params) {
        String named = first(params, "project");
        if (!project.equals(named == null ? socket.headers().get("X-Appwrite-Project") : named)) {
            throw new ProtocolException(ProtocolException.POLICY, "Missing or unknown project ID");
        }
        String host = socket.headers().get("Host");
        String origin = socket.headers().get("Origin");
        if (!origins.allowsHost(host)) {
            throw new ProtocolException(ProtocolException.POLICY, Origins.hostRefusal(host));
        }
        if (!origins.allows(origin, host)) {
            throw new ProtocolException(ProtocolException.POLICY, Origins.refusal(String.valueOf(origin)));
        }
        return authentication.ofSocket(socket.headers(), first(params, "jwt"));
    }

    private static @Nullable String first(Map<String, List<String>> params, String name) {
        List<String> values = params.get(name);
        return values == null ? null : values.get(0);
    }

    private static void refuse(ServerWebSocket socket, int code, String message) {
        socket.writeTextMessage(Json.write(Connection.error(code, message)));
        String reason = message.length() > MAX_REASON ? message.substring(0, MAX_REASON) : message;
        socket.close((short) ProtocolException.POLICY, reason);
    }

    private void start(ServerWebSocket socket, Caller caller, String address, Map<String, List<String>> params) {
        Context context = vertx.getOrCreateContext();
        Connection connection = new Connection(
                socket,
                context,
                store.open(caller.principal()),
                loop.get(),
                memo,
                caller,
                address,
                new MessagePace(new Pace(limits.messagesPerMinute(), nanoClock), ofUser, ofAddress, address),
                new Liveness(nanoClock, socketTtl, limits.pongsAlone()));
        socket.setWriteQueueMaxSize(limits.writeQueue());
        open.add(connection);
        openByAddress.merge(address, 1, Integer::sum);
        connection.start(text -> messages.handle(connection, text), () -> end(connection));
        greet(connection, params);
        if (isClosing) {
            connection.close(GOING_AWAY, RESTART);
        }
    }

    private void greet(Connection connection, Map<String, List<String>> params) {
        List<ObjectNode> errors = new ArrayList<>();
        Map<String, ObjectNode> rows = Map.of();
        try {
            rows = AddressSubscriptions.of(params);
        } catch (ProtocolException e) {
            errors.add(Connection.error(e.code(), String.valueOf(e.getMessage())));
        }
        messages.greet(connection, rows, errors);
    }

    private void check(Connection connection) {
        if (!open.contains(connection)) {
            return;
        }
        if (connection.liveness().silentNanos() >= limits.timeout().toNanos()) {
            end(connection);
            connection.close(GOING_AWAY, "No sign of life");
        } else {
            messages.endSessionIfOver(connection);
            connection.ping();
        }
    }

    private void endSockets(String sessionId) {
        for (Connection connection : open) {
            if (connection.caller().isOf(sessionId)) {
                connection.run(() -> messages.endSessionIfOver(connection));
            }
        }
    }

    private void end(Connection connection) {
        connection.end(grace);
        if (open.remove(connection)) {
            openByAddress.computeIfPresent(connection.address(), (address, count) -> count == 1 ? null : count - 1);
        }
        if (isClosing && open.isEmpty()) {
            ended.tryComplete();
        }
    }

    /** Returns the number of sockets that are connected. */
    public int size() {
        return open.size();
    }

    /** Returns the number of sockets that are not read, since they are ahead of their pace. */
    public long heldBack() {
        return open.stream().filter(Connection::isHeldBack).count();
    }

    /**
     * Closes the sockets with 1001, evenly over a time, and accepts no others. Their presences end as shut down.
     *
     * @return completes when no socket is left
     */
    public Future<Void> drain(Duration over) {
        isClosing = true;
        store.drain(over);
        vertx.setPeriodic(
                DRAIN_MILLIS,
                tick -> open.stream()
                        .filter(connection -> !connection.session().isOpen())
                        .forEach(connection -> connection.close(GOING_AWAY, RESTART)));
        if (open.isEmpty()) {
            ended.tryComplete();
        }
        return ended.future();
    }

    /** Closes every socket with 1001. Completes when their resources are released. */
    public Future<Void> close() {
        isClosing = true;
        open.forEach(connection -> connection.close(GOING_AWAY, RESTART));
        if (open.isEmpty()) {
            ended.tryComplete();
        }
        return ended.future();
    }
}
