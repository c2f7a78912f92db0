package io.presence.examples.gateway.load;

import io.presence.examples.gateway.wire.Json;
import java.util.Arrays;

/** The times from a write to the arrival of its events. */
final class Latencies {

    private long[] nanos = new long[1 << 16];
    private int count;

    /** Records a message if it is an event. */
    void received(String message) {
        if (message.startsWith("{\"type\":\"event\"")) {
            long at = Json.parse(message)
                    .path("data")
                    .path("payload")
                    .path("metadata")
                    .path("at")
                    .asLong();
            add(System.nanoTime() - at);
        }
    }

    private synchronized void add(long latency) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = latency;
    }

    synchronized int count() {
        return count;
    }

    synchronized void clear() {
        count = 0;
    }

    synchronized String summary() {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return count + " events, ms: p50 " + at(sorted, 0.5) + ", p90 " + at(sorted, 0.9) + ", p99 " + at(sorted, 0.99)
                + ", p99.9 " + at(sorted, 0.999) + ", most " + at(sorted, 1);
    }

    private static String at(long[] sorted, double share) {
        int index = (int) Math.min(sorted.length - 1L, (long) (share * sorted.length));
        return index < 0 ? "-" : String.format("%.1f", sorted[index] / 1e6);
    }
}
