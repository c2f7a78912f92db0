package io.presence.examples.gateway.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.presence.examples.gateway.account.AccountJson;
import io.presence.examples.gateway.account.Caller;
import io.presence.examples.gateway.account.Session;
import io.presence.examples.gateway.deliver.EventFrames;
import io.presence.examples.gateway.deliver.LoopEvents;
import io.presence.examples.gateway.deliver.SocketEvents;
import io.presence.examples.gateway.wire.Json;
import io.presence.session.EventMemo;
import io.presence.session.PresenceSession;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrameType;
import java.time.Duration;
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
    private static final int NORMAL = 1000;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int TOO_BIG = 1009;

    private final ServerWebSocket socket;
    private final Context context;
    private final PresenceSession session;
    private final SocketEvents events;
    private final String address;
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
            PresenceSession session,
            LoopEvents loop,
            EventMemo<EventFrames> memo,
            Caller caller,
            String address,
            MessagePace pace,
            Liveness liveness) {
        this.socket = socket;
        this.context = context;
        this.session = session;
        this.events = new SocketEvents(session, loop, memo, this::send);
        this.caller = caller;
        this.address = address;
        this.pace = pace;
        this.liveness = liveness;
    }

    /**
     * Starts reading.
     *
     * @param onText called with each text message; an empty one stands for a binary message
     * @param onEnd called when the socket is closed
     */
    void start(Consumer<String> onText, Runnable onEnd) {
        /* They would take memory for as long as the socket is open. */
        socket.headers().clear();
        socket.closeHandler(closed -> onEnd.run());
        socket.exceptionHandler(this::broken);
        socket.drainHandler(drained -> writable());
        socket.frameHandler(frame -> {
            if (frame.type() == WebSocketFrameType.PING || !frame.isFinal()) {
                liveness.pageHeard();
                renew();
            }
        });
        socket.pongHandler(pong -> {
            liveness.browserHeard();
            renew();
        });
        socket.textMessageHandler(text -> read(text, onText));
        socket.binaryMessageHandler(binary -> read("", onText));
    }

    private void renew() {
        if (session.isOpen() && !caller.isGuest() && liveness.mayRenew()) {
            session.touch();
        }
    }

    private void read(String text, Consumer<String> onText) {
        if (isEnded) {
            return;
        }
        liveness.pageHeard();
        renew();
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

    /**
     * Ends the session, and ignores all further messages of the client.
     *
     * @param grace the time for which its presences stay, unless the client has closed the socket itself
     */
    void end(Duration grace) {
        isEnded = true;
        boolean hasLeft = socket.isClosed() && socket.closeStatusCode() == NORMAL;
        session.close(hasLeft ? Duration.ZERO : grace);
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

    /** Sets the caller for all further messages and events. Presences of another user end. */
    void become(Caller another) {
        if (!caller.principal().toString().equals(another.principal().toString())) {
            ownPresenceId = null;
        }
        session.switchPrincipal(another.principal());
        caller = another;
    }

    PresenceSession session() {
        return session;
    }

    SocketEvents events() {
        return events;
    }

    /** Returns the client address, by which its presences are counted. */
    String address() {
        return address;
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

    /** Sends an answer. */
    void send(JsonNode message) {
        send(Json.write(message));
    }

    private void send(String text) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(text);
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

    /* Changes are conflated in the store meanwhile. */
    private void holdBack() {
        if (!isClientSlow && socket.writeQueueFull() && session.isOpen()) {
            isClientSlow = true;
            socket.pause();
            session.pause();
        }
    }

    private void writable() {
        liveness.browserHeard();
        isClientSlow = false;
        readAgain();
        if (session.isOpen()) {
            session.resume();
        }
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
