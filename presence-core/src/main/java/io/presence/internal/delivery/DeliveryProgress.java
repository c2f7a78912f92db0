package io.presence.internal.delivery;

import io.presence.internal.store.Fields;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The revision up to which changes are delivered to a listener, and whether the listener is in sync.
 *
 * <p>A sync epoch begins with each start, reset or switch of principal of the subscription. It completes when the
 * listener is called with {@code onSynced}. Until then the listener is at no revision.
 *
 * <p><b>Threads.</b> {@link #beginSync}, {@link #startAt} and the matched revision by the dispatcher, {@link #record}
 * by the thread that is about to make the recorded call, the rest by any thread.
 */
class DeliveryProgress {

    private static final VarHandle POSITION = Fields.varHandle(MethodHandles.lookup(), "position", long.class);

    /* The JVM links a kind of call of a handle at the first one, which fails without memory. So it is made here. */
    static {
        POSITION.setRelease(new DeliveryProgress(), 0L);
    }

    private volatile int syncEpoch = 1;
    private volatile int syncedEpoch;
    /* The delivered revision, and in the lowest bit whether the listener is at it with every presence. */
    private volatile long position = position(-1, true);
    /*
     * The lower 32 bits of the last revision that matched, inverted until its change is delivered or enqueued. Beside
     * the position, which is written with it.
     */
    private int matchedAt = -1;

    private static long position(long revision, boolean isExact) {
        return revision << 1 | (isExact ? 1 : 0);
    }

    /** Returns the latest sync epoch. */
    final int syncEpoch() {
        return syncEpoch;
    }

    final boolean isSynced() {
        return syncedEpoch == syncEpoch;
    }

    /** Returns whether an epoch is the latest and complete. */
    final boolean isSynced(int epoch) {
        return syncedEpoch == epoch && syncEpoch == epoch;
    }

    final void beginSync() {
        int next = syncEpoch + 1;
        syncEpoch = next;
    }

    /** Records the revision of a change that matches and is about to be delivered. */
    final void matchingAt(long revision) {
        matchedAt = ~(int) revision;
    }

    /** Records the revision of a change that was matched, and delivered or enqueued. */
    final void matchedAt(long revision) {
        matchedAt = (int) revision;
    }

    /** Returns whether the change of a revision was matched, and delivered or enqueued. */
    final boolean isMatchedAt(long revision) {
        return matchedAt == (int) revision;
    }

    /** Returns whether the delivery of the change of a revision was interrupted. */
    final boolean isInterruptedAt(long revision) {
        return matchedAt == ~(int) revision;
    }

    /** Counts the visible presences at a revision as delivered, and completes the epoch. */
    final void startAt(long revision) {
        position = position(revision, true);
        syncedEpoch = syncEpoch;
    }

    /**
     * Counts a change as delivered before which none is pending. A release store is enough: it happens-before what the
     * listener publishes in the call, and this thread reads nothing later that depends on its visibility.
     */
    final void record(StateChange change) {
        POSITION.setRelease(this, position(change.revision(), true));
    }

    /** Counts a call as delivered that is about to be made. */
    final void record(ListenerCall call) {
        position = position(call.deliveredRevision(), call.exactRevision() == call.deliveredRevision());
        if (call.kind() == ListenerCall.Kind.SYNCED) {
            syncedEpoch = call.syncEpoch();
        }
    }

    /** Returns the revision up to which each change is delivered, while changes are pending. */
    final long deliveredRevision() {
        return position >> 1;
    }

    /**
     * Returns the revision that the listener is at with every presence, while changes are pending. It is -1 if the
     * listener is ahead with at least one presence.
     */
    final long exactRevision() {
        long seen = position;
        return (seen & 1) != 0 ? seen >> 1 : -1;
    }
}
