package io.presence.internal.subscription;

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
 * Recovery from failures of delivery: each is counted, logged at most once a second, and repaired in a later duty
 * cycle.
 *
 * <p><b>Cost.</b> A duty cycle visits the subscriptions that failed since the last one, and checks the drains of
 * executors.
 *
 * <p><b>Threads.</b> {@link #advance} and {@link #idleNanos} by the dispatcher, the rest by any thread. No method
 * throws.
 */
final class DeliveryRecovery {

    private static final String RESET = FailureLog.text(" is reset");
    private static final String AGAIN = FailureLog.text(" is recovered again");
    private static final String DELIVERY_FAILED = FailureLog.text("delivery failed, ");
    private static final String REJECTED = FailureLog.text("executor rejected a drain, which is retried: ");
    private static final String LOST =
            FailureLog.text("changes were lost, the listener does not support resets and continues: ");
    private static final String COMMAND_FAILED = FailureLog.text("a command failed, the others continue");

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
     * Creates a recovery with nothing to repair.
     *
     * @param repairs handles the reasons of {@link Reminders} that concern the structures of the dispatcher
     */
    DeliveryRecovery(
            FailureLog failures, Counters counters, Runnable wakeUp, ObjIntConsumer<LiveSubscription> repairs) {
        this.failures = failures;
        this.counters = counters;
        this.wakeUp = wakeUp;
        this.repairs = repairs;
    }

    /** Requests that the dispatcher recovers a subscription, for reasons of {@link Reminders}. */
    void remind(LiveSubscription subscription, int reasons) {
        reminders.add(subscription, reasons);
        wakeUp.run();
    }

    void watch(LiveSubscription subscription, Executor executor) {
        if (!subscription.isWatched() && !(executor instanceof ReliableExecutor)) {
            reminders.add(subscription, Reminders.WATCH);
        }
    }

    void executorRejected(LiveSubscription subscription, Throwable rejection) {
        remind(subscription, Reminders.RETRY);
        counters.executorRejection();
        failures.report(Kind.EXECUTOR, Level.WARNING, REJECTED, subscription, FailureLog.NOTHING, rejection);
    }

    void overdue(LiveSubscription subscription, long nanos) {
        try {
            failures.report(
                    Kind.EXECUTOR,
                    Level.WARNING,
                    () -> "executor has not begun a drain within " + nanos / 1_000_000 + " ms, it is submitted again: "
                            + subscription.description(),
                    null);
        } catch (Throwable unreportable) {
            /* There is no memory to report it with. */
        }
    }

    void drainFailed(LiveSubscription subscription, boolean hasLost, Throwable failure) {
        remind(subscription, hasLost ? Reminders.RESET : Reminders.RETRY);
        report(subscription, hasLost ? RESET : FailureLog.CONTINUES, failure);
    }

    void report(LiveSubscription subscription, String outcome, Throwable failure) {
        failures.report(Kind.DELIVERY, Level.ERROR, DELIVERY_FAILED, subscription, outcome, failure);
    }

    void lost(LiveSubscription subscription) {
        failures.report(Kind.LOSS, Level.ERROR, LOST, subscription, FailureLog.NOTHING, null);
    }

    void commandFailed(Throwable failure) {
        failures.report(Kind.COMMAND, Level.ERROR, COMMAND_FAILED, failure);
    }

    /**
     * Recovers the reminded subscriptions, and checks drains that are due.
     *
     * @param time the value of the clock of the store
     * @return the number of repairs; retries and checks do not count
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
            int own = reasons & (Reminders.FORGET | Reminders.END | Reminders.RESET | Reminders.SNAPSHOT);
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
            report(subscription, AGAIN, failure);
        }
    }

    /** Returns whether a subscription was reminded since the last duty cycle. */
    boolean hasReminders() {
        return !reminders.isEmpty();
    }

    /** Returns the nanoseconds until a drain must be checked. */
    long idleNanos(long time) {
        return watch.idleNanos(time);
    }
}
