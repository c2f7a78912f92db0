package io.presence.internal.subscription;

import io.presence.internal.delivery.DrainWatch;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.ReliableExecutor;
import io.presence.internal.delivery.Reminders;
import io.presence.internal.stats.Counters;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.stats.FailureLog.Kind;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.function.ObjIntConsumer;

/**
 * Failures on the way to listeners: each is counted, logged at most once a second, and put right in a later round.
 *
 * <p><b>Cost.</b> A round visits the subscriptions to which something happened since the last round, and looks after
 * the turns that executors have.
 *
 * <p><b>Threads.</b> {@link #advance} and {@link #idleNanos} by the dispatcher, the rest by any thread. None throws.
 */
final class DeliveryRecovery {

    private final FailureLog failures;
    private final Counters counters;
    private final Runnable wakeUp;
    private final ObjIntConsumer<LiveSubscription> repairs;
    private final Reminders reminders = new Reminders();
    private final DrainWatch watch = new DrainWatch();
    private final Reminders.Visitor visitor = this::recover;
    private long now;
    private int work;

    /**
     * Starts with nothing to look after.
     *
     * @param repairs handles the reasons of {@link Reminders} that concern the dispatcher's own structures
     */
    DeliveryRecovery(
            FailureLog failures, Counters counters, Runnable wakeUp, ObjIntConsumer<LiveSubscription> repairs) {
        this.failures = failures;
        this.counters = counters;
        this.wakeUp = wakeUp;
        this.repairs = repairs;
    }

    /** Has the dispatcher look at a subscription again, for reasons of {@link Reminders}. */
    void remind(LiveSubscription subscription, int reasons) {
        reminders.add(subscription, reasons);
        wakeUp.run();
    }

    void watch(LiveSubscription subscription, Executor executor) {
        if (!subscription.isWatched() && !(executor instanceof ReliableExecutor)) {
            reminders.add(subscription, Reminders.WATCH);
        }
    }

    void executorRejected(LiveSubscription subscription, Throwable refusal) {
        remind(subscription, Reminders.RETRY);
        try {
            counters.executorRejection();
            failures.report(
                    Kind.EXECUTOR,
                    Level.WARNING,
                    () -> "an executor refused a turn, its " + subscription.description() + " goes on and tries again",
                    refusal);
        } catch (Throwable unreportable) {
            /* There is no memory to report it with. */
        }
    }

    void overdue(LiveSubscription subscription, long nanos) {
        try {
            failures.report(
                    Kind.EXECUTOR,
                    Level.WARNING,
                    () -> "an executor did not begin a turn within " + nanos / 1_000_000 + " ms, its "
                            + subscription.description() + " goes on and the turn is submitted again",
                    null);
        } catch (Throwable unreportable) {
            /* There is no memory to report it with. */
        }
    }

    void drainFailed(LiveSubscription subscription, boolean hasLost, Throwable failure) {
        remind(subscription, hasLost ? Reminders.START_OVER : Reminders.RETRY);
        report(subscription, hasLost ? " starts over" : " goes on", failure);
    }

    void report(LiveSubscription subscription, String outcome, Throwable failure) {
        try {
            failures.report(
                    Kind.DELIVERY,
                    Level.ERROR,
                    () -> "delivery failed, its " + subscription.description() + outcome,
                    failure);
        } catch (Throwable unreportable) {
            /* There is no memory to report it with. */
        }
    }

    void lost(LiveSubscription subscription) {
        try {
            failures.report(
                    Kind.LOSS,
                    Level.ERROR,
                    () -> "changes were lost, the listener of " + subscription.description()
                            + " can't be informed and receives what follows",
                    null);
        } catch (Throwable unreportable) {
            /* There is no memory to report it with. */
        }
    }

    void commandFailed(Throwable failure) {
        try {
            failures.report(Kind.COMMAND, Level.ERROR, () -> "a command failed, the others go on", failure);
        } catch (Throwable unreportable) {
            /* There is no memory to report it with. */
        }
    }

    /**
     * Looks again at what is due.
     *
     * @param time the store's clock
     * @return how much was repaired; what is tried again, or looked at, does not count
     */
    int advance(long time) {
        now = time;
        work = 0;
        reminders.takeAll(visitor);
        watch.advance(time);
        return work;
    }

    private void recover(LiveSubscription subscription, int reasons) {
        try {
            int own = reasons & (Reminders.FORGET | Reminders.END | Reminders.START_OVER | Reminders.SNAPSHOT);
            if (own != 0) {
                repairs.accept(subscription, own);
                work++;
            }
            if ((reasons & Reminders.WATCH) != 0) {
                watch.add(subscription, now);
            }
            if ((reasons & Reminders.RETRY) != 0 && subscription.isOpen()) {
                subscription.signal();
            }
        } catch (Throwable failure) {
            reminders.add(subscription, reasons);
            report(subscription, " is tried again", failure);
        }
    }

    /** Tells whether there is something to look at again that was not looked at in the last round. */
    boolean hasReminders() {
        return !reminders.isEmpty();
    }

    /** Returns how long no turn needs to be looked at. */
    long idleNanos(long time) {
        return watch.idleNanos(time);
    }
}
