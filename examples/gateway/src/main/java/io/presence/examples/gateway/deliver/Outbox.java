package io.presence.examples.gateway.deliver;

import io.presence.examples.gateway.wire.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The texts that are pending for one socket. Its size is bounded: when it is full, the subscriptions are paused, and
 * further changes are pending in the store, at most one for each presence and subscription.
 *
 * <p><b>Threads.</b> Filled by the dispatcher, emptied by the socket's event loop.
 */
public final class Outbox {

    /** The pending texts at the end of a duty cycle at which the subscriptions are paused. */
    static final int HIGH = 256;

    /** The texts added within a duty cycle at which the subscriptions are paused. */
    static final int HIGHEST = 4096;

    private final Rounds rounds;
    private final Runnable full;
    private final Runnable filled;
    private final List<Item> round = new ArrayList<>();
    private boolean isTouched;
    private final Queue<Item> waiting = new ArrayDeque<>();

    /** One text and the subscriptions that receive it. */
    private static final class Item {
        private final @Nullable EventFrame frame;
        private final String signal;
        private final Set<ClientSubscription> to = new LinkedHashSet<>();

        Item(@Nullable EventFrame frame, String signal, ClientSubscription to) {
            this.frame = frame;
            this.signal = signal;
            this.to.add(to);
        }

        /* Null if all its subscriptions are closed. */
        @Nullable String text() {
            Set<String> ids = new LinkedHashSet<>();
            for (ClientSubscription subscription : to) {
                if (!subscription.isClosed()) {
                    ids.add(subscription.id());
                }
            }
            return ids.isEmpty() ? null : frame == null ? signal : frame.text(ids);
        }
    }

    /**
     * Creates an empty outbox.
     *
     * @param full pauses the subscriptions; called by the dispatcher
     * @param filled schedules the event loop to send; called by the dispatcher
     */
    public Outbox(Rounds rounds, Runnable full, Runnable filled) {
        this.rounds = rounds;
        this.full = full;
        this.filled = filled;
    }

    void event(EventFrame frame, ClientSubscription to) {
        Item same = sameStep(frame);
        if (same == null) {
            add(new Item(frame, "", to));
        } else {
            same.to.add(to);
        }
    }

    /* Searches the texts of the same revision only, so that no event overtakes a signal. */
    private @Nullable Item sameStep(EventFrame frame) {
        for (int i = round.size() - 1; i >= 0; i--) {
            EventFrame before = round.get(i).frame;
            if (before == frame) {
                return round.get(i);
            }
            if (before == null || before.revision() != frame.revision()) {
                return null;
            }
        }
        return null;
    }

    void signal(String type, long revision, ClientSubscription to) {
        var message = Json.object().put("type", type);
        message.putObject("data").put("subscriptionId", to.id()).put("revision", revision);
        add(new Item(null, Json.write(message), to));
    }

    private void add(Item item) {
        round.add(item);
        if (!isTouched) {
            isTouched = true;
            rounds.touched(this);
        }
        if (round.size() == HIGHEST) {
            full.run();
        }
    }

    /** Makes the texts of this duty cycle available to the event loop. */
    void endRound() {
        isTouched = false;
        int size;
        synchronized (waiting) {
            waiting.addAll(round);
            size = waiting.size();
        }
        round.clear();
        if (size >= HIGH) {
            full.run();
        }
        filled.run();
    }

    /** Removes and returns the next text to send; null if there is none. */
    public @Nullable String next() {
        while (true) {
            Item item;
            synchronized (waiting) {
                item = waiting.poll();
            }
            String text = item == null ? null : item.text();
            if (item == null || text != null) {
                return text;
            }
        }
    }

    /** Returns the number of pending texts. */
    public int size() {
        synchronized (waiting) {
            return waiting.size();
        }
    }
}
