package io.presence.bench.cluster;

import com.sun.management.OperatingSystemMXBean;
import io.presence.bench.PreciseSleep;
import io.presence.bench.cluster.peer.ClusterCandidate;
import io.presence.bench.cluster.peer.Node;
import io.presence.bench.cluster.peer.Shown;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** One round of the {@link ClusterTrial} of one candidate, with new nodes. The first node writes. */
final class ClusterRound implements AutoCloseable {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final int BATCH = 1_000;
    private static final int PEERS = 2;
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(3);
    private static final int PACED = 2_000;
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ClusterCandidate candidate;
    private final int size;
    private final Samples samples;
    private final Supplier<Node> cluster;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Shown> rows = new ArrayList<>();

    ClusterRound(ClusterCandidate candidate, int size, Samples samples) {
        this.candidate = candidate;
        this.size = size;
        this.samples = samples;
        this.cluster = candidate.newCluster();
        for (int i = 0; i <= PEERS; i++) {
            nodes.add(cluster.get());
        }
        makeRows("here");
        /* All nodes are connected once each peer shows a row. */
        writer().put(new Shown("probe", "probe", "here"));
        nodes.forEach(node -> await(node, List.of(new Shown("probe", "probe", "here"))));
    }

    private Node writer() {
        return nodes.get(0);
    }

    private void makeRows(String status) {
        rows.clear();
        for (int number = 0; number < size; number++) {
            rows.add(Shown.of(number, status));
        }
    }

    /** Measures the time in which both peers have all new rows, written one by one. */
    void spreadOneByOne() {
        makeRows("away");
        spread("one by one", () -> rows.forEach(writer()::put));
    }

    /** Measures the same for batches. */
    void spreadBatches() {
        makeRows("busy");
        spread("batches", () -> {
            for (int from = 0; from < size; from += BATCH) {
                writer().putAll(rows.subList(from, Math.min(size, from + BATCH)));
            }
        });
    }

    private void spread(String measure, Runnable writes) {
        long traffic = traffic();
        long sent = writer().bytesSent();
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        writes.run();
        nodes.forEach(node -> await(node, rows));
        add(measure + ", both peers", (System.nanoTime() - start) / 1e6, "ms");
        add(measure + ", CPU of 3 nodes", (SYSTEM.getProcessCpuTime() - cpu) / 1e3 / size, "us per change");
        addBytes(measure, size, traffic, sent);
    }

    /** Measures the bytes of changes that are alone in their frames. */
    void pace() {
        List<Shown> paced = new ArrayList<>();
        int count = Math.min(size, PACED);
        long traffic = traffic();
        long sent = writer().bytesSent();
        long due = System.nanoTime();
        for (int number = 0; number < count; number++) {
            PreciseSleep.await(due);
            due += PACE_NANOS;
            paced.add(Shown.of(number, "idle"));
            writer().put(paced.get(number));
        }
        nodes.forEach(node -> await(node, paced));
        addBytes("1,000 a second", count, traffic, sent);
        for (int number = 0; number < count; number++) {
            rows.set(number, paced.get(number));
        }
    }

    private void addBytes(String measure, int changes, long traffic, long sent) {
        int strings = rows.get(0).length();
        if (candidate != ClusterCandidate.PRESENCE_LOCAL && Loopback.isCounted()) {
            double bytes = (double) (traffic() - traffic) / changes / PEERS;
            add(measure + ", TCP beside strings", bytes - strings, "B per change and peer");
        }
        if (writer().bytesSent() > 0) {
            double bytes = (double) (writer().bytesSent() - sent) / changes;
            add(measure + ", frames beside strings", bytes - strings, "B per change");
        }
    }

    private static long traffic() {
        return Loopback.isCounted() ? Loopback.bytes() : 0;
    }

    /** Measures the time in which a new node has all rows, from the start of its engine. */
    void join() {
        nodes.remove(PEERS).close();
        long start = System.nanoTime();
        Node joined = cluster.get();
        double connected = (System.nanoTime() - start) / 1e6;
        nodes.add(joined);
        await(joined, rows);
        add("join, engine", connected, "ms");
        add("join, snapshot after that", (System.nanoTime() - start) / 1e6 - connected, "ms");
    }

    /** Measures the traffic without writes. */
    void idle(int seconds) throws InterruptedException {
        TimeUnit.SECONDS.sleep(1);
        long traffic = traffic();
        long sent = sentByAll();
        TimeUnit.SECONDS.sleep(seconds);
        if (candidate != ClusterCandidate.PRESENCE_LOCAL && Loopback.isCounted()) {
            add("idle, TCP of 3 nodes", (double) (traffic() - traffic) / seconds, "B/s");
        }
        if (sentByAll() > 0) {
            add("idle, frames of 3 nodes", (double) (sentByAll() - sent) * PEERS / seconds, "B/s");
        }
    }

    private long sentByAll() {
        return nodes.stream().mapToLong(Node::bytesSent).sum();
    }

    private static void await(Node node, List<Shown> expected) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        for (Shown row : expected) {
            while (!row.status().equals(node.status(row.id()))) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("node must show " + row + ": " + node.status(row.id()));
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    private void add(String measure, double value, String unit) {
        samples.add(candidate.name(), size, measure, value, unit);
    }

    @Override
    public void close() {
        for (int i = nodes.size(); i-- > 0; ) {
            nodes.get(i).close();
        }
    }
}
