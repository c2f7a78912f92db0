package io.presence.examples.gateway.deliver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Change;
import io.presence.Subscription;
import io.presence.examples.gateway.wire.Json;
import io.presence.session.EventMemo;
import io.presence.session.NamedFilterEvent;
import io.presence.session.NamedFilterEvent.NamedChange;
import io.presence.session.NamedFilterListener;
import io.presence.session.NamedFilters;
import io.presence.session.PresenceSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one socket. A change is one frame, which names each subscription that it concerns.
 *
 * <p><b>Threads.</b> For the socket's event loop.
 */
public final class SocketEvents {

    /** The order of the socket among those of its event loop. */
    final int number;

    private final PresenceSession session;
    private final LoopEvents loop;
    private final EventMemo<EventFrames> memo;
    private final Consumer<String> sender;
    private final Map<String, Open> byId = new LinkedHashMap<>(2);
    private int part;

    /** Creates the subscriptions of a socket, none; {@code memo} is for all sockets. */
    public SocketEvents(
            PresenceSession session, LoopEvents loop, EventMemo<EventFrames> memo, Consumer<String> sender) {
        this.number = loop.nextNumber();
        this.session = session;
        this.loop = loop;
        this.memo = memo;
        this.sender = sender;
    }

    private record Open(ClientSubscription subscription, Listener listener) {}

    /** The listener of all subscriptions that were opened together. As a task it sends a token. */
    private final class Listener implements NamedFilterListener, Runnable {

        private @Nullable Subscription live;
        private boolean isResumable;

        @Override
        public void onEvent(NamedFilterEvent event) {
            for (NamedChange change : event.changes()) {
                Open to = byId.get(change.name());
                if (to != null && to.listener == this) {
                    add(to.subscription, event.event(), change);
                }
            }
            sendToken();
        }

        private void add(ClientSubscription to, PresenceEvent event, NamedChange change) {
            Action action = to.deliveredAs(event, change);
            if (action != null) {
                boolean isSnapshot = to.isInSnapshot() && change.change() == Change.ENTER;
                loop.add(SocketEvents.this, part, memo.of(event).as(action, isSnapshot), to.id());
            }
        }

        @Override
        public void onSynced(long revision) {
            open().forEach(one -> one.synced(revision).ifPresent(this::add));
            sendToken();
        }

        @Override
        public void onReset() {
            open().forEach(one -> add(one.reset()));
        }

        private void add(String text) {
            loop.add(SocketEvents.this, part++, null, text);
        }

        private List<ClientSubscription> open() {
            return byId.values().stream()
                    .filter(one -> one.listener == this)
                    .map(Open::subscription)
                    .toList();
        }

        /* A client that has received everything before the token can resume from it. */
        private void sendToken() {
            if (isResumable) {
                loop.addLast(this);
            }
        }

        @Override
        public void run() {
            List<String> ids = open().stream().map(ClientSubscription::id).toList();
            if (live != null && !ids.isEmpty() && open().stream().noneMatch(ClientSubscription::isSyncing)) {
                ObjectNode message = Json.object().put("type", "token");
                ObjectNode data = message.putObject("data").put("token", live.resumeToken());
                data.set("subscriptions", Json.strings(ids));
                send(Json.write(message));
            }
        }
    }

    /** Opens subscriptions of one channel of the store, in the place of those of the same ids; all or none. */
    public void open(List<ClientSubscription> together) {
        Listener listener = new Listener();
        ClientSubscription first = together.get(0);
        if (!first.isSilent()) {
            NamedFilters filters = NamedFilters.of(first.id(), first.filters());
            for (ClientSubscription one : together.subList(1, together.size())) {
                filters = filters.and(one.id(), one.filters());
            }
            listener.live = session.subscribe(first.channel(), first.options().executor(loop), listener, filters);
            listener.isResumable = together.stream().anyMatch(ClientSubscription::isResumable);
        }
        for (ClientSubscription one : together) {
            close(one.id());
            byId.put(one.id(), new Open(one, listener));
        }
    }

    /** Closes a subscription. False if there is none of that id. */
    public boolean close(String id) {
        Open closed = byId.remove(id);
        if (closed != null && closed.listener.open().isEmpty() && closed.listener.live != null) {
            closed.listener.live.close();
        }
        return closed != null;
    }

    /** Returns the ids of the open subscriptions. */
    public Set<String> ids() {
        return byId.keySet();
    }

    void send(String text) {
        sender.accept(text);
    }
}
