package io.presence.internal.subscription;

import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.StateChange;
import io.presence.internal.store.PresenceState;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.StateSchema;
import io.presence.query.Handle;
import io.presence.query.MatchVisitor;
import io.presence.query.StandingQueries;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions that return and are being delivered the steps that they missed. One pass over the history serves all
 * that return together, by an index of their own, so a thousand that return cost one pass and the changes that they
 * see.
 *
 * <p>A subscription in a pass is left out when new steps are matched: the pass gets to them, and when it has come to
 * the last step, its subscriptions go on with the next one. A subscription that returns to a revision which the pass
 * has left behind waits for the next pass.
 *
 * <p><b>Cost.</b> A round replays twice as many steps as it has dispatched, so that every pass comes to its end, or as
 * many as cost {@value #BUDGET} operations if that is more. A step, and a subscription that sees it, are an operation
 * each. Of a pass that has come to its end, {@value #FINISHED} subscriptions go on in a round.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class HistoryReplays {

    static final int BUDGET = 8192;
    static final int FINISHED = 256;

    private static final int IN_A_PASS = 1024;
    private static final int PACE = 2;

    private final History history;
    private final PresenceTable entries;
    private final MatchVisitor<LiveSubscription> visitor = this::replay;
    private final Map<LiveSubscription, Replay> waiting = new LinkedHashMap<>();
    private final Map<LiveSubscription, Replay> inPass = new HashMap<>();
    private @Nullable StandingQueries<PresenceState, LiveSubscription> index;
    /* The revision that the pass has come to. */
    private long reached;
    private @Nullable StateChange step;
    private int operations;

    /** One subscription that returns to a revision. */
    private static final class Replay {

        private final long since;
        private final int join;
        private @Nullable Handle<LiveSubscription> handle;

        Replay(long since, int join) {
            this.since = since;
            this.join = join;
        }

        /* It was closed, or is to start over. */
        boolean isVoid(LiveSubscription subscription) {
            return !subscription.isOpen() || subscription.syncEpoch() != join;
        }
    }

    /**
     * Starts without any.
     *
     * @param history has the steps
     * @param entries knows how long the presences live
     */
    HistoryReplays(History history, PresenceTable entries) {
        this.history = history;
        this.entries = entries;
    }

    boolean isEmpty() {
        return inPass.isEmpty() && waiting.isEmpty();
    }

    /** Tells whether a subscription gets its steps from here, not from being matched. */
    boolean has(LiveSubscription subscription) {
        return !isEmpty() && (inPass.containsKey(subscription) || waiting.containsKey(subscription));
    }

    /** Has a subscription delivered the steps after a revision that the history reaches. */
    void start(LiveSubscription subscription, long since) {
        Replay replay = new Replay(since, subscription.syncEpoch());
        if (inPass.isEmpty()) {
            reached = since;
        }
        if (since >= reached && inPass.size() < IN_A_PASS) {
            register(subscription, replay);
        } else {
            waiting.put(subscription, replay);
        }
        history.extend(true);
    }

    private void register(LiveSubscription subscription, Replay replay) {
        StandingQueries<PresenceState, LiveSubscription> entered = index;
        if (entered == null) {
            entered = new StandingQueries<>(StateSchema.READABLE);
            index = entered;
        }
        replay.handle = entered.add(subscription.condition(), subscription);
        inPass.put(subscription, replay);
    }

    /** Leaves a subscription out, if it is in. */
    void drop(LiveSubscription subscription) {
        waiting.remove(subscription);
        Replay replay = inPass.remove(subscription);
        if (replay != null) {
            remove(replay);
        }
        history.extend(!isEmpty());
    }

    private void remove(Replay replay) {
        Handle<LiveSubscription> handle = replay.handle;
        if (index != null && handle != null) {
            index.remove(handle);
        }
        if (inPass.isEmpty()) {
            index = null;
        }
    }

    /**
     * Goes on, within the budget.
     *
     * @param revision of the last step that was dispatched
     * @param dispatched how many presences the round has dispatched
     * @return how many operations it took
     */
    int advance(long revision, int dispatched) {
        operations = 0;
        if (isEmpty()) {
            return 0;
        }
        try {
            replay(revision, dispatched);
        } catch (Throwable failure) {
            startAllOver();
            throw failure;
        } finally {
            step = null;
            history.extend(!isEmpty());
        }
        return operations;
    }

    private void replay(long revision, int dispatched) {
        if (inPass.isEmpty()) {
            beginPass();
        }
        int steps = 0;
        while (reached < revision && (steps < PACE * dispatched || operations < BUDGET)) {
            if (!history.reaches(reached)) {
                startAllOver();
                return;
            }
            reached++;
            steps++;
            operations++;
            replay(history.at(reached));
        }
        if (reached == revision) {
            finish(revision);
        }
    }

    private void beginPass() {
        Iterator<Map.Entry<LiveSubscription, Replay>> next = waiting.entrySet().iterator();
        reached = Long.MAX_VALUE;
        while (next.hasNext() && inPass.size() < IN_A_PASS) {
            Map.Entry<LiveSubscription, Replay> each = next.next();
            operations++;
            begin(each.getKey(), each.getValue());
            /* Should one fail before, it is not forgotten. */
            next.remove();
        }
    }

    private void begin(LiveSubscription subscription, Replay replay) {
        if (replay.isVoid(subscription)) {
            return;
        }
        if (history.reaches(replay.since)) {
            reached = Math.min(reached, replay.since);
            register(subscription, replay);
        } else {
            subscription.resetWithSnapshot();
        }
    }

    private void replay(@Nullable StateChange next) {
        StandingQueries<PresenceState, LiveSubscription> queries = index;
        if (next != null && queries != null) {
            PresenceState after = next.after();
            step = after == null ? next : next.showing(entries.currentIfDispatched(after));
            queries.match(next.before(), after, visitor);
        }
    }

    private void replay(LiveSubscription subscription, boolean seesBefore, boolean seesAfter) {
        operations++;
        Replay replay = inPass.get(subscription);
        StateChange replayed = step;
        if (replay != null && replayed != null && replayed.revision() > replay.since && !replay.isVoid(subscription)) {
            subscription.enqueue(replayed, StateChange.visibility(seesBefore, seesAfter));
        }
    }

    /* The others are left out of the matching until they are finished, and the pass goes on for them. */
    private void finish(long revision) {
        Iterator<Map.Entry<LiveSubscription, Replay>> next = inPass.entrySet().iterator();
        for (int left = FINISHED; left > 0 && next.hasNext(); left--) {
            Map.Entry<LiveSubscription, Replay> each = next.next();
            Replay replay = each.getValue();
            operations++;
            if (!replay.isVoid(each.getKey())) {
                each.getKey().sync(revision);
            }
            next.remove();
            remove(replay);
        }
    }

    /* The history no longer reaches to where the pass is, or a step of it failed. */
    private void startAllOver() {
        List<Map.Entry<LiveSubscription, Replay>> all = List.copyOf(inPass.entrySet());
        inPass.clear();
        index = null;
        for (Map.Entry<LiveSubscription, Replay> each : all) {
            operations++;
            if (!each.getValue().isVoid(each.getKey())) {
                each.getKey().resetWithSnapshot();
            }
        }
    }
}
