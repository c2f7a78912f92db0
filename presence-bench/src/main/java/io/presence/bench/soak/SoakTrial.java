package io.presence.bench.soak;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Runs a store at full rate for minutes, and requires that nothing is lost and that nothing leaks.
 *
 * <p>Writers keep presences in rooms alive, of which the k-th is 1/k as full as the first. A quarter of their
 * operations use a new id. Clients open sessions, lose them in reconnect storms, resume them and take locks.
 * Subscriptions with filters come and go. Some listeners are slow, paused or throw, and a fifth of the heap is
 * occupied.
 *
 * <p>At each checkpoint the writers and the clock of the store stop. Then the list, each view that a listener has built
 * from events, the user view, the counts and the locks must be equal, ENTER minus EXIT must be the number of presences,
 * errors must be those of the listeners that throw, the live heap must be in its {@linkplain HeapBand band}, and no
 * closed listener may remain. At the end everything ends and closes, and the store must be as empty as at its start: by
 * its counters and by the number of live objects of each of its classes.
 *
 * <p>The exit code is 1 if a check fails. The random choices of each thread follow from the seed. Their order among
 * threads does not.
 *
 * <pre>{@code
 * java -Xmx4g -XX:+UseParallelGC -cp presence-bench/target/benchmarks.jar \
 *     io.presence.bench.soak.SoakTrial minutes presences [seed [ids]]
 * }</pre>
 *
 * <p>With {@code ids} the soak goes on after its time until as many ids were used once.
 */
public final class SoakTrial {

    private static final long DEFAULT_SEED = 6;
    private static final double SECONDS_PER_MINUTE = 60;

    private SoakTrial() {}

    /** Runs the soak. */
    public static void main(String[] args) throws InterruptedException {
        if (args.length < 2) {
            System.err.println("arguments must be: minutes presences [seed [ids]]");
            System.exit(2);
        }
        Duration time = Duration.ofMillis((long) (Double.parseDouble(args[0]) * SECONDS_PER_MINUTE * 1000));
        long seed = args.length > 2 ? Long.parseLong(args[2]) : DEFAULT_SEED;
        long ids = args.length > 3 ? Long.parseLong(args[3]) : 0;
        SoakPlan plan = new SoakPlan(time, Integer.parseInt(args[1]), seed, ids);
        System.out.println("seed " + seed + ", " + plan);
        Findings findings = new Findings();
        Census before = rehearse(findings);
        long threads = Threads.others();
        run(plan, findings);
        requireNothing(before, threads, findings);
        if (findings.count() > 0) {
            System.err.printf(
                    Locale.ROOT, "FAILED with seed %d: %d checks, the first of which are:%n", seed, findings.count());
            findings.first().forEach(System.err::println);
            System.exit(1);
        }
        System.out.println("passed with seed " + seed);
    }

    /* A short soak loads all classes, so that the threads and objects of the JVM itself are known. */
    private static Census rehearse(Findings findings) throws InterruptedException {
        run(new SoakPlan(Duration.ofSeconds(2), 1000, 1, 0), findings);
        return Census.take();
    }

    private static void run(SoakPlan plan, Findings findings) throws InterruptedException {
        Soak soak = new Soak(plan, findings);
        List<Thread> workers = soak.start();
        long start = System.nanoTime();
        long working = 0;
        for (int number = 1; working < plan.time().toNanos() || soak.newIds() < plan.ids(); number++) {
            long since = System.nanoTime();
            Thread.sleep(plan.interval().toMillis());
            working += System.nanoTime() - since;
            soak.checkpoint(number);
            if (findings.count() > 0) {
                break;
            }
        }
        soak.end();
        for (Thread worker : workers) {
            worker.join();
        }
        System.out.printf(
                Locale.ROOT,
                "%,d operations, %,d ids used once, %.1f minutes, %.1f of them without checkpoints%n",
                soak.operations(),
                soak.newIds(),
                (System.nanoTime() - start) / 6e10,
                working / 6e10);
    }

    private static void requireNothing(Census before, long threads, Findings findings) {
        Quiet.poll(() -> Threads.ofListeners() == 0 && Threads.others() == threads);
        findings.requireEqual("threads of listeners after close", 0, Threads.ofListeners());
        findings.requireEqual("other threads after close", threads, Threads.others());
        Census.take().requireNothing(before, findings);
    }
}
