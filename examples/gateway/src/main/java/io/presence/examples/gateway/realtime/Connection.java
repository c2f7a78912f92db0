package io.presence.examples.gateway.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.presence.examples.gateway.account.AccountJson;
import io.presence.examples.gateway.account.Caller;
import io.presence.examples.gateway.account.Session;
import io.presence.examples.gateway.deliver.ClientSubscriptions;
import io.presence.examples.gateway.deliver.Outbox;
import io.presence.examples.gateway.deliver.Rounds;
import io.presence.examples.gateway.wire.Json;
import io.presence.examples.gateway.writes.Writer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrameType;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connected socket and its caller.
 *
 * <p>The socket is not read while its write queue is full, and while it, its user or its address is ahead of its pace.
 * So the memory for answers and events is bounded, and no message is refused for arriving too early.
 *
 * <p><b>Threads.</b> For the socket's event loop, except {@link #run} and {@link #isHeldBack}.
 */
final class Connection {

    private static final long MAX_WAIT_MILLIS = 1000;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int TOO_BIG = 1009;

    private final ServerWebSocket socket;
    private final Context context;
    private final ClientSubscriptions subscriptions = new ClientSubscriptions();
    private final Outbox outbox;
    private final Writer writer;
    private final MessagePace pace;
    private final Liveness liveness;
    private volatile Caller caller;
    private @Nullable String ownPresenceId;
    private boolean isClientSlow;
    private volatile boolean isAhead;
    private boolean isEnded;

    Connection(
            ServerWebSocket socket,
            Context context,
            Rounds rounds,
            Caller caller,
            String address,
            MessagePace pace,
            Liveness liveness) {
        this.socket = socket;
        this.context = context;
        this.outbox = new Outbox(rounds, subscriptions::pause, () -> context.runOnContext(filled -> drain()));
        this.caller = caller;
        this.writer = new Writer(address);
        this.pace = pace;
        this.liveness = liveness;
    }

    /**
     * Starts reading.
     *
     * @param onText called with each text message; an empty one stands for a binary message
     * @param onLife called for each frame, which proves that the client is alive
     * @param onEnd called when the socket is closed
     */
    void start(Consumer<String> onText, Runnable onLife, Runnable onEnd) {
        socket.closeHandler(closed -> onEnd.run());
        socket.exceptionHandler(this::broken);
        socket.drainHandler(drained -> writable());
        socket.frameHandler(frame -> {
            if (frame.type() == WebSocketFrameType.PING || !frame.isFinal()) {
                liveness.pageHeard();
                renew(onLife);
            }
        });
        socket.pongHandler(pong -> {
            liveness.browserHeard();
            renew(onLife);
        });
        socket.textMessageHandler(text -> read(text, onText, onLife));
        socket.binaryMessageHandler(binary -> read("", onText, onLife));
    }

    private void renew(Runnable onLife) {
        if (!isEnded) {
            onLife.run();
        }
    }

    private void read(String text, Consumer<String> onText, Runnable onLife) {
        if (isEnded) {
            return;
        }
        liveness.pageHeard();
        onLife.run();
        pace.take(caller);
        onText.accept(text);
        keepPace();
    }

    /* Evaluated at least once a second, so that only the given clock decides. */
    private void keepPace() {
        long wait = pace.waitNanos(caller);
        boolean wasAhead = isAhead;
        isAhead = wait > 0;
        if (isAhead) {
            socket.pause();
            long millis = Math.max(1, Math.min(MAX_WAIT_MILLIS, wait / 1_000_000));
            context.owner().setTimer(millis, passed -> keepPace());
        } else if (wasAhead) {
            /* The socket was not read, so its silence does not count. */
            liveness.browserHeard();
            readAgain();
        }
    }

    private void readAgain() {
        if (!isAhead && !isClientSlow && !socket.isClosed()) {
            socket.resume();
        }
    }

    /** Returns whether the socket is not read because it is ahead of its pace. */
    boolean isHeldBack() {
        return isAhead;
    }

    /** Ignores all further messages of the client. */
    void end() {
        isEnded = true;
        subscriptions.close();
    }

    /** Runs a task on the socket's event loop. */
    void run(Runnable task) {
        context.runOnContext(run -> task.run());
    }

    /** Returns the account of the client, or null for a guest. */
    @Nullable JsonNode account() {
        Session session = caller.session();
        return session == null ? null : AccountJson.of(session.user());
    }

    Caller caller() {
        return caller;
    }

    /** Sets the caller for all further messages and events. */
    void become(Caller another) {
        caller = another;
        subscriptions.principal(another.principal());
    }

    ClientSubscriptions subscriptions() {
        return subscriptions;
    }

    Outbox outbox() {
        return outbox;
    }

    Writer writer() {
        return writer;
    }

    Liveness liveness() {
        return liveness;
    }

    /** Returns the id of the presence of messages without an id. */
    @Nullable String ownPresenceId() {
        return ownPresenceId;
    }

    void ownPresenceId(String id) {
        ownPresenceId = id;
    }

    void forgetOwnPresence() {
        ownPresenceId = null;
    }

    /** Sends an answer. */
    void send(JsonNode message) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(Json.write(message));
            holdBack();
        }
    }

    /** Sends an error. */
    void fail(int code, String message) {
        send(error(code, message));
    }

    /** Creates an error message. */
    static ObjectNode error(int code, String message) {
        ObjectNode error = Json.object().put("type", "error");
        error.putObject("data").put("code", code).put("message", message);
        return error;
    }

    private void drain() {
        while (!socket.isClosed() && !socket.writeQueueFull()) {
            String text = outbox.next();
            if (text == null) {
                subscriptions.resume();
                return;
            }
            socket.writeTextMessage(text);
        }
        holdBack();
    }

    private void holdBack() {
        if (!isClientSlow && !socket.isClosed() && socket.writeQueueFull()) {
            isClientSlow = true;
            socket.pause();
        }
    }

    private void writable() {
        liveness.browserHeard();
        isClientSlow = false;
        readAgain();
        drain();
    }

    /** Sends a ping, which a browser answers by a pong. */
    void ping() {
        if (!socket.isClosed()) {
            socket.writePing(Buffer.buffer());
        }
    }

    /* The rest of the stream can't be parsed, so the socket is closed in each case. */
    private void broken(Throwable cause) {
        if (isTooLong(cause)) {
            close(TOO_BIG, "The message must be at most " + SocketLimits.MAX_FRAME + " bytes");
        } else {
            close(PROTOCOL_ERROR, "The frame must be that of a WebSocket client");
        }
    }

    private static boolean isTooLong(Throwable cause) {
        boolean isBigFrame = cause instanceof CorruptedWebSocketFrameException corrupted
                && corrupted.closeStatus().code() == TOO_BIG;
        /* Vert.x's own exception for a message of several frames that is too long. */
        boolean isBigMessage = cause instanceof IllegalStateException;
        return isBigFrame || isBigMessage || cause instanceof TooLongFrameException;
    }

    /** Closes the socket. */
    Future<Void> close(int code, String reason) {
        return socket.isClosed() ? Future.succeededFuture() : socket.close((short) code, reason);
    }
}
