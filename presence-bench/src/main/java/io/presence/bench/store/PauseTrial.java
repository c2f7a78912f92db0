package io.presence.bench.store;

import com.sun.management.ThreadMXBean;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.bench.TrialArguments;
import io.presence.bench.report.MeasurementLog;
import io.presence.bench.report.MeasurementLog.Figure;
import io.presence.bench.workload.People;
import io.presence.bench.workload.PresenceTraffic;
import io.presence.testing.ManualClock;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures the longest duty cycles while presences are created, extended and expire, and when all of them expire at
 * once.
 *
 * <p>The arguments are the number of users, of seconds and of runs. The store uses a clock that moves by one tick at a
 * time, and works after each tick until nothing is left to do. Each duty cycle is measured twice: by elapsed time, and
 * by the processor time of its thread. The latter excludes garbage collections, which run on other threads, and other
 * processes, but not other virtual machines. These can delay a cycle by many milliseconds, even during the ten idle
 * seconds at the start. The trial therefore repeats equal runs: each run has the same cycles with the same work, and
 * the least time of a cycle in all runs is its own cost. The minimum also excludes the time of code that is not
 * compiled
 * until a later run. The garbage collector is one whose pauses are all counted.
 *
 * <pre>{@code
 * java -Xms8g -Xmx12g -XX:+UseParallelGC -cp presence-bench/target/benchmarks.jar \
 *     io.presence.bench.store.PauseTrial 1000000 400 3
 * }</pre>
 */
public final class PauseTrial implements PresenceTraffic.Actor {

    private static final Duration TICK = Duration.ofMillis(8);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long SEED = 11;
    private static final int WRITES_PER_CYCLE = 1024;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final int people;
    private final List<Phase> phases;
    private Phase phase;
    private final ManualClock clock = new ManualClock();
    private long written;
    private final PresenceStore store = PresenceStore.builder()
            .callerDriven()
            .nanoClock(clock)
            .maxPresences(Integer.MAX_VALUE)
            .build();

    /** A phase of a run, with the times of its duty cycles. */
    private record Phase(String name, DutyCycleTimings byClock, DutyCycleTimings byCpuTime) {
        Phase(String name) {
            this(name, new DutyCycleTimings(), new DutyCycleTimings());
        }
    }

    private PauseTrial(int people, List<Phase> phases) {
        this.people = people;
        this.phases = phases;
        this.phase = phases.get(0);
    }

    /** Records the figures. */
    public static void main(String[] args) {
        TrialArguments arguments = new TrialArguments(args);
        int people = arguments.integer("people", 1_000_000);
        int seconds = arguments.integer("seconds", 400);
        int runs = arguments.integer("runs", 3);
        idle(people);
        List<Phase> phases = List.of(new Phase("mass upsert"), new Phase("steady state"), new Phase("mass expiry"));
        long collectionMillis = collectionMillis();
        for (int run = 0; run < runs; run++) {
            new PauseTrial(people, phases).run(seconds);
            phases.forEach(PauseTrial::endRun);
        }
        phases.forEach(phase -> record(people, phase));
        long collected = TimeUnit.MILLISECONDS.toNanos(collectionMillis() - collectionMillis);
        record(people, "garbage collections", collected);
    }

    private static void idle(int people) {
        Phase idle = new Phase("idle");
        PauseTrial trial = new PauseTrial(0, List.of(idle));
        for (long start = System.nanoTime(); System.nanoTime() - start < IDLE_NANOS; ) {
            trial.workUntilIdle();
        }
        trial.store.close();
        endRun(idle);
        record(people, idle);
    }

    private void run(int seconds) {
        PresenceTraffic traffic = new PresenceTraffic(people, SEED);
        traffic.begin(this);
        workUntilIdle();
        phase = phases.get(1);
        for (long tick = Duration.ofSeconds(seconds).dividedBy(TICK); tick > 0; tick--) {
            clock.advance(TICK);
            traffic.tick(this);
            workUntilIdle();
        }
        phase = phases.get(2);
        long alive = store.stats().presences();
        clock.advance(PresenceTraffic.LONG_TTL);
        workUntilIdle();
        if (alive < people / 2 || store.stats().presences() != 0) {
            throw new IllegalStateException("presences must live and then expire: " + alive + ", " + store.stats());
        }
        store.close();
    }

    private void workUntilIdle() {
        int work;
        do {
            long start = System.nanoTime();
            long startOfThread = THREADS.getCurrentThreadCpuTime();
            work = store.doWork();
            phase.byCpuTime.record(THREADS.getCurrentThreadCpuTime() - startOfThread);
            phase.byClock.record(System.nanoTime() - start);
        } while (work > 0);
    }

    private static void endRun(Phase phase) {
        phase.byClock.endRun();
        phase.byCpuTime.endRun();
    }

    private static void record(int people, Phase phase) {
        record(people, phase.name, phase.byClock, "");
        record(people, phase.name, phase.byCpuTime, " CPU");
    }

    private static void record(int people, String phase, DutyCycleTimings timings, String clock) {
        record(people, phase + " p99.9" + clock, timings.percentile999());
        record(people, phase + " longest" + clock, timings.longest());
        record(people, phase + " longest of minima" + clock, timings.longestOfMinima());
    }

    private static void record(int people, String measure, long value) {
        MeasurementLog.record(new Figure("PauseTrial", "PRESENCE", people, measure, value / 1e6, "ms"));
    }

    private static long collectionMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    @Override
    public void upsert(int number, Duration ttl) {
        write(PresenceUpsert.of(People.id(number), People.userId(number), "online")
                .expiresIn(ttl));
    }

    @Override
    public void touch(int number) {
        store.touch(People.id(number));
    }

    @Override
    public void move(int number, long x, long y) {
        String id = People.id(number);
        if (store.get(id) != null) {
            store.update(id, PresencePatch.none().status(x < y ? "left" : "right"));
        }
    }

    private void write(PresenceUpsert whole) {
        store.upsert(whole);
        if (++written % WRITES_PER_CYCLE == 0) {
            workUntilIdle();
        }
    }
}
