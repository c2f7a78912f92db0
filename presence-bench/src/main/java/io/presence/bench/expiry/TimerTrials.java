package io.presence.bench.expiry;

import io.presence.bench.TrialArguments;
import io.presence.bench.expiry.wallclock.WallClockCandidate;
import java.util.List;

/** The arguments, ids and threads that the trials of timers share. */
final class TimerTrials {

    private static final String PREFIX = "presence-";

    private TimerTrials() {}

    /** Returns the candidates that are the rest of the arguments, or all. */
    static List<WallClockCandidate> candidates(TrialArguments arguments) {
        return arguments.rest(WallClockCandidate::valueOf, List.of(WallClockCandidate.values()));
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
