package io.presence.internal.wheel;

import java.util.List;

/**
 * A hierarchical timing wheel: schedules timers by tick and expires those that are due. Work happens only in
 * {@link #advance}, which is given the time and a budget; the wheel has no clock and no thread.
 *
 * <p><b>Cost.</b> {@link #schedule}, {@link #cancel} and {@link #nextTick} O(1). {@link #advance} O(1) per wheel entry
 * visited, for any number of ticks between. A timer scheduled up to 4095 ticks ahead is visited once, up to 4095 * 2^12
 * ticks at most twice, up to 63 * 2^24 ticks at most three times; beyond that once more per 63 * 2^24 ticks. An empty
 * wheel takes 40 KB. A wheel entry takes 10 bytes in a full chunk, and 304 bytes if it is alone in its bucket. Only
 * chunks are allocated, and only when the pool is empty.
 *
 * <p><b>Threads.</b> Confined to one thread at a time. The sink is called on the thread that advances.
 *
 * <p><b>Guarantees.</b>
 * <ol>
 * <li>A timer reaches the sink at the tick it is scheduled for: never early, and late only by the budgets and the
 * calls of {@code advance}. Ticks are in order; the timers of one tick are not.
 * <li>A timer has at most one live wheel entry, and each live wheel entry reaches the sink once.
 * <li>The cursor never moves back. It moves on only when every timer of its tick has reached the sink. The next
 * advance starts with the timers that a budget left.
 * <li>Cancelling is lazy. A stale wheel entry keeps its timer reachable until its bucket is reached or swept.
 * Sweeping begins when more than half of the wheel entries are stale and uses the rest of the budgets (best effort).
 * </ol>
 *
 * <p><b>Errors.</b> Illegal arguments change nothing. If the sink throws, the advance ends and the wheel stays
 * consistent. The timer that was passed to the sink is scheduled for the tick after {@code nowTick}, unless the sink
 * has scheduled or cancelled it. The next advance continues with the remaining timers.
 *
 * @param <T> the type of the timers
 */
public final class TimerWheel<T extends WheelTimer> {

    /*
     * Scheme 7 of G. Varghese and T. Lauck, "Hashed and Hierarchical Timing Wheels" (SOSP 1987), with these choices:
     *
     * Level by slot distance. A wheel entry goes to the first level that reaches it, counted in slots from the
     * cursor's. So the bucket of the cursor never has a wheel entry of the next revolution, and the first occupied
     * bucket at or after the cursor is the next event of its level.
     *
     * The backlog is in the cursor's own buckets. The cursor does not move until they are empty, and an advance adds
     * nothing to them. So there is no state outside the buckets, and a budget or an exception may stop an advance
     * between any two wheel entries.
     *
     * Lazy updates. A wheel entry has the generation of its timer; cancelling or rescheduling increments the timer's
     * generation. A deadline that is extended needs no call of the wheel: the sink returns it when the timer is
     * reached.
     */

    /** The result of a sink for a timer that has ended. */
    public static final long CONSUMED = -1;

    private static final int MIN_ENTRIES_TO_SWEEP = 1024;
    private static final long NOT_ADVANCING = -1;

    final ChunkPool<T> pool = new ChunkPool<>();
    private final Level<T> ticks = new Level<>(4096, 0, pool);
    private final Level<T> middle = new Level<>(4096, 12, pool);
    private final Level<T> top = new Level<>(64, 24, pool);
    private final ChunkRun<T> run = new ChunkRun<>();
    final List<Level<T>> levels = List.of(ticks, middle, top);
    private final Sweep<T> sweep = new Sweep<>(levels);
    private final int minEntriesToSweep;

    private long cursor;
    private long advancingTo = NOT_ADVANCING;
    private long entries;
    private long stale;

    /**
     * Creates an empty wheel with its cursor at a tick.
     *
     * @param startTick the initial cursor
     * @throws IllegalArgumentException if {@code startTick} is negative
     */
    public TimerWheel(long startTick) {
        this(startTick, MIN_ENTRIES_TO_SWEEP);
    }

    TimerWheel(long startTick, int minFilingsToSweep) {
        this.cursor = requireTick("startTick", startTick);
        this.minEntriesToSweep = minFilingsToSweep;
    }

    /**
     * Schedules a timer for a tick; its previous wheel entry, if any, becomes stale. A tick at or before the cursor
     * is due at the next advance, even if time does not move. Within an advance it is scheduled for the tick after
     * {@code nowTick} instead, so that an advance ends.
     *
     * @param timer the timer, used with no other wheel
     * @param tick the tick at which it is due; {@link Long#MAX_VALUE} is never due
     * @throws IllegalArgumentException if {@code tick} is negative
     */
    public void schedule(T timer, long tick) {
        requireTick("tick", tick);
        if (tick == timer.scheduledTick) {
            return;
        }
        boolean supersedes = timer.scheduledTick != WheelTimer.NOT_SCHEDULED;
        schedule(timer, timer.generation + 1, tick);
        if (supersedes) {
            stale++;
        }
    }

    /**
     * Cancels a timer: its wheel entry, if any, becomes stale.
     *
     * @param timer the timer, scheduled or not
     */
    public void cancel(T timer) {
        timer.generation++;
        if (timer.scheduledTick != WheelTimer.NOT_SCHEDULED) {
            timer.scheduledTick = WheelTimer.NOT_SCHEDULED;
            stale++;
        }
    }

    private void schedule(T timer, int generation, long tick) {
        long due = tick;
        if (due <= cursor && advancingTo != NOT_ADVANCING) {
            due = advancingTo + 1;
        }
        add(timer, generation, Math.max(due, cursor));
        entries++;
        timer.generation = generation;
        timer.scheduledTick = due;
    }

    private void add(T timer, int generation, long tick) {
        if (ticks.reaches(tick, cursor)) {
            ticks.add(ticks.bucketOf(tick), timer, generation);
        } else if (middle.reaches(tick, cursor)) {
            middle.add(middle.bucketOf(tick), timer, generation);
        } else if (top.reaches(tick, cursor)) {
            top.add(top.bucketOf(tick), timer, generation);
        } else {
            top.add(top.farthestBucket(cursor), timer, generation);
        }
    }

    /**
     * Moves the cursor up to a tick and passes the timers that are due to a sink. If the result is less than
     * {@code budget}, every timer due at {@code nowTick} has reached the sink and the cursor is there; otherwise the
     * next advance continues where this one stopped.
     *
     * @param nowTick the current tick; one before the cursor counts as the cursor
     * @param budget the maximum of wheel entries to visit: live or stale, due, moved to a lower level, or swept
     * @param sink called with each live timer that is reached
     * @return the number of wheel entries visited
     * @throws IllegalArgumentException if {@code nowTick} is not from 0 to {@code Long.MAX_VALUE - 1}, or
     *     {@code budget} is not positive
     * @throws IllegalStateException if called by a sink
     */
    public int advance(long nowTick, int budget, Sink<? super T> sink) {
        requireTick("nowTick", nowTick);
        if (nowTick == Long.MAX_VALUE) {
            throw new IllegalArgumentException("nowTick must be less than Long.MAX_VALUE: " + nowTick);
        }
        if (budget <= 0) {
            throw new IllegalArgumentException("budget must be positive: " + budget);
        }
        if (advancingTo != NOT_ADVANCING) {
            throw new IllegalStateException("advance must not be called by a sink");
        }
        advancingTo = Math.max(nowTick, cursor);
        try {
            int work = expireTo(budget, sink);
            return work < budget ? work + sweep(budget - work) : work;
        } finally {
            advancingTo = NOT_ADVANCING;
        }
    }

    private int expireTo(int budget, Sink<? super T> sink) {
        int work = 0;
        while (work < budget) {
            long next = nextTick();
            if (next > advancingTo) {
                cursor = advancingTo;
                break;
            }
            cursor = next;
            work += drain(top, budget - work, sink);
            work += drain(middle, budget - work, sink);
            work += drain(ticks, budget - work, sink);
        }
        return work;
    }

    private int drain(Level<T> level, int budget, Sink<? super T> sink) {
        int bucket = level.bucketOf(cursor);
        int work = 0;
        int ahead = 0;
        while (work < budget) {
            Chunk<T> first = level.first(bucket);
            if (first == null) {
                break;
            }
            if (ahead == 0) {
                ahead = Math.min(first.size(), budget - work);
                sink.onAhead(run.ofTop(first, ahead));
            }
            ahead--;
            T timer = first.topTimer();
            int generation = first.topGeneration();
            level.removeTop(bucket, first);
            entries--;
            work++;
            if (generation == timer.generation) {
                reach(timer, level, bucket, sink);
            } else {
                stale--;
            }
        }
        return work;
    }

    private void reach(T timer, Level<T> level, int bucket, Sink<? super T> sink) {
        timer.scheduledTick = WheelTimer.NOT_SCHEDULED;
        int generation = timer.generation;
        long answer = cursor;
        try {
            answer = sink.onReached(timer, cursor);
        } finally {
            if (answer != CONSUMED && generation == timer.generation) {
                reschedule(timer, generation, answer, level, bucket);
            }
        }
    }

    /* If no chunk can be allocated, the timer goes back to its bucket, whose chunk has room for it. */
    private void reschedule(T timer, int generation, long tick, Level<T> level, int bucket) {
        boolean isFiled = false;
        try {
            schedule(timer, generation, tick);
            isFiled = true;
        } finally {
            if (!isFiled) {
                level.add(bucket, timer, generation);
                entries++;
                timer.scheduledTick = cursor;
            }
        }
    }

    private int sweep(int budget) {
        if (!sweep.isRunning() && entries >= minEntriesToSweep && stale > entries / 2) {
            sweep.start();
        }
        int work = 0;
        while (work < budget && sweep.hasNext()) {
            if (sweep.visit()) {
                entries--;
                stale--;
            }
            work++;
        }
        return work;
    }

    /**
     * {@return the earliest tick at which {@link #advance} has a timer to pass to the sink or to move to a lower
     * level}
     *
     * <p>The cursor if a backlog is pending, {@link Long#MAX_VALUE} if the wheel is empty. No live timer is due
     * earlier. A stale wheel entry counts like a live one, and a running sweep does not count.
     */
    public long nextTick() {
        return Math.min(ticks.nextTick(cursor), Math.min(middle.nextTick(cursor), top.nextTick(cursor)));
    }

    /** {@return the tick that the wheel has reached, where a backlog may be pending} */
    public long cursor() {
        return cursor;
    }

    /** {@return the number of wheel entries, stale ones included} */
    public long entries() {
        return entries;
    }

    /** {@return the number of stale wheel entries, cancelled or superseded} */
    public long stale() {
        return stale;
    }

    /** {@return the number of timers that are scheduled} */
    public long size() {
        return entries - stale;
    }

    private static long requireTick(String name, long tick) {
        if (tick < 0) {
            throw new IllegalArgumentException(name + " must not be negative: " + tick);
        }
        return tick;
    }

    /**
     * A view of some timers.
     *
     * @param <T> the type of the timers
     */
    public interface Run<T extends WheelTimer> {

        /** The greatest size of a run. */
        int MAX_SIZE = Chunk.CAPACITY;

        /** Returns the number of timers. */
        int size();

        /** Returns the timer at an index from 0. */
        T timer(int index);
    }

    /**
     * A callback that receives each timer that the wheel reaches, and returns its next tick.
     *
     * @param <T> the type of the timers
     */
    @FunctionalInterface
    public interface Sink<T extends WheelTimer> {
        /**
         * Called by {@link #advance} before it visits some wheel entries, so that what the next calls need can be read
         * at once. Must change no timer.
         *
         * @param next the timers of those entries, in order; of a stale one as well, which will not be reached. Valid
         *     during this call
         */
        default void onAhead(Run<? extends T> next) {}

        /**
         * Called by {@link #advance} when a timer is reached, because it is due or because it moves to a lower level.
         * It can schedule and cancel this timer or others; a change of this timer takes precedence over the result.
         *
         * @param timer the timer, which is not scheduled during this call
         * @param tick the tick that the wheel has reached
         * @return {@link #CONSUMED} if the timer has ended; otherwise the tick to schedule it for, its deadline. A
         *     deadline at or before {@code tick} is scheduled for the tick after the {@code nowTick} of this advance.
         */
        long onReached(T timer, long tick);
    }
}
