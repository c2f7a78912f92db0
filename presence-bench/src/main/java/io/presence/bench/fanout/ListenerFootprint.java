package io.presence.bench.fanout;

import io.presence.bench.HeapUse;
import io.presence.bench.TrialArguments;
import io.presence.bench.fanout.peer.CountingListener;
import io.presence.bench.fanout.peer.FanOut;
import io.presence.bench.report.MeasurementLog;
import io.presence.bench.report.MeasurementLog.Figure;
import java.lang.ref.Reference;

/**
 * Measures the bytes of a listener.
 *
 * <p>The heap in use after collections is compared without listeners and with all. All subscriptions of the library
 * have equal queries. The bytes include the listener object, of 24 bytes, and the state kept for it after one event.
 * They exclude the benchmark's array of listeners.
 *
 * <pre>{@code
 * java -Xmx2g -XX:+UseSerialGC -cp presence-bench/target/benchmarks.jar \
 *     io.presence.bench.fanout.ListenerFootprint [listeners]
 * }</pre>
 */
public final class ListenerFootprint {

    private ListenerFootprint() {}

    /** Records a figure for each candidate. */
    public static void main(String[] args) {
        TrialArguments arguments = new TrialArguments(args);
        int listeners = arguments.integer("listeners", 10_000);
        for (FanOutCandidate candidate : FanOutCandidate.values()) {
            bytes(candidate, 100);
            MeasurementLog.record(new Figure(
                    "ListenerFootprint",
                    candidate.name(),
                    listeners,
                    "memory per listener",
                    bytes(candidate, listeners),
                    "B"));
        }
    }

    private static double bytes(FanOutCandidate candidate, int listeners) {
        CountingListener[] counters = new CountingListener[listeners];
        try (FanOut fanOut = candidate.create()) {
            long before = HeapUse.afterCollections();
            for (int i = 0; i < listeners; i++) {
                counters[i] = fanOut.add();
            }
            fanOut.ready();
            fanOut.publish(1);
            double bytes = (double) (HeapUse.afterCollections() - before) / listeners;
            Reference.reachabilityFence(counters);
            return bytes;
        }
    }
}
