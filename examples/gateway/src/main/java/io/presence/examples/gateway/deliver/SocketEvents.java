package io.presence.examples.gateway.deliver;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of one socket, and the executor that calls their listeners: at the end of a duty cycle, on the
 * socket's event loop. A change is one frame, which names each subscription that it concerns.
 *
 * <p><b>Threads.</b> {@link #execute} by any thread, the rest by the socket's event loop.
 */
public final class SocketEvents implements Executor {

    private final PresenceSession session;
    private final CycleEnd cycleEnd;
    private final EventMemo<EventFrames> memo;
    private final Executor loop;
    private final Consumer<String> sender;
    private final Map<String, Listener> byId = new HashMap<>();
    private final Map<EventFrame, List<String>> frames = new LinkedHashMap<>();
    private final Set<Listener> called = new LinkedHashSet<>();
    private final Queue<Runnable> drains = new ConcurrentLinkedQueue<>();
    private final AtomicInteger due = new AtomicInteger();

    /** Creates the subscriptions of a socket, none; {@code cycleEnd} and {@code memo} are for all sockets. */
    public SocketEvents(
            PresenceSession session,
            CycleEnd cycleEnd,
            EventMemo<EventFrames> memo,
            Executor loop,
            Consumer<String> sender) {
        this.session = session;
        this.cycleEnd = cycleEnd;
        this.memo = memo;
        this.loop = loop;
        this.sender = sender;
    }

    /** The listener of all subscriptions that were opened together. */
    private final class Listener implements NamedFilterListener {

        private final Map<String, ClientSubscription> open = new LinkedHashMap<>();
        private @Nullable Subscription live;
        private boolean isResumable;

        @Override
        public void onEvent(NamedFilterEvent event) {
            called.add(this);
            for (NamedChange change : event.changes()) {
                ClientSubscription to = open.get(change.name());
                Action action = to == null ? null : to.deliveredAs(event.event(), change);
                if (to != null && action != null) {
                    boolean isSnapshot = to.isInSnapshot() && change.change() == Change.ENTER;
                    EventFrame frame = memo.of(event.event()).as(action, isSnapshot);
                    frames.computeIfAbsent(frame, first -> new ArrayList<>(1)).add(to.id());
                }
            }
        }

        @Override
        public void onSynced(long revision) {
            send();
            open.values().forEach(one -> one.synced(revision).ifPresent(sender));
            called.add(this);
        }

        @Override
        public void onReset() {
            send();
            open.values().forEach(one -> sender.accept(one.reset()));
        }

        /* A client that has received everything before the token can resume from it. */
        private void sendToken() {
            if (isResumable && live != null && !open.isEmpty()) {
                ObjectNode message = Json.object().put("type", "token");
                ObjectNode data = message.putObject("data").put("token", live.resumeToken());
                data.set("subscriptions", Json.strings(open.keySet()));
                sender.accept(Json.write(message));
            }
        }
    }

    /** Opens subscriptions of one channel of the store, in the place of those of the same ids; all or none. */
    public void open(List<ClientSubscription> together) {
        Listener listener = new Listener();
        ClientSubscription first = together.get(0);
        NamedFilters filters = NamedFilters.of(first.id(), first.filters());
        for (ClientSubscription one : together) {
            filters = one == first ? filters : filters.and(one.id(), one.filters());
            listener.open.put(one.id(), one);
        }
        if (!first.isSilent()) {
            listener.live = session.subscribe(first.channel(), first.options().executor(this), listener, filters);
            listener.isResumable = together.stream().anyMatch(ClientSubscription::isResumable);
        }
        together.forEach(one -> {
            close(one.id());
            byId.put(one.id(), listener);
        });
    }

    /** Closes a subscription. False if there is none of that id. */
    public boolean close(String id) {
        Listener listener = byId.remove(id);
        if (listener != null && listener.open.remove(id) != null && listener.open.isEmpty() && listener.live != null) {
            listener.live.close();
        }
        return listener != null;
    }

    /** Returns the ids of the open subscriptions. */
    public Set<String> ids() {
        return byId.keySet();
    }

    @Override
    public void execute(Runnable drain) {
        drains.add(drain);
        if (due.getAndIncrement() == 0) {
            /* By the end of the duty cycle all listeners that a change concerns are due. */
            cycleEnd.add(() -> loop.execute(this::call));
        }
    }

    private void call() {
        for (int left = due.getAndSet(0); left > 0; left--) {
            drains.remove().run();
        }
        send();
        called.forEach(Listener::sendToken);
        called.clear();
    }

    private void send() {
        List<Map.Entry<EventFrame, List<String>>> ordered = new ArrayList<>(frames.entrySet());
        ordered.sort(Comparator.comparingLong(entry -> entry.getKey().revision()));
        ordered.forEach(entry -> sender.accept(entry.getKey().text(entry.getValue())));
        frames.clear();
    }
}
