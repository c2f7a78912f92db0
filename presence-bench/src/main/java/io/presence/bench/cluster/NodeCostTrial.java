package io.presence.bench.cluster;

import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.bench.SkippingClock;
import io.presence.bench.TrialArguments;
import io.presence.bench.cluster.peer.Shown;
import io.presence.bench.workload.People;
import io.presence.cluster.ClusterOptions;
import io.presence.testing.LocalNetwork;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Measures the processor time of a heartbeat and of a write on a single store and on a node, and that of the dispatcher
 * for a change of a single store, for one that a node sends, and for one that it receives, without a subscription.
 *
 * <p>One thread writes {@value #BATCH} presences at a time in random order, and drives all stores. They take turns in
 * each batch, and in being the first, so that what else runs on the machine meets all of them alike. The control is a
 * second single store: what it differs by from the first is the error of the figures.
 *
 * <p>The nodes are connected by {@link LocalNetwork}, which copies each frame; the time of an engine is not included.
 * Each presence has a heartbeat in 30 seconds, by a clock that the writes move.
 *
 * <pre>{@code
 * java -Xmx4g -cp presence-bench/target/benchmarks.jar io.presence.bench.cluster.NodeCostTrial 200000 5
 * }</pre>
 *
 * <p>The arguments are the number of presences and of rounds.
 */
public final class NodeCostTrial {

    private static final Duration TTL = Duration.ofSeconds(90);
    private static final long HEARTBEAT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int BATCH = 1_000;
    private static final int WARM_UPS = 6;
    private static final long SEED = 5;
    private static final List<String> STATUSES = List.of("online", "away", "busy", "typing");
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final int presences;
    private final int[] order;
    private final Samples samples = new Samples("NodeCostTrial");
    private final SkippingClock clock = SkippingClock.running();
    private final LocalNetwork network = LocalNetwork.create();
    private final List<Writable> stores;
    private final PresenceStore receiver;
    private int passes;

    /* A store that is written, and the processor times of one round in nanoseconds. */
    private static final class Writable {
        private final String name;
        private final PresenceStore store;
        private long touch;
        private long upsert;
        private long dispatch;

        Writable(String name, PresenceStore store) {
            this.name = name;
            this.store = store;
        }

        void reset() {
            touch = 0;
            upsert = 0;
            dispatch = 0;
        }
    }

    private NodeCostTrial(int presences) {
        this.presences = presences;
        this.order = People.shuffled(presences, SEED);
        this.stores = List.of(
                new Writable("single store", builder().build()),
                new Writable("control", builder().build()),
                new Writable("node", node("sender")));
        this.receiver = node("receiver");
    }

    /** Measures the rounds after some that are not recorded. */
    public static void main(String[] args) {
        TrialArguments arguments = new TrialArguments(args);
        NodeCostTrial trial = new NodeCostTrial(arguments.integer("presences", 200_000));
        int rounds = arguments.integer("rounds", 5);
        for (int warmUp = 0; warmUp < WARM_UPS; warmUp++) {
            trial.round();
        }
        trial.samples.clear();
        for (int round = 0; round < rounds; round++) {
            trial.round();
        }
        trial.samples.record();
    }

    private PresenceStoreBuilder builder() {
        return PresenceStore.builder()
                .callerDriven()
                .nanoClock(clock)
                .defaultTtl(TTL)
                .maxPresences(Integer.MAX_VALUE);
    }

    private PresenceStore node(String name) {
        return builder().cluster(ClusterOptions.over(network.join(name))).build();
    }

    private void round() {
        String status = STATUSES.get(passes++ & 3);
        long received = 0;
        stores.forEach(Writable::reset);
        for (int from = 0; from < presences; from += BATCH) {
            int to = Math.min(presences, from + BATCH);
            int first = from / BATCH;
            inTurn(first, each -> each.upsert += upsertAll(each.store, first * BATCH, to, status));
            clock.skip(HEARTBEAT_NANOS / presences * BATCH);
            inTurn(first, each -> each.dispatch += work(each.store));
            received += work(receiver);
        }
        for (int from = 0; from < presences; from += BATCH) {
            int to = Math.min(presences, from + BATCH);
            int first = from / BATCH;
            inTurn(first, each -> each.touch += touchAll(each.store, first * BATCH, to));
            clock.skip(HEARTBEAT_NANOS / presences * BATCH);
            inTurn(first, each -> each.touch += work(each.store));
            work(receiver);
        }
        if (receiver.count() != presences) {
            throw new IllegalStateException("receiver must show " + presences + " presences: " + receiver.count());
        }
        record(received);
    }

    /* A store that is not the first finds code and data in the caches. */
    private void inTurn(int first, Consumer<Writable> action) {
        for (int i = 0; i < stores.size(); i++) {
            action.accept(stores.get((first + i) % stores.size()));
        }
    }

    private long upsertAll(PresenceStore store, int from, int to, String status) {
        Shown[] rows = new Shown[to - from];
        for (int i = from; i < to; i++) {
            rows[i - from] = Shown.of(order[i], status);
        }
        long start = THREADS.getCurrentThreadCpuTime();
        for (Shown row : rows) {
            store.upsert(PresenceUpsert.of(row.id(), row.userId(), row.status()));
        }
        return THREADS.getCurrentThreadCpuTime() - start;
    }

    private long touchAll(PresenceStore store, int from, int to) {
        String[] ids = new String[to - from];
        for (int i = from; i < to; i++) {
            ids[i - from] = People.id(order[i]);
        }
        long start = THREADS.getCurrentThreadCpuTime();
        for (String id : ids) {
            store.touch(id);
        }
        return THREADS.getCurrentThreadCpuTime() - start;
    }

    private static long work(PresenceStore store) {
        long start = THREADS.getCurrentThreadCpuTime();
        int done;
        do {
            done = store.doWork();
        } while (done > 0);
        return THREADS.getCurrentThreadCpuTime() - start;
    }

    private void record(long received) {
        Writable single = stores.get(0);
        for (Writable each : stores) {
            add("touch, " + each.name, each.touch);
            add("upsert by its caller, " + each.name, each.upsert);
            add("dispatch, " + each.name, each.dispatch);
        }
        add("dispatch of a received change", received);
        for (Writable each : stores.subList(1, stores.size())) {
            String to = ", " + each.name + " to single store";
            ratio("touch" + to, each.touch, single.touch);
            ratio("upsert by its caller" + to, each.upsert, single.upsert);
            ratio("upsert and dispatch" + to, each.upsert + each.dispatch, single.upsert + single.dispatch);
        }
    }

    private void add(String measure, long nanos) {
        samples.add("PRESENCE", presences, measure, (double) nanos / presences, "ns");
    }

    private void ratio(String measure, long node, long one) {
        samples.add("PRESENCE", presences, measure, (double) node / one, "times");
    }
}
