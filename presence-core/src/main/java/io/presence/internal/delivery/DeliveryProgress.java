package io.presence.internal.delivery;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How far a listener has been told, and whether it is in sync.
 *
 * <p>Whenever a subscription starts, or starts over, a join begins; it is complete when the listener is told to be in sync.
 * Until then it is at no revision.
 *
 * <p><b>Threads.</b> {@link #beginSync} and {@link #startAt} by the dispatcher, {@link #record} by who is to make the call that is
 * noted, the rest by any thread.
 */
final class DeliveryProgress {

    private static final VarHandle REACHED;

    static {
        try {
            REACHED = MethodHandles.lookup().findVarHandle(DeliveryProgress.class, "reached", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int join = 1;
    private volatile int joined;
    /* The revision up to which all is told, and in the lowest bit whether the listener is at it with every presence. */
    private volatile long reached = reached(-1, true);

    private static long reached(long told, boolean isExact) {
        return told << 1 | (isExact ? 1 : 0);
    }

    /** The number of the join that has begun last. */
    public int syncEpoch() {
        return join;
    }

    public boolean isSynced() {
        return joined == join;
    }

    /** Tells whether one join is the last that has begun, and complete. */
    public boolean isSynced(int which) {
        return joined == which && join == which;
    }

    public void beginSync() {
        int following = join + 1;
        join = following;
    }

    /** Counts what there is at a revision as told. */
    public void startAt(long revision) {
        reached = reached(revision, true);
        joined = join;
    }

    /**
     * Counts a step that nothing waited before as told. Nothing that the same thread reads later depends on who has seen
     * it, so it need not wait until all have: who sees what the listener does sees this, and the end of the call publishes it.
     */
    public void record(StateChange step) {
        REACHED.setRelease(this, reached(step.revision(), true));
    }

    /** Counts as told what a call is about to tell. */
    public void record(ListenerCall call) {
        reached = reached(call.deliveredRevision(), call.exact() == call.deliveredRevision());
        if (call.kind() == ListenerCall.Kind.SYNCED) {
            joined = call.syncEpoch();
        }
    }

    /** The revision up to which all is told, while something waits. */
    public long deliveredRevision() {
        return reached >> 1;
    }

    /** The revision that the listener is at with every presence, while something waits; -1 if it is ahead with some. */
    public long exact() {
        long seen = reached;
        return (seen & 1) != 0 ? seen >> 1 : -1;
    }
}
