package io.presence.bench.cluster;

import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.bench.HeapUse;
import io.presence.bench.TrialArguments;
import io.presence.bench.cluster.peer.ClusterCandidate;
import io.presence.bench.cluster.peer.DroppingTransport;
import io.presence.bench.cluster.peer.Node;
import io.presence.bench.cluster.peer.Shown;
import io.presence.cluster.ClusterOptions;
import io.presence.cluster.ClusterTransport;
import io.presence.testing.LocalNetwork;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Measures the heap of a presence in a single store, of one that a node owns, and of its copy on another node, with
 * its strings: two ids of 16 characters, and a status.
 *
 * <p>The argument is the number of presences.
 *
 * <pre>{@code
 * java -Xmx4g -XX:+UseSerialGC -XX:MarkSweepDeadRatio=0 -cp presence-bench/target/benchmarks.jar \
 *     io.presence.bench.cluster.ClusterFootprint 200000
 * }</pre>
 */
public final class ClusterFootprint {

    private static final Duration TTL = Duration.ofDays(1);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final int presences;
    private final Samples samples = new Samples("ClusterFootprint");

    private ClusterFootprint(int presences) {
        this.presences = presences;
    }

    /** Measures all. */
    public static void main(String[] args) {
        ClusterFootprint trial = new ClusterFootprint(new TrialArguments(args).integer("presences", 200_000));
        trial.single();
        trial.own();
        trial.copies();
        trial.hazelcast();
        trial.samples.record();
    }

    private static PresenceStoreBuilder builder() {
        return PresenceStore.builder().callerDriven().defaultTtl(TTL).maxPresences(Integer.MAX_VALUE);
    }

    private static PresenceStore node(ClusterTransport transport) {
        return builder().cluster(ClusterOptions.over(transport)).build();
    }

    private void single() {
        measure("single store", builder().build());
    }

    private void own() {
        measure("own, of a node", node(new DroppingTransport()));
    }

    private void measure(String what, PresenceStore store) {
        try (store) {
            run(store);
            long before = HeapUse.afterCollections();
            fill(store, store);
            add("PRESENCE", what, before);
            requireAll(store);
        }
    }

    private void copies() {
        LocalNetwork network = LocalNetwork.create();
        try (PresenceStore owner = node(network.join("owner"));
                PresenceStore other = node(network.join("other"))) {
            run(owner);
            run(other);
            long before = HeapUse.afterCollections();
            fill(owner, other);
            add("PRESENCE", "own and copy, of two nodes", before);
            requireAll(owner);
            requireAll(other);
        }
    }

    /* Both work after each batch, so that no frame waits at the end. */
    private void fill(PresenceStore owner, PresenceStore other) {
        for (int number = 0; number < presences; number++) {
            Shown row = Shown.of(number, "online");
            owner.upsert(PresenceUpsert.of(row.id(), row.userId(), row.status()));
            if (number % 256 == 0 || number == presences - 1) {
                run(owner);
                run(other);
            }
        }
    }

    private static void run(PresenceStore store) {
        int done;
        do {
            done = store.doWork();
        } while (done > 0);
    }

    private void requireAll(PresenceStore store) {
        if (store.count() != presences) {
            throw new IllegalStateException("store must show " + presences + " presences: " + store.count());
        }
    }

    private void hazelcast() {
        Supplier<Node> cluster = ClusterCandidate.HAZELCAST.newCluster();
        try (Node owner = cluster.get();
                Node other = cluster.get()) {
            Shown last = Shown.of(presences, "online");
            owner.put(last);
            await(other, last);
            long before = HeapUse.afterCollections();
            for (int number = 0; number < presences; number++) {
                owner.put(Shown.of(number, "online"));
            }
            for (int number = 0; number < presences; number++) {
                await(other, Shown.of(number, "online"));
            }
            add("HAZELCAST", "own and copy, of two nodes", before);
        }
    }

    private static void await(Node node, Shown row) {
        while (node.status(row.id()) == null) {
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private void add(String candidate, String what, long before) {
        double bytes = (double) (HeapUse.afterCollections() - before) / presences;
        samples.add(candidate, presences, what, bytes, "B per presence");
    }
}
