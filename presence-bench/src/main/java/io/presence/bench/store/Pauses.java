package io.presence.bench.store;

import com.sun.management.ThreadMXBean;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.bench.report.Figures;
import io.presence.bench.report.Figures.Figure;
import io.presence.bench.workload.Life;
import io.presence.bench.workload.People;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How long does a round of the duty cycle take at most, while presences come, are renewed and end; and when the clock jumps
 * so far that all of them end at once?
 *
 * <p>Takes the number of people, of seconds, and of runs. They live by a clock that is moved by hand, one tick after the other,
 * with rounds in between until nothing is left to do. A round is timed twice: by the clock, and by the processor time of its
 * thread, which holds neither collections (they run on other threads) nor what other processes took, but what other
 * virtual machines did, which may be many milliseconds even in the rounds of ten idle seconds that come first. So the same is
 * run several times: every run has the same rounds, each with the same to do, and the least that a round took is what it
 * takes by itself. That leaves out what is compiled yet only in later runs. The collector is one whose pauses are all counted.
 *
 * <pre>{@code
 * java -Xms8g -Xmx12g -XX:+UseParallelGC -cp presence-bench/target/benchmarks.jar io.presence.bench.store.Pauses 1000000 400 3
 * }</pre>
 */
public final class Pauses implements Life.Actor {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(8);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long SEED = 11;
    private static final int WRITES_PER_ROUND = 1024;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final int people;
    private final List<Phase> phases;
    private Phase phase;
    private long nanos;
    private long written;
    private final PresenceStore store = PresenceStore.builder()
            .callerDriven()
            .nanoClock(() -> nanos)
            .maxPresences(Integer.MAX_VALUE)
            .build();

    /** The rounds in which the same goes on. */
    private record Phase(String name, Rounds byClock, Rounds byProcessor) {
        Phase(String name) {
            this(name, new Rounds(), new Rounds());
        }
    }

    private Pauses(int people, List<Phase> phases) {
        this.people = people;
        this.phases = phases;
        this.phase = phases.get(0);
    }

    /** Notes the figures. */
    public static void main(String[] args) {
        int people = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 400;
        int runs = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        idle(people);
        List<Phase> phases = List.of(new Phase("joining"), new Phase("living"), new Phase("all ending at once"));
        long collectionMillis = collectionMillis();
        for (int run = 0; run < runs; run++) {
            new Pauses(people, phases).run(seconds);
            phases.forEach(Pauses::endRun);
        }
        phases.forEach(phase -> note(people, phase));
        long collected = TimeUnit.MILLISECONDS.toNanos(collectionMillis() - collectionMillis);
        note(people, "collections in all", collected);
    }

    private static void idle(int people) {
        Phase idle = new Phase("nothing to do");
        Pauses pauses = new Pauses(0, List.of(idle));
        for (long start = System.nanoTime(); System.nanoTime() - start < IDLE_NANOS; ) {
            pauses.rounds();
        }
        pauses.store.close();
        endRun(idle);
        note(people, idle);
    }

    private void run(int seconds) {
        Life life = new Life(people, SEED);
        life.begin(this);
        rounds();
        phase = phases.get(1);
        for (long tick = TimeUnit.SECONDS.toNanos(seconds) / TICK_NANOS; tick > 0; tick--) {
            nanos += TICK_NANOS;
            life.tick(this);
            rounds();
        }
        phase = phases.get(2);
        long alive = store.stats().presences();
        nanos += Life.LONG_TTL.toNanos();
        rounds();
        if (alive < people / 2 || store.stats().presences() != 0) {
            throw new IllegalStateException("presences must live, and must end: " + alive + ", " + store.stats());
        }
        store.close();
    }

    private void rounds() {
        int work;
        do {
            long start = System.nanoTime();
            long startOfThread = THREADS.getCurrentThreadCpuTime();
            work = store.doWork();
            phase.byProcessor.took(THREADS.getCurrentThreadCpuTime() - startOfThread);
            phase.byClock.took(System.nanoTime() - start);
        } while (work > 0);
    }

    private static void endRun(Phase phase) {
        phase.byClock.endRun();
        phase.byProcessor.endRun();
    }

    private static void note(int people, Phase phase) {
        note(people, phase.name, phase.byClock, "");
        note(people, phase.name, phase.byProcessor, " of the processor");
    }

    private static void note(int people, String phase, Rounds rounds, String clock) {
        note(people, phase + " p99.9" + clock, rounds.mostByFar());
        note(people, phase + " longest" + clock, rounds.longest());
        note(people, phase + " longest each time" + clock, rounds.longestEachTime());
    }

    private static void note(int people, String measure, long value) {
        Figures.note(new Figure("Pauses", "PRESENCE", people, measure, value / 1e6, "ms"));
    }

    private static long collectionMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    @Override
    public void join(int number, Duration lifetime) {
        write(PresenceUpsert.of(People.id(number), People.userId(number), "online")
                .expiresIn(lifetime));
    }

    @Override
    public void beat(int number) {
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
        if (++written % WRITES_PER_ROUND == 0) {
            rounds();
        }
    }
}
