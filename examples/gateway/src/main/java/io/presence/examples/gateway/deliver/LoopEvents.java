package io.presence.examples.gateway.deliver;

import io.presence.PresenceStore;
import io.vertx.core.Context;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The executor of the listeners of all sockets of one event loop. It calls them on that event loop, in one task for
 * each duty cycle, when the cycle is over: by then all listeners that a change concerns are due.
 *
 * <p><b>Threads.</b> {@link #execute} by any thread, the rest by the event loop.
 */
public final class LoopEvents implements Executor {

    private static final Comparator<Text> ORDER = Comparator.comparingInt((Text one) -> one.to.number)
            .thenComparingInt(Text::part)
            .thenComparingLong(one -> one.frame == null ? Long.MAX_VALUE : one.frame.revision());

    private final PresenceStore store;
    private final Context loop;
    private final List<Text> texts = new ArrayList<>();
    private final Set<Runnable> last = new LinkedHashSet<>();
    private int sockets;
    /* Guarded by this. */
    private List<Runnable> due = new ArrayList<>();

    /** A text for a socket, or a frame and the id of one of the subscriptions that receive it. */
    private record Text(SocketEvents to, int part, @Nullable EventFrame frame, String text) {

        boolean isOneWith(Text other) {
            return frame != null && to == other.to && part == other.part && frame.equals(other.frame);
        }
    }

    /** Creates the executor of an event loop. */
    public LoopEvents(PresenceStore store, Context loop) {
        this.store = store;
        this.loop = loop;
    }

    int nextNumber() {
        return sockets++;
    }

    /** Adds what is sent after the calls of this task; within a part, frames are sent by revision, before texts. */
    void add(SocketEvents to, int part, @Nullable EventFrame frame, String text) {
        texts.add(new Text(to, part, frame, text));
    }

    /** Adds what is run at the end of this task, once. */
    void addLast(Runnable task) {
        last.add(task);
    }

    @Override
    public void execute(Runnable drain) {
        boolean isFirst;
        synchronized (this) {
            isFirst = due.isEmpty();
            due.add(drain);
        }
        if (isFirst) {
            var unused = store.flush().whenComplete((done, closed) -> loop.runOnContext(run -> call()));
        }
    }

    private void call() {
        List<Runnable> drains;
        synchronized (this) {
            drains = due;
            due = new ArrayList<>();
        }
        drains.forEach(Runnable::run);
        texts.sort(ORDER);
        for (int from = 0, to; from < texts.size(); from = to) {
            to = from + 1;
            while (to < texts.size() && texts.get(to).isOneWith(texts.get(from))) {
                to++;
            }
            send(texts.subList(from, to));
        }
        texts.clear();
        last.forEach(LoopEvents::attempt);
        last.clear();
    }

    private static void send(List<Text> one) {
        Text first = one.get(0);
        EventFrame frame = first.frame;
        List<String> texts = one.stream().map(Text::text).toList();
        attempt(() -> first.to.send(frame == null ? first.text : frame.text(texts)));
    }

    /* A failure for one socket does not concern the others. */
    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failure) {
            System.getLogger(LoopEvents.class.getName()).log(Level.WARNING, "a socket is not sent an event", failure);
        }
    }
}
