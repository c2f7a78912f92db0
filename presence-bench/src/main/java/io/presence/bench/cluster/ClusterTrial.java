package io.presence.bench.cluster;

import io.presence.bench.TrialArguments;
import io.presence.bench.cluster.peer.ClusterCandidate;
import java.util.List;

/**
 * Measures three nodes that hold the same rows: the time until both peers have all rows that the first node writes, the
 * join of a node, the bytes of a change, and the traffic without changes.
 *
 * <p>All nodes of a candidate are in this JVM. Candidates take turns, and each round has new nodes. A first round, of
 * 10,000 rows, warms up the compiler. The traffic of TCP is that of the loopback interface, in which other processes
 * must not take part: on Linux, {@code unshare} gives the trial an interface of its own.
 *
 * <p>docs/benchmarks.md has the command.
 *
 * <p>The arguments are the number of rows, of rounds, of seconds without changes, and the candidates.
 */
public final class ClusterTrial {

    private static final int WARM_UP = 10_000;

    private ClusterTrial() {}

    /** Measures the given candidates or all of them. */
    public static void main(String[] args) throws InterruptedException {
        TrialArguments arguments = new TrialArguments(args);
        int size = arguments.integer("size", 200_000);
        int rounds = arguments.integer("rounds", 3);
        int seconds = arguments.integer("seconds", 10);
        List<ClusterCandidate> candidates =
                arguments.rest(ClusterCandidate::valueOf, List.of(ClusterCandidate.values()));
        Samples samples = new Samples("ClusterTrial");
        for (ClusterCandidate candidate : candidates) {
            measure(candidate, WARM_UP, 0, samples);
        }
        samples.clear();
        for (int round = 0; round < rounds; round++) {
            for (ClusterCandidate candidate : candidates) {
                measure(candidate, size, seconds, samples);
            }
        }
        samples.record();
    }

    private static void measure(ClusterCandidate candidate, int size, int seconds, Samples samples)
            throws InterruptedException {
        try (ClusterRound round = new ClusterRound(candidate, size, samples)) {
            round.spreadOneByOne();
            round.spreadBatches();
            round.pace();
            round.join();
            if (seconds > 0) {
                round.idle(seconds);
            }
        }
    }
}
