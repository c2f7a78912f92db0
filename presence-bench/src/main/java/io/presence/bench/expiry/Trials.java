package io.presence.bench.expiry;

import io.presence.bench.expiry.wallclock.Candidate;
import java.util.Arrays;
import java.util.List;

/** What the trials have in common. */
final class Trials {
    private static final String PREFIX = "presence-";

    private Trials() {}

    /** The candidates that are named from some argument on, or all. */
    static List<Candidate> chosen(String[] args, int from) {
        if (args.length <= from) {
            return List.of(Candidate.values());
        }
        return Arrays.stream(args, from, args.length).map(Candidate::valueOf).toList();
    }

    static String id(int number) {
        return PREFIX + number;
    }

    static int number(String id) {
        return Integer.parseInt(id, PREFIX.length(), id.length(), 10);
    }

    static Thread daemon(Runnable task) {
        Thread made = new Thread(task);
        made.setDaemon(true);
        return made;
    }
}
