package io.presence.bench.fanout;

import io.presence.bench.HeapUse;
import io.presence.bench.fanout.peer.CountingListener;
import io.presence.bench.fanout.peer.FanOut;
import io.presence.bench.report.MeasurementLog;
import io.presence.bench.report.MeasurementLog.Figure;
import java.lang.ref.Reference;

/**
 * How many bytes does a listener take?
 *
 * <p>What is left on the heap after collections is compared, with none and with all. All ask the same of ours. The listener
 * itself, of 24 bytes, counts, and so does whatever is kept for it once one event was delivered. Not counted is the listener in
 * an array of ours.
 *
 * <pre>{@code
 * java -Xmx2g -XX:+UseSerialGC -cp presence-bench/target/benchmarks.jar io.presence.bench.fanout.ListenerFootprint [listeners]
 * }</pre>
 */
public final class ListenerFootprint {

    private ListenerFootprint() {}

    /** Takes down a figure for each candidate. */
    public static void main(String[] args) {
        int listeners = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
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
