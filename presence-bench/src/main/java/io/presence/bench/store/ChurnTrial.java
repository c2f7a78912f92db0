package io.presence.bench.store;

import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.bench.TrialArguments;
import io.presence.bench.workload.People;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import javax.management.JMException;

/**
 * Measures the bytes of a presence beside its strings while presences come and go for an hour of the store's clock.
 *
 * <p>The arguments are the number of seconds and the numbers of presences. Each presence lives for 20 to 100 seconds,
 * and an equal number of others comes for those that end, so that every id, user and deadline is replaced some 60 times
 * in an hour. A hash table of open addressing collects the marks of removed values; the numbers of presences should
 * have different loads of its pages. The store uses a clock that moves by one tick at a time.
 *
 * <pre>{@code
 * java -Xmx14g -XX:+UseSerialGC -XX:MarkSweepDeadRatio=0 -cp presence-bench/target/benchmarks.jar \
 *     io.presence.bench.store.ChurnTrial 3600 600000 1000000
 * }</pre>
 */
public final class ChurnTrial {

    private static final Duration TICK = Duration.ofMillis(8);
    private static final int MIN_TTL_MILLIS = 20_000;
    private static final int MAX_TTL_MILLIS = 100_000;
    private static final int MEAN_TTL_MILLIS = (MIN_TTL_MILLIS + MAX_TTL_MILLIS) / 2;
    private static final Set<String> STRINGS = Set.of("java.lang.String", "[B");

    private final ManualClock clock = new ManualClock();
    private final PresenceStore store = PresenceStore.builder()
            .callerDriven()
            .nanoClock(clock)
            .maxPresences(Integer.MAX_VALUE)
            .build();
    private final SplittableRandom random = new SplittableRandom(17);
    private final int people;
    private final Map<String, Long> empty = StoreFootprint.liveBytes();
    private int written;
    /* The part of a presence that the last tick has left to write. */
    private double owed;

    private ChurnTrial(int people) throws JMException {
        this.people = people;
    }

    /** Records the figures. */
    public static void main(String[] args) throws JMException {
        TrialArguments arguments = new TrialArguments(args);
        int seconds = arguments.integer("seconds", 3_600);
        for (int people : arguments.rest(Integer::parseInt, List.of(1_000_000))) {
            new ChurnTrial(people).run(seconds);
        }
    }

    private void run(int seconds) throws JMException {
        for (int i = 0; i < people; i++) {
            write(1 + restMillis());
        }
        workUntilIdle();
        record("before ", seconds);
        tick(seconds);
        record("after ", seconds);
        store.close();
    }

    private void tick(int seconds) {
        for (long tick = Duration.ofSeconds(seconds).dividedBy(TICK); tick > 0; tick--) {
            clock.advance(TICK);
            owed += (double) people * TICK.toMillis() / MEAN_TTL_MILLIS;
            for (; owed >= 1; owed--) {
                write(random.nextInt(MIN_TTL_MILLIS, MAX_TTL_MILLIS));
            }
            workUntilIdle();
        }
    }

    /*
     * The rest of the time of a presence at any moment, so that the number of presences does not swing: long times are
     * met more often, and any part of them has passed.
     */
    private int restMillis() {
        double least = (double) MIN_TTL_MILLIS * MIN_TTL_MILLIS;
        double most = (double) MAX_TTL_MILLIS * MAX_TTL_MILLIS;
        return (int) (random.nextDouble() * Math.sqrt(least + random.nextDouble() * (most - least)));
    }

    private void write(int ttlMillis) {
        int number = written++;
        Duration ttl = Duration.ofMillis(ttlMillis);
        store.upsert(PresenceUpsert.of(People.id(number), People.userId(number), "online")
                .expiresIn(ttl));
        if (number % HeartbeatStream.WRITES_PER_TICK == 0) {
            store.doWork();
        }
    }

    private void workUntilIdle() {
        int work;
        do {
            work = store.doWork();
        } while (work > 0);
    }

    private void record(String when, int seconds) throws JMException {
        long alive = store.stats().presences();
        if (alive < people * 0.9 || alive > people * 1.1) {
            throw new IllegalStateException("presences must come and go equally: " + alive);
        }
        Map<String, Long> grown = StoreFootprint.liveBytes();
        empty.forEach((type, bytes) -> grown.merge(type, -bytes, Long::sum));
        grown.keySet().removeAll(STRINGS);
        StoreFootprint.record("ChurnTrial", "PRESENCE", people, when + seconds + " s, ", alive, grown);
    }
}
