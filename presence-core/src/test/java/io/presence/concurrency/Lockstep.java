package io.presence.concurrency;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do their part of a round at the same moment, over and over.
 *
 * <p>They meet at a barrier that spins, since a barrier that parks would wake them one after the other and nothing
 * would
 * race. Whoever arrives last sets up the next round, or checks the one that is over, while the others wait.
 */
public final class Lockstep {

    private static final int SPINS_BEFORE_YIELD = 200;

    private static final int MAX_STAGGER_SPINS = 128;

    private final int parties;
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile int phase;

    private Lockstep(int parties) {
        this.parties = parties;
    }

    /** One thread's part of a round. */
    @FunctionalInterface
    public interface Actor {
        void act(int round) throws Exception;
    }

    /**
     * Runs rounds.
     *
     * @param before sets up a round, while no actor runs
     * @param after checks a round, while no actor runs
     * @throws AssertionError if anything threw; the first failure ends the run
     */
    public static void run(int rounds, Actor before, Actor after, Actor... actors) {
        Lockstep lockstep = new Lockstep(actors.length);
        List<Thread> threads = new ArrayList<>();
        for (Actor actor : actors) {
            Thread thread = new Racer(() -> lockstep.loop(rounds, before, actor, after), threads.size());
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            joinUninterruptibly(thread);
        }
        Throwable thrown = lockstep.failure.get();
        if (thrown != null) {
            throw new AssertionError(thrown.getMessage(), thrown);
        }
    }

    private void loop(int rounds, Actor before, Actor actor, Actor after) {
        for (int round = 0; round < rounds && failure.get() == null; round++) {
            meet(before, round);
            stagger();
            attempt(actor, round);
            meet(after, round);
        }
    }

    private void meet(Actor last, int round) {
        int seen = phase;
        if (arrived.incrementAndGet() == parties) {
            attempt(last, round);
            arrived.set(0);
            phase = seen + 1;
            return;
        }
        for (int spins = 0; phase == seen; spins++) {
            if (spins < SPINS_BEFORE_YIELD) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    private void attempt(Actor actor, int round) {
        try {
            if (failure.get() == null) {
                actor.act(round);
            }
        } catch (Throwable thrown) {
            failure.compareAndSet(null, new AssertionError("round " + round + ": " + thrown.getMessage(), thrown));
        }
    }

    /**
     * Holds up an actor for a random moment, so that actors meet at every offset; does nothing on other threads. To be
     * called wherever a window is to be opened wider than luck would open it.
     */
    public static void stagger() {
        if (Thread.currentThread() instanceof Racer racer) {
            racer.stagger();
        }
    }

    private static final class Racer extends Thread {

        private int random;

        Racer(Runnable task, int number) {
            super(task, "actor-" + number);
            random = number + 1;
        }

        void stagger() {
            random ^= random << 13;
            random ^= random >>> 17;
            random ^= random << 5;
            if ((random & 31) == 0) {
                Thread.yield();
            }
            for (int spins = (random >>> 8) % MAX_STAGGER_SPINS; spins > 0; spins--) {
                Thread.onSpinWait();
            }
        }
    }

    private static void joinUninterruptibly(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
