package io.presence.bench.expiry;

import io.presence.bench.expiry.wallclock.WallClockCandidate;
import java.util.Arrays;
import java.util.List;

/** The arguments, ids and threads that the trials of timers share. */
final class TimerTrials {

    private static final String PREFIX = "presence-";

    private TimerTrials() {}

    /** Returns the candidates that the arguments name from an index on, or all. */
    static List<WallClockCandidate> chosen(String[] args, int from) {
        if (args.length <= from) {
            return List.of(WallClockCandidate.values());
        }
        return Arrays.stream(args, from, args.length)
                .map(WallClockCandidate::valueOf)
                .toList();
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
