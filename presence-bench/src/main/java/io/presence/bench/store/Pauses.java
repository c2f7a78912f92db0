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
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.HdrHistogram.Histogram;

/**
 * How long does a round of the duty cycle take at most, while presences come, are renewed and end; and when the clock jumps
 * so far that all of them end at once?
 *
 * <p>Takes the number of people and of seconds. They live by a clock that is moved by hand, one tick after the other, with
 * rounds in between until nothing is left to do. A round is timed twice: by the clock, and by the processor time of its
 * thread, which holds neither collections (they run on other threads) nor what other processes took, but what other
 * virtual machines did. So the rounds of ten idle seconds come first: what those take is the machine's. The collector is one
 * whose pauses are all counted.
 *
 * <pre>{@code
 * java -Xms8g -Xmx12g -XX:+UseParallelGC -cp presence-bench/target/benchmarks.jar io.presence.bench.store.Pauses 1000000 400
 * }</pre>
 */
public final class Pauses implements Life.Actor {
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(8);
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long SEED = 11;
    private static final int WRITES_PER_ROUND = 1024;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Histogram byClock = new Histogram(3);
    private final Histogram byProcessor = new Histogram(3);
    private final int people;
    private long nanos;
    private long written;
    private final PresenceStore store = PresenceStore.builder()
            .callerDriven()
            .nanoClock(() -> nanos)
            .maxPresences(Integer.MAX_VALUE)
            .build();

    private Pauses(int people) {
        this.people = people;
    }

    /** Notes the figures. */
    public static void main(String[] args) {
        int people = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 400;
        new Pauses(people).run(seconds);
    }

    private void run(int seconds) {
        for (long start = System.nanoTime(); System.nanoTime() - start < IDLE_NANOS; ) {
            rounds();
        }
        note("nothing to do");
        Life life = new Life(people, SEED);
        life.begin(this);
        rounds();
        note("joining");
        long collectionMillis = collectionMillis();
        for (long tick = TimeUnit.SECONDS.toNanos(seconds) / TICK_NANOS; tick > 0; tick--) {
            nanos += TICK_NANOS;
            life.tick(this);
            rounds();
        }
        note("living");
        note("living, collections in all", TimeUnit.MILLISECONDS.toNanos(collectionMillis() - collectionMillis));
        long alive = store.stats().presences();
        nanos += Life.LONG_TTL.toNanos();
        rounds();
        note("all ending at once");
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
            byProcessor.recordValue(THREADS.getCurrentThreadCpuTime() - startOfThread);
            byClock.recordValue(System.nanoTime() - start);
        } while (work > 0);
    }

    private void note(String phase) {
        note(phase, byClock, "");
        note(phase, byProcessor, " of the processor");
    }

    private void note(String phase, Histogram rounds, String clock) {
        LongUnaryOperator percent = tenths -> rounds.getValueAtPercentile(tenths / 10.0);
        note(phase + " p99.9" + clock, percent.applyAsLong(999));
        note(phase + " longest" + clock, rounds.getMaxValue());
        rounds.reset();
    }

    private void note(String measure, long value) {
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
