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
 * What one socket is to be sent of its subscriptions. Its size is bounded: when much waits, the subscriptions are
 * paused, and what changes meanwhile waits in the store, at most one change for each presence and subscription.
 *
 * <p><b>Threads.</b> Filled by the dispatcher, emptied by the socket's event loop.
 */
public final class Outbox {

    /** How many texts may wait at the end of a round before the subscriptions are paused. */
    static final int HIGH = 256;

    /** How many may be added within a round before they are. */
    static final int HIGHEST = 4096;

    private final Rounds rounds;
    private final Runnable full;
    private final Runnable filled;
    private final List<Item> round = new ArrayList<>();
    private boolean isTouched;
    private final Queue<Item> waiting = new ArrayDeque<>();

    /** One text, and who it is for. */
    private static final class Item {
        private final @Nullable EventFrame frame;
        private final String signal;
        private final Set<ClientSubscription> to = new LinkedHashSet<>();

        Item(@Nullable EventFrame frame, String signal, ClientSubscription to) {
            this.frame = frame;
            this.signal = signal;
            this.to.add(to);
        }

        /* Null if nobody is there any more. */
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
     * Makes an empty one.
     *
     * @param full pauses the subscriptions; called by the dispatcher
     * @param filled has the event loop empty this; called by the dispatcher
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

    /* Looks no further back than the step goes, so that nothing overtakes a signal. */
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

    /** Hands over what was told in this round. */
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

    /** Takes the next text to send; null if there is none. */
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

    /** Tells how many texts wait to be sent. */
    public int size() {
        synchronized (waiting) {
            return waiting.size();
        }
    }
}
