package io.presence.internal.deliver;

import io.presence.PresenceListener;
import io.presence.Subscription.CloseReason;
import io.presence.Subscription.Options;
import io.presence.internal.mailbox.Call;
import io.presence.internal.mailbox.Mailbox;
import io.presence.internal.mailbox.Step;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How one listener is told: what is left in its mailbox is taken out and told by its executor, in turns. The executor of a
 * direct one is the dispatcher, which tells it a step at once if nothing waits and it may be called.
 *
 * <p>Every call goes the same way: through the gate, so that it is the only one; then out of the mailbox, so that what is
 * taken is told; then to the listener. What it throws is reported.
 *
 * <p><b>Threads.</b> {@link #tellAtOnce} and {@link #end} by the dispatcher, {@link #takeTurns} by the executor, the rest by
 * any thread.
 */
final class Delivery {

    private final Bus bus;
    private final LiveSubscription subscription;
    private final ListenerGate gate;
    private final Mailbox mailbox;
    private final Progress progress;
    /* Null for no end of demand. */
    private final @Nullable Demand demand;
    private volatile @Nullable CloseReason ending;

    /** Makes the delivery of a subscription that nobody calls yet. */
    Delivery(Bus bus, LiveSubscription subscription, Mailbox mailbox, Progress progress, PresenceListener listener) {
        this.bus = bus;
        this.subscription = subscription;
        this.gate = new ListenerGate(listener);
        this.mailbox = mailbox;
        this.progress = progress;
        long initial = subscription.options().initialDemand();
        this.demand = initial == Long.MAX_VALUE ? null : new Demand(initial);
    }

    ListenerGate gate() {
        return gate;
    }

    private boolean isDirect() {
        return ownExecutor() == null;
    }

    /* Null for the dispatcher. */
    private @Nullable Executor ownExecutor() {
        Options options = subscription.options();
        Executor named = options.executor();
        return named != null || options.onDispatcher() ? named : bus.defaultExecutor();
    }

    /** Tells a direct listener a step. False if it is not direct, something waits, or it may not be called. */
    boolean tellAtOnce(Step step, boolean seesBefore, boolean seesAfter) {
        if (!isDirect() || !mailbox.isEmpty() || !isWanted() || !gate.enter()) {
            return false;
        }
        take(1);
        progress.note(step);
        bus.counters().deliveredAtOnce();
        finish(gate.tell(step.eventFor(subscription.channel().action(), subscription.access(), seesBefore, seesAfter)));
        return true;
    }

    /** Has what was left told, unless that must wait for who lets calls start or wants more events. By the dispatcher. */
    void stir() {
        if (gate.isPassable() && isWanted()) {
            signalInPlace();
        }
    }

    /** As {@link #signal}, but by the dispatcher, which takes the turn of a direct listener itself. */
    void signalInPlace() {
        if (mailbox.signal()) {
            if (isDirect()) {
                takeTurns();
            } else {
                schedule();
            }
        }
    }

    /** Has a turn taken, unless one is about to be, or no call can start any more. */
    void signal() {
        if (!gate.isClosed() && mailbox.signal()) {
            schedule();
        }
    }

    private void schedule() {
        try {
            executor().execute(new Turn(this));
        } catch (Throwable refusal) {
            refused();
        }
    }

    private void refused() {
        mailbox.abandon();
        bus.counters().rejected();
        bus.refused(subscription);
    }

    private Executor executor() {
        Executor own = ownExecutor();
        return own == null ? bus.dispatcher() : own;
    }

    /** Takes turns until there is nothing to tell, or the executor has the next one. */
    void takeTurns() {
        mailbox.begin();
        while (true) {
            boolean isOver = !takeTurn();
            subscription.turnTaken();
            if (isOver ? mailbox.end() : !isLeftTheNextTurn()) {
                return;
            }
        }
    }

    /** Makes calls until there is nothing to tell: false; or as much was told as is fair: true. */
    private boolean takeTurn() {
        int left = subscription.options().batchLimit();
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
        mailbox.follow();
        try {
            if (!new Turn(this).isLeftBy(executor())) {
                return false;
            }
        } catch (Throwable refusal) {
            refused();
            return false;
        }
        mailbox.begin();
        return true;
    }

    /** Makes the next call. Returns how many events it told, 1 for a signal, 0 if there is nothing to tell. */
    private int call(int most) {
        if (!gate.enter()) {
            /* Who closed it could not drop what was held here just then. */
            if (gate.isClosed()) {
                mailbox.clear();
            }
            return 0;
        }
        CloseReason last = ending;
        Call call = mailbox.take(wanted(most), subscription.channel().action(), subscription);
        if (call != null && !call.isToListener()) {
            return decided(call, most, last);
        }
        if (call != null) {
            note(call);
            finish(gate.tell(call));
            return Math.max(1, call.events().size());
        }
        /* The dispatcher leaves nothing after it has said that this is the end, and answers no requests. */
        if (last != null && (mailbox.isEmpty() || isDirect())) {
            tellEnd(last);
            mailbox.clear();
        } else {
            gate.exit();
        }
        return 0;
    }

    /* Nothing came of what was open, or it has to wait: on an executor until others had their turn. */
    private int decided(Call call, int most, @Nullable CloseReason last) {
        progress.note(call);
        if (call.kind() == Call.Kind.DECIDED) {
            gate.exit();
            return 1;
        }
        if (!bus.isDispatcher()) {
            gate.exit();
            return most;
        }
        if (last != null) {
            /* There are no more rounds. */
            tellEnd(last);
            mailbox.clear();
        } else {
            gate.exit();
            bus.putOff(subscription);
        }
        return 0;
    }

    private boolean isWanted() {
        return demand == null || demand.wanted() > 0;
    }

    private int wanted(int most) {
        int batch = gate.takesBatches() ? most : 1;
        return demand == null ? batch : (int) Math.min(batch, demand.wanted());
    }

    private void take(int events) {
        if (demand != null) {
            demand.take(events);
        }
    }

    /** Lets more events be told. */
    void request(long more) {
        if (demand != null) {
            demand.add(more);
            signal();
        }
    }

    /* Before the call, so that who asks from within it can send the answer along with the events. */
    private void note(Call call) {
        progress.note(call);
        take(call.events().size());
        bus.counters().delivered(call.events().size());
        if (call.kind() == Call.Kind.RESET) {
            bus.startedOver(subscription);
        }
    }

    private void finish(@Nullable Throwable thrown) {
        if (thrown != null) {
            bus.failed(subscription, thrown);
            if (subscription.options().endsOnError() && !gate.isClosed()) {
                tellEnd(CloseReason.LISTENER_FAILED);
                mailbox.clear();
                bus.closed(subscription);
                return;
            }
        }
        gate.exit();
    }

    private void tellEnd(CloseReason why) {
        Throwable thrown = gate.tellEnd(why);
        if (thrown != null) {
            bus.failed(subscription, thrown);
        }
    }

    /** Has what waits told, then the end. At once, and without telling it, if no call may start. */
    void end(CloseReason why) {
        ending = why;
        if (gate.isPassable()) {
            /* In place: who ends one that it has made too late finds no dispatcher any more. */
            signalInPlace();
        } else {
            close(why);
        }
    }

    /** Ends it whatever waits. False if it was ended before. */
    boolean close(CloseReason why) {
        boolean isFirst = gate.close(why);
        if (isFirst) {
            mailbox.clear();
        }
        return isFirst;
    }

    CompletionStage<CloseReason> ended() {
        return gate.ended();
    }
}
