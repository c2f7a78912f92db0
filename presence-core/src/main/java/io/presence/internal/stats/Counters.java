package io.presence.internal.stats;

import io.presence.PresenceStats;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters of a store.
 *
 * <p><b>Threads.</b> Any, except that only the dispatcher records lag, lateness and inline deliveries.
 */
public final class Counters {

    /** The dispatch lag, and the lateness of an expiry, from which on they are recorded as events. */
    public static final long LATE_NANOS = 100_000_000;

    private final LongAdder delivered = new LongAdder();
    private final AtomicLong deliveredInline = new AtomicLong();
    private final LongAdder coalesced = new LongAdder();
    private final LongAdder conflated = new LongAdder();
    private final LongAdder cancelledOut = new LongAdder();
    private final LongAdder deferred = new LongAdder();
    private final LongAdder resets = new LongAdder();
    private final LongAdder listenerErrors = new LongAdder();
    private final LongAdder executorRejections = new LongAdder();
    private final LongAdder lists = new LongAdder();
    private final LongAdder fullScans = new LongAdder();
    private final LongAdder examined = new LongAdder();
    private final LongAdder scanned = new LongAdder();
    private final Histogram dispatchLag = new Histogram();
    private final Histogram expiryLateness = new Histogram();
    private final EventRecorder events;

    /** Creates counters without events. */
    public Counters() {
        this.events = EventRecorder.NONE;
    }

    /**
     * Creates counters whose store records events.
     *
     * @param store the name of the store
     */
    public Counters(String store) {
        this.events = EventRecorder.of(store);
    }

    /* Does not throw: what is counted has happened. */
    private static void add(LongAdder counter, long number) {
        try {
            counter.add(number);
        } catch (OutOfMemoryError e) {
            /* The adder could not allocate another cell, so the number is missing. */
            Thread.onSpinWait();
        }
    }

    /** Counts events that were delivered to a listener. */
    public void delivered(long events) {
        add(delivered, events);
    }

    /** Counts one event that the dispatcher delivered inline, without an atomic addition. */
    public void deliveredInline() {
        deliveredInline.setRelease(deliveredInline.getPlain() + 1);
    }

    /** Counts a write without a dispatched change of its own. */
    public void coalesced() {
        add(coalesced, 1);
    }

    /** Counts a pending event that was conflated with another. */
    public void conflated() {
        add(conflated, 1);
    }

    /** Counts a pending ENTER that an EXIT cancelled out. */
    public void cancelledOut() {
        add(cancelledOut, 1);
    }

    /** Counts a change whose filter the draining thread evaluates. */
    public void deferred() {
        add(deferred, 1);
    }

    /** Returns the number of changes whose filters draining threads evaluate. */
    public long deferredSum() {
        return deferred.sum();
    }

    /** Counts a reset of a subscription. */
    public void reset() {
        add(resets, 1);
    }

    /** Returns whether {@link #recordReset} has an effect. */
    public boolean isResetRecorded() {
        return events.isResetRecorded();
    }

    /** Records a reset as an event. */
    public void recordReset(String subscription) {
        events.reset(subscription);
    }

    /** Returns whether {@link #recordConflation} has an effect. */
    public boolean isConflationRecorded() {
        return events.isConflationRecorded();
    }

    /** Records as an event that a listener was called after a number of changes were conflated. */
    public void recordConflation(String subscription, int changes) {
        events.conflated(subscription, changes);
    }

    /** Counts a call to a listener that threw. */
    public void listenerError() {
        add(listenerErrors, 1);
    }

    /** Counts an executor rejection. */
    public void executorRejection() {
        add(executorRejections, 1);
    }

    /**
     * Counts a list or count.
     *
     * @param isFullScan whether it examined all presences because no index served it
     * @param presences the number of presences that it examined
     */
    public void listed(boolean isFullScan, long presences) {
        add(lists, 1);
        add(examined, presences);
        if (isFullScan) {
            add(fullScans, 1);
            add(scanned, presences);
        }
    }

    /** Measures the dispatch lag of the oldest write, when all are dispatched. By the dispatcher. */
    public void dispatched(long lagNanos, long now) {
        dispatchLag.record(lagNanos, now);
        if (lagNanos >= LATE_NANOS) {
            events.dispatchStalled(lagNanos);
        }
    }

    /** Measures the delay of the dispatch of an expiry after its deadline. By the dispatcher. */
    public void expired(String presenceId, long lateNanos, long now) {
        expiryLateness.record(lateNanos, now);
        if (lateNanos >= LATE_NANOS) {
            events.expiredLate(presenceId, lateNanos);
        }
    }

    /**
     * Returns the counters, together with the numbers that are not counted here.
     *
     * @param now the time since the store was built
     */
    public PresenceStats toStats(
            long presences, long subscriptions, long sessions, long events, long queued, long now) {
        return PresenceStats.builder()
                .presences(presences)
                .subscriptions(subscriptions)
                .sessions(sessions)
                .events(events)
                .coalesced(coalesced.sum())
                .delivered(delivered.sum() + deliveredInline.getAcquire())
                .conflated(conflated.sum())
                .cancelledOut(cancelledOut.sum())
                .deferred(deferred.sum())
                .resets(resets.sum())
                .listenerErrors(listenerErrors.sum())
                .executorRejections(executorRejections.sum())
                .queued(queued)
                .lists(lists())
                .dispatchLag(dispatchLag.snapshot(now))
                .expiryLateness(expiryLateness.snapshot(now))
                .build();
    }

    /* The parts first: each is at most its whole. */
    private PresenceStats.Lists lists() {
        long ofScans = scanned.sum();
        long full = fullScans.sum();
        return new PresenceStats.Lists(Math.max(full, lists.sum()), full, Math.max(ofScans, examined.sum()), ofScans);
    }
}
