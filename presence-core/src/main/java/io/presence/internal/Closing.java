package io.presence.internal;

import io.presence.internal.dispatch.CloseDeadline;
import io.presence.internal.dispatch.DutyCycle;
import io.presence.internal.dispatch.DutyCycleRunner;
import io.presence.internal.dispatch.ListenerThreads;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.stats.FailureLog.Kind;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.subscription.Subscriptions;
import io.presence.internal.subscription.UndeliveredCounts;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The end of a store. Each thread that closes waits until all subscriptions have ended, but no longer than the deadline
 * that the first one has set; then it ends them itself, so that no call starts after it has returned. A thread that is
 * in a call of the store, and so would wait for itself, does not wait: the dispatcher does it in its place. A thread
 * that is not in a call, but on which an executor of the host is known to run listeners, waits for all subscriptions
 * except those on that executor.
 *
 * <p><b>Threads.</b> Safe for use by any thread. Nothing is interrupted.
 */
final class Closing {

    private final PresenceTable entries;
    private final Subscriptions subscriptions;
    private final DutyCycle cycle;
    private final @Nullable ListenerThreads listeners;
    private final CloseDeadline deadline;
    private final FailureLog failures;
    /* Guarded by this: the number of changes that was logged last, and whether a timeout was. */
    private long reported;
    private boolean isLateReported;

    Closing(
            PresenceTable entries,
            Subscriptions subscriptions,
            DutyCycle cycle,
            @Nullable ListenerThreads listeners,
            CloseDeadline deadline,
            FailureLog failures) {
        this.entries = entries;
        this.subscriptions = subscriptions;
        this.cycle = cycle;
        this.listeners = listeners;
        this.deadline = deadline;
        this.failures = failures;
    }

    /** Closes the store, by any thread. */
    void close(DutyCycleRunner drive) {
        Thread caller = Thread.currentThread();
        boolean isWithin = drive.isDrivenBy(caller) || subscriptions.isCalledBy(caller);
        entries.close();
        deadline.start();
        drive.close();
        if (!isWithin) {
            await(drive.ended());
            conclude(drive.ended().isDone() ? subscriptions.allEndedExceptOn(caller) : subscriptions.allEnded());
        }
    }

    /** Waits until the last call has ended, or until the deadline, and then lets no call start any more. */
    void conclude() {
        conclude(subscriptions.allEnded());
    }

    private void conclude(CompletableFuture<Void> end) {
        await(end);
        boolean isInTime = end.isDone();
        if (!isInTime) {
            cycle.abandon();
        }
        report(isInTime);
        if (listeners != null) {
            listeners.close();
            if (isInTime) {
                listeners.awaitEnd(Duration.ofNanos(deadline.remainingNanos()));
            }
        }
    }

    /* Once for the time, and once for each number of changes. */
    private synchronized void report(boolean isInTime) {
        UndeliveredCounts undelivered = subscriptions.undelivered();
        long changes = undelivered.changes();
        if (changes <= reported && (isInTime || isLateReported)) {
            return;
        }
        reported = changes;
        isLateReported |= !isInTime;
        failures.report(
                Kind.CLOSE,
                Level.WARNING,
                () -> (isInTime ? "close() has ended" : "close() has timed out")
                        + ", subscriptions that ended with changes pending: " + undelivered.subscriptions()
                        + ", changes that are not delivered to them: " + changes
                        + ", presences whose last write is not dispatched: " + cycle.undispatched(),
                null);
    }

    /* An interrupt does not shorten the wait, which is bounded: what was written is to be delivered all the same. */
    private void await(CompletableFuture<Void> end) {
        boolean isInterrupted = false;
        while (!end.isDone()) {
            try {
                end.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                isInterrupted = true;
            } catch (TimeoutException e) {
                break;
            } catch (ExecutionException e) {
                throw new IllegalStateException("the end of a store must not fail: " + e.getCause(), e);
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
