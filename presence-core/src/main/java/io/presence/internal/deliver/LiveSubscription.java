package io.presence.internal.deliver;

import static java.util.Objects.requireNonNull;

import io.presence.Channel;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceListener;
import io.presence.Principal;
import io.presence.Scope;
import io.presence.Subscription;
import io.presence.internal.store.Access;
import io.presence.internal.store.State;
import io.presence.query.Query;
import io.presence.query.StandingQueries;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A subscription: what it may see, what it asked for, whom to call, and what it has yet to be told.
 *
 * <p>Steps wait in its mailbox, merged, until its executor takes a turn. A direct one has the dispatcher for an executor,
 * and is told at once if nothing waits and it may be called.
 *
 * <p><b>Joins.</b> Whenever it starts, or starts over, a join begins; it is complete when the listener is told to be in
 * sync. Until then the subscription is at no revision.
 *
 * <p><b>Threads.</b> What implements {@link Subscription} is for any thread, {@link #takeTurns} for its executor, the rest
 * for the dispatcher unless a member says otherwise.
 */
public final class LiveSubscription implements Subscription {

    /* What a subscription that is given what there is may have waiting; the rest waits in the store. */
    private static final int ROOM = 1024;

    private final Bus bus;
    private final Channel channel;
    private final Query.Filter filter;
    private final Options options;
    private final ListenerGate gate;
    private final Turns turns = new Turns();
    private final Mailbox mailbox;
    private final boolean isDirect;
    /* Null for no end of demand. */
    private final @Nullable Demand demand;
    /* Written by the dispatcher. */
    private volatile Access access;
    private StandingQueries.@Nullable Handle<LiveSubscription> handle;
    private int place;
    private volatile int join = 1;
    private boolean isStartingOver;
    private volatile boolean isWalking;
    private volatile @Nullable CloseReason ending;
    /* Written by who has the turn, or by a dispatcher that makes the first call or none. */
    private volatile int joined;
    private volatile long told = -1;
    private volatile long exact = -1;

    /** Makes an open subscription that nobody calls yet. */
    public LiveSubscription(
            Bus bus, Channel channel, Access access, Query.Filter filter, Options options, PresenceListener listener) {
        this.bus = bus;
        this.channel = channel;
        this.access = access;
        this.filter = filter;
        this.options = options;
        this.gate = new ListenerGate(listener);
        this.mailbox = new Mailbox(bus.counters());
        this.isDirect = options.onDispatcher() || (options.executor() == null && bus.defaultExecutor() == null);
        this.demand = options.initialDemand() == Long.MAX_VALUE ? null : new Demand(options.initialDemand());
    }

    /** What it is on. By any thread. */
    public Channel channel() {
        return channel;
    }

    /** What it asked for. By any thread. */
    public Query.Filter filter() {
        return filter;
    }

    /** How it was made. By any thread. */
    public Options options() {
        return options;
    }

    /** Who it is. By any thread. */
    public Access access() {
        return access;
    }

    /** Makes it somebody else's. */
    public void access(Access changed) {
        access = changed;
    }

    boolean canRead(State state) {
        return access.canRead(state);
    }

    /** What a state must be to be seen: on the channel, readable, and matching the query. */
    public Query.Filter condition() {
        String one = channel.presenceId();
        Query.Filter onChannel = one == null ? Query.everything() : Query.equal("$id", one);
        return Query.and(onChannel, access.readable(), filter);
    }

    /** By what the index of subscriptions knows it; null if it does not. */
    public StandingQueries.@Nullable Handle<LiveSubscription> handle() {
        return handle;
    }

    /** Notes by what the index knows it. */
    public void handle(StandingQueries.@Nullable Handle<LiveSubscription> filed) {
        handle = filed;
    }

    int place() {
        return place;
    }

    void place(int moved) {
        place = moved;
    }

    /** Tells whether it may still be called. By any thread. */
    public boolean isOpen() {
        return !gate.isClosed();
    }

    /** Tells whether its end is complete. By any thread. */
    public boolean hasEnded() {
        return gate.hasEnded();
    }

    /** Tells whether a thread is within a call of its listener. By any thread. */
    public boolean isCalledBy(Thread thread) {
        return gate.isCalledBy(thread);
    }

    /** The number of the join that has begun last. */
    public int join() {
        return join;
    }

    /** Tells whether the listener has been told to be in sync since the last join began. By any thread. */
    public boolean isJoined() {
        return joined == join;
    }

    /** Tells whether it has been told to start over and waits until it is. */
    public boolean isStartingOver() {
        return isStartingOver;
    }

    /** Counts what there is at a revision as told. */
    public void startAt(long revision) {
        told = revision;
        exact = revision;
        joined = join;
    }

    /** Begins a join. */
    public void beginJoin() {
        int following = join + 1;
        join = following;
    }

    /** Makes what was told void, and whatever waits. What there is, is to be told after it. */
    public void startOver() {
        beginJoin();
        mailbox.reset();
        bus.counters().reset();
        signal();
    }

    /** Notes that it is ready to be told what there is, after having been told to start over. */
    public void startedOver() {
        isStartingOver = false;
    }

    /** Notes whether it is being told what there is. */
    public void walking(boolean walks) {
        isWalking = walks;
    }

    /** Tells whether more may be left for it now. */
    public boolean hasRoom() {
        return mailbox.size() < Math.min(ROOM, options.pendingLimit());
    }

    /**
     * Tells it a step of a presence that it sees before or after, or leaves it in the mailbox.
     *
     * @param seesBefore whether it was told the state before
     * @param seesAfter whether it is to be told the state after
     */
    public void tell(Step step, boolean seesBefore, boolean seesAfter) {
        if (isStartingOver || gate.isClosed() || !step.isOn(channel.action())) {
            return;
        }
        if (!isDirect || !mailbox.isEmpty() || !toldAtOnce(step, seesBefore, seesAfter)) {
            leave(step, seesBefore, seesAfter);
        }
    }

    private boolean toldAtOnce(Step step, boolean seesBefore, boolean seesAfter) {
        Demand limit = demand;
        if ((limit != null && limit.wanted() == 0) || !gate.enter()) {
            return false;
        }
        if (limit != null) {
            limit.take(1);
        }
        told = step.revision();
        exact = step.revision();
        bus.counters().delivered(1);
        finish(gate.tell(step.eventFor(this, seesBefore, seesAfter)));
        return true;
    }

    /** Leaves a step in the mailbox. */
    public void leave(Step step, boolean seesBefore, boolean seesAfter) {
        Cause cause = seesAfter ? null : step.causeFor(this);
        if (channel.action() == null) {
            mailbox.add(step, seesBefore, seesAfter, cause);
        } else {
            mailbox.replace(step, seesBefore, seesAfter, cause);
        }
        if (mailbox.size() > options.pendingLimit()) {
            isStartingOver = true;
            startOver();
        } else if (gate.isPassable() && isWanted()) {
            signal();
        }
    }

    /** Leaves word that it is in sync when what waits is told. */
    public void sync(long revision) {
        mailbox.sync(revision, join);
        signal();
    }

    /** Has what waits told, then its end. Without waiting if it may not be called. */
    public void end(CloseReason why) {
        ending = why;
        if (gate.isPassable()) {
            signal();
        } else {
            endNow(why);
        }
    }

    /** Ends it whatever waits. By any thread. */
    public void endNow(CloseReason why) {
        if (gate.close(why)) {
            mailbox.clear();
        }
    }

    /** Lets calls start again that were held. By any thread. */
    public void release() {
        gate.release();
        signal();
    }

    /** Drops what was left after it was closed. */
    public void forget() {
        mailbox.clear();
    }

    private boolean isWanted() {
        Demand limit = demand;
        return limit == null || limit.wanted() > 0;
    }

    /** Has a turn taken, unless one is about to be. By any thread. */
    public void signal() {
        if (turns.signal()) {
            try {
                executor().execute(new Turn(this));
            } catch (Throwable refusal) {
                refused();
            }
        }
    }

    private void refused() {
        turns.abandon();
        bus.counters().rejected();
        bus.refused(this);
    }

    private Executor executor() {
        Executor named = options.executor();
        Executor usual = bus.defaultExecutor();
        if (isDirect || (named == null && usual == null)) {
            return bus.dispatcher();
        }
        return named == null ? requireNonNull(usual) : named;
    }

    /** Takes turns until there is nothing to tell, or the executor has the next one. */
    void takeTurns() {
        turns.begin();
        while (true) {
            boolean isOver = !takeTurn();
            if (isWalking) {
                bus.roomMade();
            }
            if (isOver ? turns.end() : !isLeftTheNextTurn()) {
                return;
            }
        }
    }

    /** Makes calls until there is nothing to tell: false; or as much was told as is fair: true. */
    private boolean takeTurn() {
        int left = options.batchLimit();
        while (left > 0) {
            int done = call(left);
            if (done == 0) {
                return false;
            }
            left -= done;
        }
        return true;
    }

    private boolean isLeftTheNextTurn() {
        turns.follow();
        try {
            if (!new Turn(this).isLeftBy(executor())) {
                return false;
            }
        } catch (Throwable refusal) {
            refused();
            return false;
        }
        turns.begin();
        return true;
    }

    /** Makes the next call. Returns how many events it told, 1 for a signal, 0 if there is nothing to tell. */
    private int call(int most) {
        if (!gate.enter()) {
            return 0;
        }
        CloseReason last = ending;
        Call call = mailbox.take(wanted(most), channel.action());
        if (call != null) {
            note(call);
            finish(gate.tell(call));
            return Math.max(1, call.events().size());
        }
        /* The dispatcher leaves nothing after it has said that this is the end. */
        if (last != null && mailbox.isEmpty()) {
            tellEnd(last);
        } else {
            gate.exit();
        }
        return 0;
    }

    private int wanted(int most) {
        int batch = gate.takesBatches() ? most : 1;
        Demand limit = demand;
        return limit == null ? batch : (int) Math.min(batch, limit.wanted());
    }

    /* Before the call, so that who asks from within it can send the answer along with the events. */
    private void note(Call call) {
        told = call.told();
        exact = call.exact();
        int events = call.events().size();
        if (call.kind() == Call.Kind.SYNCED) {
            joined = call.join();
        } else if (call.kind() == Call.Kind.RESET) {
            bus.startedOver(this);
        } else if (demand != null) {
            demand.take(events);
        }
        bus.counters().delivered(events);
    }

    private void finish(@Nullable Throwable thrown) {
        if (thrown != null) {
            bus.failed(this, thrown);
            if (options.endsOnError() && !gate.isClosed()) {
                tellEnd(CloseReason.LISTENER_FAILED);
                mailbox.clear();
                bus.closed(this);
                return;
            }
        }
        gate.exit();
    }

    private void tellEnd(CloseReason why) {
        Throwable thrown = gate.tellEnd(why);
        if (thrown != null) {
            bus.failed(this, thrown);
        }
    }

    @Override
    public void pause() {
        gate.pause();
    }

    @Override
    public void resume() {
        gate.resume();
        signal();
    }

    @Override
    public void request(long more) {
        if (more <= 0) {
            throw new IllegalArgumentException("more must be positive: " + more);
        }
        if (demand != null) {
            demand.add(more);
            signal();
        }
    }

    @Override
    public int lag() {
        return mailbox.size();
    }

    @Override
    public long revision() {
        return isJoined() ? at(told) : -1;
    }

    @Override
    public String resumeToken() {
        return bus.resumeToken(this, isJoined() ? at(exact) : -1);
    }

    /* The order of reading matters: a step that is left for this is counted as such before it is in the bus's revision. */
    private long at(long whileWaiting) {
        long dispatched = bus.revision();
        return mailbox.size() == 0 ? Math.max(dispatched, told) : whileWaiting;
    }

    @Override
    public void principal(Principal changed) {
        Access theirs = bus.access(requireNonNull(changed, "principal"));
        theirs.require(Scope.PRESENCES_READ);
        gate.hold();
        bus.changed(this, theirs);
    }

    @Override
    public void close() {
        if (gate.close(CloseReason.CLOSED)) {
            mailbox.clear();
            bus.closed(this);
        }
    }

    @Override
    public CompletionStage<CloseReason> closed() {
        return gate.ended();
    }
}
