package io.presence.bench.fanout;

import io.presence.bench.HeapUse;
import io.presence.bench.fanout.peer.Ear;
import io.presence.bench.fanout.peer.Hub;
import io.presence.bench.report.Figures;
import io.presence.bench.report.Figures.Figure;
import java.lang.ref.Reference;

/**
 * How many bytes does a listener take?
 *
 * <p>What is left on the heap after collections is compared, with none and with all. All ask the same of ours. The listener
 * itself, of 24 bytes, counts, and so does whatever is kept for it once one event was told. Not counted is the listener in
 * an array of ours.
 *
 * <pre>{@code
 * java -Xmx2g -XX:+UseSerialGC -cp presence-bench/target/benchmarks.jar io.presence.bench.fanout.Footprint [listeners]
 * }</pre>
 */
public final class Footprint {

    private Footprint() {}

    /** Takes down a figure for each candidate. */
    public static void main(String[] args) {
        int listeners = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        for (Candidate candidate : Candidate.values()) {
            bytes(candidate, 100);
            Figures.note(new Figure(
                    "fanout.Footprint",
                    candidate.name(),
                    listeners,
                    "memory per listener",
                    bytes(candidate, listeners),
                    "B"));
        }
    }

    private static double bytes(Candidate candidate, int listeners) {
        Ear[] ears = new Ear[listeners];
        try (Hub hub = candidate.create()) {
            long before = HeapUse.afterCollections();
            for (int i = 0; i < listeners; i++) {
                ears[i] = hub.add();
            }
            hub.ready();
            hub.publish(1);
            double bytes = (double) (HeapUse.afterCollections() - before) / listeners;
            Reference.reachabilityFence(ears);
            return bytes;
        }
    }
}
