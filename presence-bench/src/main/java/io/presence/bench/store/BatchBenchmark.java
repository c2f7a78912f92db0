package io.presence.bench.store;

import io.presence.bench.store.peer.PlainPresence;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Measures heartbeats and writes of several presences at once among a million live ones, as of a gateway that collects
 * them for a while. A peer without such a call does them one by one.
 *
 * <p>One operation is a whole batch, with its later cost in the store.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar BatchBenchmark -prof gc -p clock=SYSTEM
 * }</pre>
 */
public class BatchBenchmark extends StoreBenchmark {

    /** A batch, which is filled anew each time. */
    @State(Scope.Thread)
    public static class Batch {

        /** The number of presences in a batch. */
        @Param({"8", "64"})
        public int batch;

        private List<PlainPresence> records = List.of();

        /** Makes room for the records. */
        @Setup
        public void setUp() {
            records = Arrays.asList(new PlainPresence[batch]);
        }
    }

    /** Sends heartbeats. */
    @Benchmark
    public int touchAll(HeartbeatStream stream, Batch batch) {
        stream.next(batch.records);
        int alive = stream.store().touchAll(batch.records);
        if (alive != batch.records.size()) {
            throw new IllegalStateException("presences must be alive: " + alive + " of " + batch.records.size());
        }
        return alive;
    }

    /** Writes records. */
    @Benchmark
    public void upsertAll(HeartbeatStream stream, Batch batch) {
        stream.next(batch.records);
        stream.store().upsertAll(batch.records, stream.status());
    }
}
