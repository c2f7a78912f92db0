package io.presence.examples.gateway.realtime;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One socket that is connected: what it is sent, and by whom.
 *
 * <p>A client that does not read is read from no more until it does, so that neither answers nor events pile up.
 *
 * <p><b>Threads.</b> For the socket's event loop.
 */
final class Connection {

    private final ServerWebSocket socket;
    private final ClientSubscriptions subscriptions = new ClientSubscriptions();
    private final Outbox outbox;
    private final Writer writer = new Writer();
    private final Quota messages;
    private Caller caller;
    private @Nullable String ownPresenceId;
    private boolean isHeldBack;
    private long heardAt;

    Connection(ServerWebSocket socket, Context context, Rounds rounds, Caller caller, Quota messages) {
        this.socket = socket;
        this.outbox = new Outbox(rounds, subscriptions::pause, () -> context.runOnContext(filled -> drain()));
        this.caller = caller;
        this.messages = messages;
        this.heardAt = System.nanoTime();
    }

    /** Begins: says who the client is, and takes messages. */
    void start(Consumer<String> onText, Runnable onBinary, Runnable onEnd) {
        socket.closeHandler(closed -> onEnd.run());
        socket.exceptionHandler(this::broken);
        socket.drainHandler(drained -> writable());
        socket.frameHandler(frame -> heard());
        socket.textMessageHandler(onText::accept);
        socket.binaryMessageHandler(binary -> onBinary.run());
        var message = Json.object().put("type", "connected");
        var data = message.putObject("data");
        data.putArray("channels");
        data.putArray("subscriptions");
        data.set("user", account());
        send(message);
    }

    /** Returns who the client is, as it is told. */
    @Nullable JsonNode account() {
        Session session = caller.session();
        return session == null ? null : AccountJson.of(session.user());
    }

    Caller caller() {
        return caller;
    }

    /** Makes the client somebody else, for whatever it does and sees from now on. */
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

    /** Returns the id of the presence that this client has when it names none. */
    @Nullable String ownPresenceId() {
        return ownPresenceId;
    }

    void ownPresenceId(String id) {
        ownPresenceId = id;
    }

    void forgetOwnPresence() {
        ownPresenceId = null;
    }

    /** Takes note of one more message; false if there were too many. */
    boolean takeMessage() {
        return messages.take("");
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
        var error = Json.object().put("type", "error");
        error.putObject("data").put("code", code).put("message", message);
        send(error);
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
        if (!isHeldBack && !socket.isClosed() && socket.writeQueueFull()) {
            isHeldBack = true;
            socket.pause();
        }
    }

    private void writable() {
        heard();
        if (isHeldBack) {
            isHeldBack = false;
            socket.resume();
        }
        drain();
    }

    private void heard() {
        heardAt = System.nanoTime();
    }

    /** Tells for how long nothing came from the client, and nothing went to it. */
    long silentNanos() {
        return System.nanoTime() - heardAt;
    }

    /** Asks the client for a sign of life. */
    void ping() {
        if (!socket.isClosed()) {
            socket.writePing(Buffer.buffer());
        }
    }

    /* What can't be read as frames; the stream may be out of step by then. */
    private void broken(Throwable cause) {
        close(1009, "The message must be at most " + SocketLimits.MAX_FRAME + " bytes");
    }

    /** Closes the socket. */
    Future<Void> close(int code, String reason) {
        return socket.isClosed() ? Future.succeededFuture() : socket.close((short) code, reason);
    }
}
