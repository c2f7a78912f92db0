package io.presence.internal.store;

import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The entries that writers have changed and the dispatcher has not looked at since: entries, not events, and each at
 * most once. So it can't outgrow the entries, writers never wait, and a burst on one presence collapses to its latest
 * state.
 *
 * <p><b>Order of accesses.</b> A writer first publishes its state, then sets the entry's mark by an atomic exchange, and
 * enqueues if it was clear. The dispatcher polls, clears the mark by a volatile write, and only then reads the state.
 * With one of the two pairs swapped or weakened, a state could be published between the dispatcher's read and its
 * clear, and would never be dispatched.
 *
 * <p><b>Threads.</b> {@link #offer} by any thread, the rest by the dispatcher.
 */
public final class DirtyQueue {

    private static final int CHUNK = 1024;

    private static final long NEVER = -1;

    private final MpscUnboundedVarHandleArrayQueue<Entry> queue = new MpscUnboundedVarHandleArrayQueue<>(CHUNK);
    private final Clocks clocks;
    private final Runnable wakeUp;
    private final Runnable coalesced;
    private volatile long behindSince = NEVER;

    /**
     * Makes an empty queue.
     *
     * @param clocks by which the lag of the dispatcher is measured
     * @param wakeUp called after each entry that was added
     */
    public DirtyQueue(Clocks clocks, Runnable wakeUp) {
        this(clocks, wakeUp, () -> {});
    }

    /**
     * Makes an empty queue.
     *
     * @param clocks by which the lag of the dispatcher is measured
     * @param wakeUp called after each entry that was added
     * @param coalesced called after each write to an entry that is in the queue already; must not throw
     */
    public DirtyQueue(Clocks clocks, Runnable wakeUp, Runnable coalesced) {
        this.clocks = clocks;
        this.wakeUp = wakeUp;
        this.coalesced = coalesced;
    }

    /** Adds an entry that has changed, unless it waits already. */
    void offer(Entry entry) {
        if (entry.markDirty()) {
            if (behindSince == NEVER) {
                behindSince = clocks.now();
            }
            queue.offer(entry);
            wakeUp.run();
        } else {
            coalesced.run();
        }
    }

    /**
     * Takes the next entry and clears its mark. Never waits, not even for a writer that was stopped half-way through
     * {@link #offer}.
     *
     * @return null if there is none yet
     */
    public @Nullable Entry poll() {
        Entry entry = queue.relaxedPoll();
        if (entry != null) {
            entry.clearDirty();
        }
        return entry;
    }

    /**
     * Notes that everything has been taken.
     *
     * @return how long something had not been, in nanoseconds; negative if nothing was measured.
     */
    public long caughtUp() {
        long since = behindSince;
        if (since == NEVER) {
            return NEVER;
        }
        behindSince = NEVER;
        return Math.max(0, clocks.now() - since);
    }

    /** Returns since when something has not been taken, by the store's clock; negative if all is. By any thread. */
    public long behindSince() {
        return behindSince;
    }

    /** Tells whether no writer has begun to add an entry that is not taken. */
    public boolean isEmpty() {
        return queue.isEmpty();
    }

    /** How many entries wait, about. */
    public int size() {
        return queue.size();
    }

    /** The number of entries that were ever added. */
    public long added() {
        return queue.currentProducerIndex();
    }

    /** The number of entries that were ever taken. */
    public long taken() {
        return queue.currentConsumerIndex();
    }
}
