package io.presence.internal.stats;

import io.presence.PresenceStats;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a store counts.
 *
 * <p><b>Threads.</b> Any, except that only the dispatcher records lag, lateness and what is delivered at once.
 */
public final class Counters {

    private final LongAdder delivered = new LongAdder();
    private final AtomicLong deliveredInline = new AtomicLong();
    private final LongAdder coalesced = new LongAdder();
    private final LongAdder conflated = new LongAdder();
    private final LongAdder cancelledOut = new LongAdder();
    private final LongAdder deferred = new LongAdder();
    private final LongAdder resets = new LongAdder();
    private final LongAdder listenerErrors = new LongAdder();
    private final LongAdder executorRejections = new LongAdder();
    private final Histogram dispatchLag = new Histogram();
    private final Histogram expiryLateness = new Histogram();

    /** Counts events that were handed to a listener. */
    public void delivered(long events) {
        delivered.add(events);
    }

    /** As {@link #delivered} of one event, but by the dispatcher, which then does not pay for an atomic addition. */
    public void deliveredInline() {
        deliveredInline.setRelease(deliveredInline.getPlain() + 1);
    }

    /** Counts a write that no change of its own was dispatched for. Does not throw: the write has taken effect. */
    public void coalesced() {
        try {
            coalesced.increment();
        } catch (OutOfMemoryError e) {
            /* It wanted another cell. One write is not counted. */
            Thread.onSpinWait();
        }
    }

    /** Counts an event that waited and became part of another. */
    public void conflated() {
        conflated.increment();
    }

    /** Counts a presence that came and went before a listener was told. */
    public void cancelledOut() {
        cancelledOut.increment();
    }

    /** Counts a change that was left to the draining thread to evaluate. */
    public void deferred() {
        deferred.increment();
    }

    /** Returns how many changes were left to draining threads to evaluate. */
    public long deferredSum() {
        return deferred.sum();
    }

    /** Counts a subscription that starts over. */
    public void reset() {
        resets.increment();
    }

    /** Counts a call to a listener that threw. */
    public void listenerError() {
        listenerErrors.increment();
    }

    /** Counts an executor's refusal to run a subscription. */
    public void executorRejection() {
        executorRejections.increment();
    }

    /** Returns where the dispatcher records how long it took to catch up. */
    public Histogram dispatchLag() {
        return dispatchLag;
    }

    /** Returns where the dispatcher records how long after their deadlines lives ended. */
    public Histogram expiryLateness() {
        return expiryLateness;
    }

    /** Returns the counters, and with them what is not counted here. */
    public PresenceStats toStats(long presences, long subscriptions, long events, long queued) {
        return PresenceStats.builder()
                .presences(presences)
                .subscriptions(subscriptions)
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
                .dispatchLag(dispatchLag.snapshot())
                .expiryLateness(expiryLateness.snapshot())
                .build();
    }
}
