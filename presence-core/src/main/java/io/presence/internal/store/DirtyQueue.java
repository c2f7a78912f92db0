package io.presence.internal.store;

import java.util.Iterator;
import java.util.function.Supplier;
import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The entries that writers have changed and the dispatcher has not looked at since: entries, not events, and each at
 * most once. So it can't outgrow the entries, writers never wait, and a burst on one presence collapses to its latest
 * state.
 *
 * <p><b>Order of accesses.</b> A writer first publishes its state, then sets the entry's mark by an atomic exchange,
 * and enqueues if it was clear. The dispatcher polls, clears the mark by a volatile write, and only then reads the
 * state. With one of the two pairs swapped or weakened, a state could be published between the dispatcher's read and
 * its clear, and would never be dispatched.
 *
 * <p><b>What is not enqueued.</b> If something is thrown between the mark and the end of {@link #enqueue}, the caller
 * calls {@link #markMissed}: the dispatcher then finds the entry by its mark, in a {@link DirtyScan} pass over all
 * entries. The same pass replaces the queue while that holds more than {@code mostQueued} entries, which takes lives
 * that begin and end before they are dispatched: these leave the table at once, but not the queue.
 *
 * <p><b>Threads.</b> {@link #enqueue}, {@link #add}, {@link #markMissed} and {@link #skip} by any thread, the rest by the
 * dispatcher.
 */
public final class DirtyQueue {

    private static final int CHUNK = 1024;

    private static final long NEVER = -1;

    private final MpscUnboundedVarHandleArrayQueue<Entry> queue = new MpscUnboundedVarHandleArrayQueue<>(CHUNK);
    private final Clocks clocks;
    private final Runnable wakeUp;
    private final DirtyScan scan = new DirtyScan();
    private volatile int maxQueued = Integer.MAX_VALUE;
    private volatile boolean isFull;
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

    /**
     * Sets where entries that are not enqueued are found, and how many are enqueued at most. Called once, at the start.
     */
    void recoverFrom(Supplier<Iterator<Entry>> entries, int maxPresences) {
        scan.scan(entries);
        maxQueued = Math.max(CHUNK, maxPresences);
    }

    /**
     * Adds an entry that has changed, unless it waits already. If this throws, call {@link #markMissed}.
     *
     * @param now the writer's reading of the clock
     */
    void enqueue(Entry entry, long now) {
        if (!add(entry, now)) {
            coalesced.run();
        }
    }

    /**
     * Adds an entry that is to be scheduled anew, unless it is pending already. If this throws, call
     * {@link #markMissed}.
     *
     * @param now the writer's reading of the clock
     * @return false if it is pending already
     */
    boolean add(Entry entry, long now) {
        if (!entry.markDirty()) {
            return false;
        }
        if (behindSince == NEVER) {
            behindSince = now;
        }
        if (isFull && updateFull()) {
            scan.request();
        } else {
            queue.offer(entry);
        }
        wakeUp.run();
        return true;
    }

    /** Has the dispatcher look at an entry that may have changed and may not have been enqueued. Allocates nothing. */
    void markMissed(Entry entry) {
        entry.setDirty();
        scan.request();
        wakeUp.run();
    }

    /**
     * Notes that an entry has left the table undispatched, but not the queue: its first write and its end are
     * coalesced.
     */
    void skip() {
        updateFull();
        coalesced.run();
        coalesced.run();
    }

    /** Looks whether the queue holds more than it may. */
    private boolean updateFull() {
        boolean full = queue.size() > maxQueued;
        if (full != isFull) {
            isFull = full;
        }
        return full;
    }

    /**
     * Takes the next entry and clears its mark. Never waits, not even for a writer that was stopped half-way through
     * {@link #enqueue}.
     *
     * @return null if there is none yet
     */
    public @Nullable Entry poll() {
        Entry entry = queue.relaxedPoll();
        if (entry == null) {
            entry = scan.next();
        }
        try {
            if (entry != null) {
                entry.clearDirty();
            }
            return entry;
        } catch (Throwable t) {
            scan.request();
            throw t;
        }
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
        return queue.isEmpty() && scan.isIdle();
    }

    /** How many entries wait, about. */
    public int size() {
        return queue.size();
    }

    /** The number of entries that were ever added. */
    public long added() {
        return queue.currentProducerIndex();
    }

    /** The number of entries that were ever taken; 0 while there are some to be found that were not added. */
    public long taken() {
        return scan.isIdle() ? queue.currentConsumerIndex() : 0;
    }
}
