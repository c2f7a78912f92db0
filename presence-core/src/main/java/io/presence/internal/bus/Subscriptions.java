package io.presence.internal.bus;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceListener;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import io.presence.internal.store.Access;
import io.presence.internal.store.Entries;
import io.presence.internal.store.Entry;
import io.presence.internal.store.State;
import io.presence.internal.store.StateSchema;
import io.presence.query.CompiledQuery;
import io.presence.query.Query;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * All subscriptions: takes them in at one revision, with the snapshot of that revision if asked for, and tells them
 * each step that concerns them.
 *
 * <p>What a subscription sees of a state depends on the state alone, so nothing is remembered per subscription and
 * presence: it has been told of what it sees of {@link Entry#dispatched()}, by events or by having started there.
 *
 * <p><b>Threads.</b> {@link #subscribe} and closing by any thread, the rest by the dispatcher.
 */
public final class Subscriptions {

    private final Entries entries;
    private final Commands commands;
    private final BiConsumer<Subscription, Throwable> onListenerError;
    private final Matcher matcher = new IndexMatcher();
    private final Set<LiveSubscription> open = new LinkedHashSet<>();
    private long revision;
    private volatile boolean ended;

    /**
     * Starts without any.
     *
     * @param entries where snapshots are taken from
     * @param wakeUp called when another thread has left something to do
     * @param onListenerError is told what listeners throw; must not throw itself
     */
    public Subscriptions(Entries entries, Runnable wakeUp, BiConsumer<Subscription, Throwable> onListenerError) {
        this.entries = entries;
        this.commands = new Commands(wakeUp);
        this.onListenerError = onListenerError;
    }

    /** Makes a subscription, which the dispatcher takes in before it matches any write made later. */
    public Subscription subscribe(
            Channel channel,
            Subscription.Options options,
            Access access,
            Query.Filter filter,
            PresenceListener listener) {
        entries.requireOpen();
        LiveSubscription made = new LiveSubscription(channel, access, filter, listener, onListenerError, this::closing);
        commands.add(() -> takeIn(made, options));
        if (ended) {
            made.end(CloseReason.STORE_CLOSED);
        }
        return made;
    }

    private void closing(LiveSubscription subscription) {
        commands.add(() -> {
            matcher.remove(subscription);
            open.remove(subscription);
        });
    }

    private void takeIn(LiveSubscription subscription, Subscription.Options options) {
        if (ended || !subscription.isOpen()) {
            subscription.end(CloseReason.STORE_CLOSED);
            return;
        }
        matcher.add(subscription);
        open.add(subscription);
        if (options.snapshot()) {
            snapshot(subscription);
        }
    }

    private void snapshot(LiveSubscription subscription) {
        Query.Filter condition = subscription.condition();
        CompiledQuery<State> sees = CompiledQuery.compile(condition, StateSchema.READABLE);
        for (Entry entry : entries.planner().choose(condition).entries()) {
            State told = entry.dispatched();
            if (told != null && sees.test(told)) {
                subscription.deliver(new PresenceEvent(revision, Action.UPSERT, Change.ENTER, null, told, null));
            }
        }
        subscription.synced(revision);
    }

    /** Runs what other threads, or listeners, have left to do until now. */
    int runCommands() {
        return commands.drain();
    }

    boolean hasCommands() {
        return !commands.isEmpty();
    }

    /** Leaves something for the dispatcher to do. By any thread. */
    void command(Runnable command) {
        commands.add(command);
    }

    /** Tells whether every subscription was ended and no command will run. */
    boolean hasEnded() {
        return ended;
    }

    /** The revision of the last step. */
    long revision() {
        return revision;
    }

    /** Tells a step to the subscriptions that it concerns. */
    void tell(Step step) {
        revision = step.revision();
        matcher.match(step, Subscriptions::deliver);
    }

    private static void deliver(LiveSubscription subscription, Step step, boolean seesBefore, boolean seesAfter) {
        if (step.isOn(subscription.channel().action())) {
            subscription.deliver(step.eventFor(subscription, seesBefore, seesAfter));
        }
    }

    /**
     * Ends every subscription since the store is closing. One that is being made meanwhile is ended either by the drain
     * here, which comes after the mark, or by its maker, who looks for the mark after having added it.
     */
    void endAll() {
        ended = true;
        for (LiveSubscription subscription : List.copyOf(open)) {
            subscription.end(CloseReason.STORE_CLOSED);
        }
        commands.drain();
        open.clear();
    }
}
