package io.presence.internal.store;

import java.util.Iterator;
import java.util.function.Supplier;
import org.jctools.queues.varhandle.MpscUnboundedVarHandleArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The queue of entries that writers have changed and the dispatcher has not captured since. An entry is in it at most
 * once, or twice after a scan, so it does not outgrow the entries, writers never wait, and a burst of writes to one
 * presence is captured as its latest state.
 *
 * <p><b>Order of accesses.</b> A writer publishes its state, then sets the entry's dirty flag by an atomic exchange,
 * and enqueues the entry if the flag was clear. The dispatcher polls, clears the flag by a volatile write, and then
 * reads the state. If one of the two pairs were swapped or weakened, a state could be published between the
 * dispatcher's read and its clear, and would never be dispatched.
 *
 * <p><b>Entries that are not enqueued.</b> If something is thrown between setting the flag and the end of
 * {@link #enqueue}, the caller calls {@link #markMissed}. The dispatcher then finds the entry by its flag, in a
 * {@link DirtyScan} over all entries. The same scan replaces the queue while that holds more than {@code maxQueued}
 * entries. This happens if incarnations start and end before they are dispatched: they leave the table at once, but
 * not the queue.
 *
 * <p><b>Threads.</b> {@link #enqueue}, {@link #add}, {@link #markMissed} and {@link #skip} by any thread, the rest by
 * the dispatcher.
 */
public final class DirtyQueue {

    private static final int CHUNK = 1024;
    /* The number of entries that are taken between two slices of a scan, so that neither waits for the other's end. */
    private static final int SCAN_INTERVAL = 64;

    private static final long NEVER = -1;

    private final MpscUnboundedVarHandleArrayQueue<Entry> queue = new MpscUnboundedVarHandleArrayQueue<>(CHUNK);
    private final Clocks clocks;
    private final Runnable wakeUp;
    private final DirtyScan scan = new DirtyScan();
    private volatile int maxQueued = Integer.MAX_VALUE;
    private volatile boolean isFull;
    private final Runnable coalesced;
    private volatile long behindSince = NEVER;
    private int untilScan = SCAN_INTERVAL;

    /**
     * Creates an empty queue.
     *
     * @param clocks measures the dispatch lag
     * @param wakeUp called after each entry that was added
     */
    public DirtyQueue(Clocks clocks, Runnable wakeUp) {
        this(clocks, wakeUp, () -> {});
    }

    /**
     * Creates an empty queue.
     *
     * @param clocks measures the dispatch lag
     * @param wakeUp called after each entry that was added
     * @param coalesced called after each write to an entry that is in the queue already; must not throw
     */
    public DirtyQueue(Clocks clocks, Runnable wakeUp, Runnable coalesced) {
        this.clocks = clocks;
        this.wakeUp = wakeUp;
        this.coalesced = coalesced;
    }

    /** Sets the source of entries that are not enqueued, and the limit of the queue. Called once, at the start. */
    void recoverFrom(Supplier<Iterator<Entry>> entries, int maxPresences) {
        scan.scan(entries);
        maxQueued = Math.max(CHUNK, maxPresences);
    }

    /**
     * Adds a changed entry, unless it is pending already. If this throws, call {@link #markMissed}.
     *
     * @param now the writer's reading of the clock
     */
    void enqueue(Entry entry, long now) {
        if (!add(entry, now)) {
            coalesced.run();
        }
    }

    /**
     * Adds an entry that is to be rescheduled, unless it is pending already. If this throws, call
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

    /** Makes the dispatcher capture an entry that may have changed without being enqueued. Allocates nothing. */
    void markMissed(Entry entry) {
        entry.setDirty();
        scan.request();
        wakeUp.run();
    }

    /**
     * Counts an entry that left the table undispatched, but not the queue. Its first write and its end are coalesced.
     */
    void skip() {
        updateFull();
        coalesced.run();
        coalesced.run();
    }

    /** Updates and returns whether the queue exceeds its limit. */
    private boolean updateFull() {
        boolean full = queue.size() > maxQueued;
        if (full != isFull) {
            isFull = full;
        }
        return full;
    }

    /**
     * Takes the next entry and clears its dirty flag. Never waits, not even for a writer that was suspended within
     * {@link #enqueue}.
     *
     * @return null if there is none yet
     */
    public @Nullable Entry poll() {
        Entry entry = isScanDue() ? scan.next() : null;
        if (entry == null) {
            entry = queue.relaxedPoll();
        }
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

    /* A queue that never gets empty must not keep a scan from its entries. */
    private boolean isScanDue() {
        if (scan.isIdle() || --untilScan > 0) {
            return false;
        }
        untilScan = SCAN_INTERVAL;
        return true;
    }

    /**
     * Records that everything has been taken.
     *
     * @return the time in nanoseconds for which something was pending; negative if nothing was measured
     */
    public long caughtUp() {
        long since = behindSince;
        if (since == NEVER) {
            return NEVER;
        }
        behindSince = NEVER;
        return Math.max(0, clocks.now() - since);
    }

    /**
     * Returns the time since which something is pending, by the store's clock; negative if nothing is. By any thread.
     */
    public long behindSince() {
        return behindSince;
    }

    /** Returns whether no writer has started to add an entry that is not taken. */
    public boolean isEmpty() {
        return queue.isEmpty() && scan.isIdle();
    }

    /** The approximate number of pending entries. */
    public int size() {
        return queue.size();
    }

    /** The number of entries added since the start. */
    public long added() {
        return queue.currentProducerIndex();
    }

    /** The number of entries taken since the start; 0 while a scan for missed entries is pending. */
    public long taken() {
        return scan.isIdle() ? queue.currentConsumerIndex() : 0;
    }
}
