package io.presence.bench.cluster;

import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.bench.cluster.peer.Shown;
import io.presence.bench.workload.People;
import io.presence.cluster.ClusterOptions;
import io.presence.testing.LocalNetwork;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;

/**
 * Measures the processor time of the dispatcher for a change of a single store, for one that a node sends, and for one
 * that it receives, without a subscription.
 *
 * <p>One thread writes, {@value #BATCH} presences at a time in random order, and drives all stores. The nodes are
 * connected by {@link LocalNetwork}, which copies each frame; the time of an engine is not included.
 *
 * <pre>{@code
 * java -Xmx4g -cp presence-bench/target/benchmarks.jar io.presence.bench.cluster.DispatchTrial 200000 3
 * }</pre>
 *
 * <p>The arguments are the number of presences and of rounds.
 */
public final class DispatchTrial {

    private static final Duration TTL = Duration.ofDays(1);
    private static final int BATCH = 1_000;
    private static final long SEED = 5;
    private static final List<String> STATUSES = List.of("online", "away", "busy", "typing");
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final int presences;
    private final int[] order;
    private final Samples samples = new Samples("DispatchTrial");
    private final LocalNetwork network = LocalNetwork.create();
    private final PresenceStore single = builder().build();
    private final PresenceStore sender = node("sender");
    private final PresenceStore receiver = node("receiver");
    private int passes;

    private DispatchTrial(int presences) {
        this.presences = presences;
        this.order = People.shuffled(presences, SEED);
    }

    /** Measures the rounds after some that are not recorded. */
    public static void main(String[] args) {
        DispatchTrial trial = new DispatchTrial(args.length > 0 ? Integer.parseInt(args[0]) : 200_000);
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        for (int warmUp = 0; warmUp < 4; warmUp++) {
            trial.round();
        }
        trial.samples.clear();
        for (int round = 0; round < rounds; round++) {
            trial.round();
        }
        trial.samples.record();
    }

    private static PresenceStoreBuilder builder() {
        return PresenceStore.builder().callerDriven().defaultTtl(TTL).maxPresences(Integer.MAX_VALUE);
    }

    private PresenceStore node(String name) {
        return builder().cluster(ClusterOptions.over(network.join(name))).build();
    }

    /* The three stores take turns after each batch. */
    private void round() {
        String status = STATUSES.get(passes++ & 3);
        long[] nanos = new long[3];
        for (int from = 0; from < presences; from += BATCH) {
            for (int i = from; i < Math.min(presences, from + BATCH); i++) {
                Shown row = Shown.of(order[i], status);
                PresenceUpsert upsert = PresenceUpsert.of(row.id(), row.userId(), row.status());
                single.upsert(upsert);
                sender.upsert(upsert);
            }
            nanos[0] += run(single);
            nanos[1] += run(sender);
            nanos[2] += run(receiver);
        }
        if (receiver.count() != presences) {
            throw new IllegalStateException("receiver must show " + presences + " presences: " + receiver.count());
        }
        add("change of a single store", nanos[0]);
        add("change sent", nanos[1]);
        add("change received", nanos[2]);
    }

    private static long run(PresenceStore store) {
        long start = THREADS.getCurrentThreadCpuTime();
        int done;
        do {
            done = store.doWork();
        } while (done > 0);
        return THREADS.getCurrentThreadCpuTime() - start;
    }

    private void add(String measure, long nanos) {
        samples.add("PRESENCE", presences, measure, nanos / 1e3 / presences, "us");
    }
}
