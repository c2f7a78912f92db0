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
 * The subscriptions that are being resumed by a replay of the changes that they missed. One pass over the history
 * serves all that resume together, by a query index of their own: a thousand cost one pass and the changes that they
 * see.
 *
 * <p>While a subscription is in a pass, new changes are not delivered to it by matching. The pass delivers them later.
 * When the pass has reached the last change, its subscriptions receive the next change by matching. A subscription that
 * resumes from a revision before the position of the pass waits for the next pass.
 *
 * <p><b>Cost.</b> A duty cycle replays {@value #CHANGES_PER_DISPATCHED} changes for each one that it has dispatched, so
 * that every pass ends, or as many as cost {@value #BUDGET} operations if that is more. A change, and a subscription
 * that sees it, are one operation each. After a pass, {@value #FINISHED_PER_CYCLE} subscriptions are synchronized in a
 * duty cycle.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class HistoryReplays {

    static final int BUDGET = 8192;
    static final int FINISHED_PER_CYCLE = 256;

    private static final int MAX_PER_PASS = 1024;
    private static final int CHANGES_PER_DISPATCHED = 2;

    private final History history;
    private final PresenceTable table;
    private final MatchVisitor<LiveSubscription> visitor = this::replay;
    private final Map<LiveSubscription, Replay> waiting = new LinkedHashMap<>();
    private final Map<LiveSubscription, Replay> inPass = new HashMap<>();
    private @Nullable StandingQueries<PresenceState, LiveSubscription> index;
    /* The last revision that the pass has replayed. */
    private long position;
    private @Nullable StateChange stateChange;
    private int operations;

    /** The replay for one subscription, from a revision. */
    private static final class Replay {

        private final long since;
        private final int epoch;
        private @Nullable Handle<LiveSubscription> handle;

        Replay(long since, int epoch) {
            this.since = since;
            this.epoch = epoch;
        }

        /* Returns whether the subscription was closed or is being reset. */
        boolean isVoid(LiveSubscription subscription) {
            return !subscription.isOpen() || subscription.syncEpoch() != epoch;
        }
    }

    /**
     * Creates an empty set of replays.
     *
     * @param table the presences, which have the current deadlines
     */
    HistoryReplays(History history, PresenceTable table) {
        this.history = history;
        this.table = table;
    }

    boolean isEmpty() {
        return inPass.isEmpty() && waiting.isEmpty();
    }

    /** Returns whether a subscription receives changes by a replay and not by matching. */
    boolean contains(LiveSubscription subscription) {
        return !isEmpty() && (inPass.containsKey(subscription) || waiting.containsKey(subscription));
    }

    /** Replays to a subscription the changes after a revision that the history reaches. */
    void start(LiveSubscription subscription, long since) {
        Replay replay = new Replay(since, subscription.syncEpoch());
        if (inPass.isEmpty()) {
            position = since;
        }
        if (since >= position && inPass.size() < MAX_PER_PASS) {
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

    /** Removes a subscription, if it is in. */
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
     * Advances the pass, within the budget.
     *
     * @param revision the revision of the last dispatched change
     * @param dispatched the number of presences that the duty cycle has dispatched
     * @return the number of operations
     */
    int advance(long revision, int dispatched) {
        operations = 0;
        if (isEmpty()) {
            return 0;
        }
        try {
            replay(revision, dispatched);
        } catch (Throwable failure) {
            resetAll();
            throw failure;
        } finally {
            stateChange = null;
            history.extend(!isEmpty());
        }
        return operations;
    }

    private void replay(long revision, int dispatched) {
        if (inPass.isEmpty()) {
            beginPass();
        }
        int changes = 0;
        while (position < revision && (changes < CHANGES_PER_DISPATCHED * dispatched || operations < BUDGET)) {
            if (!history.reaches(position)) {
                resetAll();
                return;
            }
            position++;
            changes++;
            operations++;
            replay(history.at(position));
        }
        if (position == revision) {
            finish(revision);
        }
    }

    private void beginPass() {
        Iterator<Map.Entry<LiveSubscription, Replay>> next = waiting.entrySet().iterator();
        position = Long.MAX_VALUE;
        while (next.hasNext() && inPass.size() < MAX_PER_PASS) {
            Map.Entry<LiveSubscription, Replay> each = next.next();
            operations++;
            begin(each.getKey(), each.getValue());
            /* Removed last, so that one that fails is not forgotten. */
            next.remove();
        }
    }

    private void begin(LiveSubscription subscription, Replay replay) {
        if (replay.isVoid(subscription)) {
            return;
        }
        if (history.reaches(replay.since)) {
            position = Math.min(position, replay.since);
            register(subscription, replay);
        } else {
            subscription.resetWithSnapshot();
        }
    }

    private void replay(@Nullable StateChange next) {
        StandingQueries<PresenceState, LiveSubscription> queries = index;
        if (next != null && queries != null) {
            PresenceState after = next.after();
            stateChange = after == null ? next : next.withAfter(table.currentIfDispatched(after));
            queries.match(next.before(), after, visitor);
        }
    }

    private void replay(LiveSubscription subscription, boolean seesBefore, boolean seesAfter) {
        operations++;
        Replay replay = inPass.get(subscription);
        StateChange replayed = stateChange;
        if (replay != null && replayed != null && replayed.revision() > replay.since && !replay.isVoid(subscription)) {
            subscription.enqueue(replayed, StateChange.visibility(seesBefore, seesAfter));
        }
    }

    /* The others remain excluded from matching until they are finished, and the pass continues for them. */
    private void finish(long revision) {
        Iterator<Map.Entry<LiveSubscription, Replay>> next = inPass.entrySet().iterator();
        for (int remaining = FINISHED_PER_CYCLE; remaining > 0 && next.hasNext(); remaining--) {
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

    /* The history no longer reaches the position of the pass, or the replay of a change failed. */
    private void resetAll() {
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
