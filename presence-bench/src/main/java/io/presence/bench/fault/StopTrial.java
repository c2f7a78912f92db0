package io.presence.bench.fault;

import io.presence.Channel;
import io.presence.PresenceStats;
import io.presence.PresenceStore;
import io.presence.SubscriptionOptions;
import java.time.Duration;
import java.util.Locale;

/**
 * A store with a dispatcher thread and 10,000 presences, in a process that another one stops for some seconds with
 * SIGSTOP, once this one has printed {@code ready}. {@code .ci/faults} does that.
 *
 * <p>Half of the presences are due before and during the pause. A quarter is kept alive by heartbeats, with a TTL that
 * is shorter than the pause, and a quarter with one that is longer. All that are due must end exactly once and never
 * early, and the statistics must show the pause as lateness. A heartbeat after the pause must be refused if the
 * deadline has passed, and accepted otherwise. The exit code is 1 if one of this does not hold.
 *
 * <pre>{@code
 * java -cp presence-bench/target/benchmarks.jar io.presence.bench.fault.StopTrial seconds
 * }</pre>
 */
public final class StopTrial {

    private static final int COUNT = 10_000;
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration TOLERANCE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long BEAT_MILLIS = 100;

    private final PresenceStore store;
    private final Duration pause;
    private final Lives lives;

    private StopTrial(PresenceStore store, Duration pause) {
        this.store = store;
        this.pause = pause;
        this.lives = new Lives(store, COUNT);
    }

    /** Runs the trial. */
    public static void main(String[] args) throws InterruptedException {
        Duration pause = Duration.ofSeconds(Long.parseLong(args[0]));
        if (pause.compareTo(SHORT) <= 0) {
            throw new IllegalArgumentException("seconds must be more than " + SHORT.toSeconds() + ": " + args[0]);
        }
        try (PresenceStore store = PresenceStore.builder().build()) {
            new StopTrial(store, pause).run();
        }
    }

    private static boolean isDue(int number) {
        return number % 4 < 2;
    }

    private static boolean isShort(int number) {
        return number % 4 == 2;
    }

    private Duration ttl(int number) {
        if (isDue(number)) {
            return FIRST.plus(pause.multipliedBy(number).dividedBy(COUNT));
        }
        return isShort(number) ? SHORT : LONG;
    }

    private void run() throws InterruptedException {
        store.subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), lives);
        for (int i = 0; i < COUNT; i++) {
            lives.create(i);
        }
        /* An ENTER that is still pending at the end would cancel out with it. */
        store.delivered().toCompletableFuture().join();
        for (int i = 0; i < COUNT; i++) {
            lives.lease(i, ttl(i));
        }
        System.out.println("ready");
        Duration stall = beatUntilPaused();
        int refused = COUNT / 2 - beat();
        awaitEnds();
        check(stall);
        System.out.printf(
                Locale.ROOT,
                "paused for %.1f s; %d ended once; late heartbeats: %d refused, %d accepted; lateness up to %.1f s%n",
                seconds(stall),
                lives.ended(),
                refused,
                COUNT / 2 - refused,
                seconds(store.stats().expiryLateness().max()));
    }

    /* Returns the longest time between two heartbeats. */
    private Duration beatUntilPaused() throws InterruptedException {
        long start = System.nanoTime();
        long last = start;
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            beat();
            Thread.sleep(BEAT_MILLIS);
            long now = System.nanoTime();
            if (now - last > pause.toNanos() / 2) {
                return Duration.ofNanos(now - last);
            }
            last = now;
        }
        throw new IllegalStateException("the process must be stopped with SIGSTOP within " + PATIENCE);
    }

    /* Returns the number of presences that the heartbeats have found. */
    private int beat() {
        int found = 0;
        for (int i = 0; i < COUNT; i++) {
            found += !isDue(i) && lives.beat(i) ? 1 : 0;
        }
        return found;
    }

    private void awaitEnds() throws InterruptedException {
        long start = System.nanoTime();
        while (lives.ended() < COUNT * 3 / 4 && System.nanoTime() - start < PATIENCE.toNanos()) {
            Thread.sleep(BEAT_MILLIS);
        }
        store.delivered().toCompletableFuture().join();
    }

    private void check(Duration stall) {
        for (int i = 0; i < COUNT; i++) {
            boolean isKept = !isDue(i) && !isShort(i);
            lives.require(lives.hasEnded(i) != isKept, "p" + i + " must " + (isKept ? "be kept" : "have ended"));
            lives.require(lives.beat(i) == isKept, "a heartbeat of p" + i + " must find what is there");
        }
        PresenceStats stats = store.stats();
        Duration lateness = stats.expiryLateness().recentMax();
        lives.require(stats.presences() == COUNT / 4, "a quarter must be left: " + stats);
        lives.require(stats.expiryLateness().count() == COUNT * 3L / 4, "each end must be measured once: " + stats);
        lives.require(lateness.compareTo(stall.minus(TOLERANCE)) > 0, "lateness must show the pause: " + stats);
        lives.require(store.health().isDispatching(), "the store must dispatch: " + store.health());
        lives.check();
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }
}
