package io.presence.examples.gateway.realtime;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.presence.examples.gateway.account.Authentication;
import io.presence.examples.gateway.account.Caller;
import io.presence.examples.gateway.account.Origins;
import io.presence.examples.gateway.deliver.Rounds;
import io.presence.examples.gateway.wire.ApiException;
import io.presence.examples.gateway.wire.Json;
import io.presence.examples.gateway.writes.SocketWrites;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.ServerWebSocketHandshake;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes sockets: refuses those that may not come, and ends what belongs to those that go.
 *
 * <p><b>Threads.</b> Runs on event loops; safe for use by several.
 */
public final class RealtimeServer implements Handler<ServerWebSocket> {

    /** Where sockets connect. */
    public static final String PATH = "/v1/realtime";

    private static final int GOING_AWAY = 1001;
    private static final int TICKS_PER_TIMEOUT = 3;

    private final Vertx vertx;
    private final String project;
    private final Authentication authentication;
    private final Origins origins;
    private final SocketLimits limits;
    private final SocketWrites writes;
    private final Rounds rounds;
    private final Messages messages;
    private final Quota connects;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private final Promise<Void> ended = Promise.promise();
    private volatile boolean isClosing;

    /** Makes it for one project. */
    public RealtimeServer(
            Vertx vertx,
            String project,
            Authentication authentication,
            Origins origins,
            SocketLimits limits,
            SocketWrites writes,
            Rounds rounds,
            Messages messages) {
        this.vertx = vertx;
        this.project = project;
        this.authentication = authentication;
        this.origins = origins;
        this.limits = limits;
        this.writes = writes;
        this.rounds = rounds;
        this.messages = messages;
        this.connects = new Quota(limits.connectsPerMinute(), System::nanoTime);
    }

    /** Answers a handshake: no for any other path. What else is wrong is told over the socket. */
    public static void shake(ServerWebSocketHandshake handshake) {
        if (PATH.equals(handshake.path())) {
            handshake.accept();
        } else {
            handshake.reject(404);
        }
    }

    @Override
    public void handle(ServerWebSocket socket) {
        Caller caller;
        try {
            caller = admit(socket);
        } catch (ProtocolException e) {
            refuse(socket, e.code(), e.code(), String.valueOf(e.getMessage()));
            return;
        } catch (ApiException e) {
            refuse(socket, e.status(), ProtocolException.POLICY, String.valueOf(e.getMessage()));
            return;
        }
        start(socket, caller);
    }

    private Caller admit(ServerWebSocket socket) {
        Map<String, List<String>> params = new QueryStringDecoder(socket.uri()).parameters();
        String named = first(params, "project");
        if (!project.equals(named == null ? socket.headers().get("X-Appwrite-Project") : named)) {
            throw new ProtocolException(ProtocolException.POLICY, "Missing or unknown project ID");
        }
        if (isClosing
                || open.size() >= limits.sockets()
                || !connects.take(socket.remoteAddress().host())) {
            throw new ProtocolException(ProtocolException.TOO_MANY, "Too many requests");
        }
        String origin = socket.headers().get("Origin");
        if (!origins.allows(origin, socket.headers().get("Host"))) {
            throw new ProtocolException(ProtocolException.POLICY, Origins.refusal(String.valueOf(origin)));
        }
        return authentication.ofSocket(socket.headers(), first(params, "jwt"));
    }

    private static @Nullable String first(Map<String, List<String>> params, String name) {
        List<String> values = params.get(name);
        return values == null ? null : values.get(0);
    }

    private static void refuse(ServerWebSocket socket, int code, int closeCode, String message) {
        var error = Json.object().put("type", "error");
        error.putObject("data").put("code", code).put("message", message);
        socket.writeTextMessage(Json.write(error));
        socket.close((short) closeCode, message.length() > 100 ? message.substring(0, 100) : message);
    }

    private void start(ServerWebSocket socket, Caller caller) {
        Context context = vertx.getOrCreateContext();
        Connection connection = new Connection(
                socket, context, rounds, caller, new Quota(limits.messagesPerMinute(), System::nanoTime));
        socket.setWriteQueueMaxSize(limits.writeQueue());
        open.add(connection);
        long timer = vertx.setPeriodic(
                Math.max(1, limits.timeout().toMillis() / TICKS_PER_TIMEOUT), tick -> check(connection));
        connection.start(text -> messages.handle(connection, text), () -> messages.handle(connection, ""), () -> {
            vertx.cancelTimer(timer);
            end(connection);
        });
    }

    /* The renewal comes with the sign of life: what a dead socket wrote ends by itself if all else fails. */
    private void check(Connection connection) {
        if (connection.silentNanos() >= limits.timeout().toNanos()) {
            end(connection);
            connection.close(GOING_AWAY, "No sign of life");
        } else {
            writes.renew(connection.writer());
            connection.ping();
        }
    }

    private void end(Connection connection) {
        connection.subscriptions().close();
        writes.close(connection.writer());
        open.remove(connection);
        if (isClosing && open.isEmpty()) {
            ended.tryComplete();
        }
    }

    /** Counts the sockets that are connected. */
    public int size() {
        return open.size();
    }

    /** Closes every socket, telling that the server goes away. Completes when what belongs to them has ended. */
    public Future<Void> close() {
        isClosing = true;
        open.forEach(connection -> connection.close(GOING_AWAY, "The server is shutting down"));
        if (open.isEmpty()) {
            ended.tryComplete();
        }
        return ended.future();
    }
}
