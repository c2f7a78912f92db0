package io.presence.bench.soak;

import io.presence.PresenceStats;
import io.presence.PresenceStore;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits until a store whose writers and clock are stopped has nothing left to dispatch and to deliver. */
final class Quiet {

    private static final long WAIT_SECONDS = 120;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private Quiet() {}

    /** Waits for the ends that are due, and then for the delivery of everything. */
    static void await(PresenceStore store, String when, Findings findings) {
        try {
            store.flush().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
            boolean hasEnded = poll(() -> store.stats().presences() == store.count());
            findings.require(
                    hasEnded,
                    "presences in memory " + when + " must be those that have not ended, " + store.count() + ": "
                            + store.stats().presences());
            store.delivered().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            findings.add("delivery " + when + " must be complete in " + WAIT_SECONDS + " s: " + store.stats());
        } catch (ExecutionException | InterruptedException e) {
            findings.add("delivery " + when + " must be complete: " + e);
        }
        PresenceStats stats = store.stats();
        findings.requireEqual("changes queued " + when, 0, stats.queued());
        findings.requireEqual("rejections of executors", 0, stats.executorRejections());
        findings.require(store.health().isDispatching(), "the store must dispatch " + when);
    }

    /** Polls a condition for two minutes, and returns whether it holds. */
    static boolean poll(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }
}
