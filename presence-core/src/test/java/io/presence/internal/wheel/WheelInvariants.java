package io.presence.internal.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** The invariants of the structure of a wheel between any two calls. A check takes O(timers + slots). */
public final class WheelInvariants {

    private final TimerWheel<?> wheel;
    private final Set<WheelTimer> liveTimers = Collections.newSetFromMap(new IdentityHashMap<>());
    private long filings;
    private long stale;
    private long sealed;
    private long nextTick = Long.MAX_VALUE;

    private WheelInvariants(TimerWheel<?> wheel) {
        this.wheel = wheel;
    }

    /** Fails if the wheel is not in order. */
    public static void check(TimerWheel<?> wheel) {
        new WheelInvariants(wheel).run();
    }

    private void run() {
        for (Level<?> level : wheel.levels) {
            for (int bucket = 0; bucket < level.slots(); bucket++) {
                checkBucket(level, bucket);
            }
        }
        checkPool();
        verify(filings == wheel.entries(), "filings must be those in the buckets", wheel.entries());
        verify(stale == wheel.stale(), "stale must be the stale ones in the buckets", wheel.stale());
        verify(liveTimers.size() == wheel.size(), "live must be the live ones in the buckets", wheel.size());
        verify(sealed <= 1, "sealed chunks must be at most one", sealed);
        verify(nextTick == wheel.nextTick(), "nextTick must be " + nextTick, wheel.nextTick());
    }

    private void checkBucket(Level<?> level, int bucket) {
        Chunk<?> first = level.first(bucket);
        verify(level.occupied.contains(bucket) == (first != null), "occupancy must have the filled buckets", bucket);
        if (first == null) {
            return;
        }
        long begin = beginOf(level, bucket);
        nextTick = Math.min(nextTick, begin);
        Chunk<?> chunk = first;
        do {
            checkChunk(level, begin, chunk);
            chunk = chunk.next;
        } while (chunk != first);
    }

    /** The one tick, at most a revolution after the cursor's slot, at which this bucket is reached. */
    private long beginOf(Level<?> level, int bucket) {
        long width = 1L << level.shift();
        long slot = wheel.cursor() / width;
        while (slot % level.slots() != bucket) {
            slot++;
        }
        long begin = slot * width;
        verify(begin >= wheel.cursor(), "a filled bucket must not be behind the cursor", begin);
        return begin;
    }

    private void checkChunk(Level<?> level, long begin, Chunk<?> chunk) {
        verify(chunk.size() > 0, "a chunk in a bucket must hold a filing", chunk.size());
        sealed += chunk.sealed ? 1 : 0;
        filings += chunk.size();
        for (int i = 0; i < Chunk.CAPACITY; i++) {
            WheelTimer timer = chunk.timer(i);
            verify(timer != null == i < chunk.size(), "the cells of a chunk must be filled from below", i);
            if (i < chunk.size()) {
                checkFiling(level, begin, timer, chunk.generation(i));
            }
        }
    }

    private void checkFiling(Level<?> level, long begin, WheelTimer timer, int generation) {
        if (generation != timer.generation) {
            stale++;
            return;
        }
        verify(liveTimers.add(timer), "a timer must have one live filing", generation);
        long tick = timer.scheduledTick();
        verify(tick >= 0, "a live filing must have a tick", tick);
        if (begin == wheel.cursor()) {
            return;
        }
        long end = begin + (1L << level.shift()) - 1;
        boolean clamped = level.shift() == 24;
        verify(tick >= begin && (tick <= end || clamped), "a live filing must be in the bucket of its tick", tick);
    }

    private void checkPool() {
        Chunk<?>[] free = wheel.pool.free();
        for (int i = 0; i < free.length; i++) {
            verify(free[i] != null == i < wheel.pool.size(), "the pool must be filled from below", i);
            if (free[i] != null) {
                checkPooled(free[i]);
            }
        }
    }

    private static void checkPooled(Chunk<?> chunk) {
        boolean asNew = chunk.size() == 0 && !chunk.sealed && chunk.next == chunk;
        verify(asNew, "a pooled chunk must be as new", chunk.size());
        for (int i = 0; i < Chunk.CAPACITY; i++) {
            verify(chunk.timer(i) == null, "a pooled chunk must retain no timer", i);
        }
    }

    /** Formats a message only on failure: these checks run hundreds of millions of times. */
    private static void verify(boolean holds, String rule, long value) {
        if (!holds) {
            assertThat(holds).as("%s: %d", rule, value).isTrue();
        }
    }
}
