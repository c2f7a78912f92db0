package io.presence.internal;

import io.presence.internal.dispatch.CloseDeadline;
import io.presence.internal.dispatch.DutyCycle;
import io.presence.internal.dispatch.DutyCycleRunner;
import io.presence.internal.dispatch.ListenerThreads;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.stats.FailureLog.Kind;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.subscription.Subscriptions;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The close of a store. Each thread that calls {@code close} waits until all subscriptions have ended, up to the
 * deadline that the first call has set. Then it ends them itself, so that no listener is called after it has returned.
 * A thread within a call of the store would wait for itself, so it does not wait, and the dispatcher closes the store
 * in its place. A thread outside a call, but on which an executor of the host is known to run listeners, waits for all
 * subscriptions except those on that executor.
 *
 * <p><b>Threads.</b> Safe for use by any thread. Nothing is interrupted.
 */
final class Closing {

    private final PresenceTable table;
    private final List<Subscriptions> subscriptions;
    private final DutyCycle cycle;
    private final @Nullable ListenerThreads listeners;
    private final CloseDeadline deadline;
    private final FailureLog failures;
    /* Guarded by this: the number of undelivered changes that was last logged, and whether a timeout was logged. */
    private long reportedChanges;
    private boolean isLateReported;

    Closing(
            PresenceTable table,
            List<Subscriptions> subscriptions,
            DutyCycle cycle,
            @Nullable ListenerThreads listeners,
            CloseDeadline deadline,
            FailureLog failures) {
        this.table = table;
        this.subscriptions = subscriptions;
        this.cycle = cycle;
        this.listeners = listeners;
        this.deadline = deadline;
        this.failures = failures;
    }

    /** Closes the store, by any thread. */
    void close(DutyCycleRunner runner) {
        Thread caller = Thread.currentThread();
        boolean isReentrant =
                runner.isDrivenBy(caller) || subscriptions.stream().anyMatch(each -> each.isCalledBy(caller));
        table.close();
        deadline.start();
        runner.close();
        if (!isReentrant) {
            await(runner.ended());
            conclude(
                    runner.ended().isDone()
                            ? all(each -> each.allEndedExceptOn(caller))
                            : all(Subscriptions::allEnded));
        }
    }

    /** Waits until the last call has ended, or until the deadline. No call starts afterwards. */
    void conclude() {
        conclude(all(Subscriptions::allEnded));
    }

    private CompletableFuture<Void> all(Function<Subscriptions, CompletableFuture<Void>> end) {
        return CompletableFuture.allOf(subscriptions.stream().map(end).toArray(CompletableFuture<?>[]::new));
    }

    private long sum(ToLongFunction<Subscriptions> number) {
        return subscriptions.stream().mapToLong(number).sum();
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

    /* Logs once for a timeout, and once for each number of changes. */
    private synchronized void report(boolean isInTime) {
        long changes = sum(Subscriptions::undeliveredChanges);
        if (changes <= reportedChanges && (isInTime || isLateReported)) {
            return;
        }
        reportedChanges = changes;
        isLateReported |= !isInTime;
        failures.report(
                Kind.CLOSE,
                Level.WARNING,
                () -> (isInTime ? "close() has ended" : "close() has timed out")
                        + ", subscriptions with undelivered changes: " + sum(Subscriptions::undeliveredSubscriptions)
                        + ", undelivered changes: " + changes
                        + ", presences with an undispatched write: " + cycle.undispatched(),
                null);
    }

    /* An interrupt does not shorten the wait, which is bounded: pending changes are delivered all the same. */
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
                throw new IllegalStateException("the end of the subscriptions must not fail: " + e.getCause(), e);
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
