package io.presence.property;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The slow and obvious model of idle ladders: a list of all that happened to each life of each id, from which the
 * status to be shown is derived anew for each question. {@link SessionOracle} says which lives there are.
 *
 * <p><b>Threads.</b> For one thread.
 */
final class IdleOracle {

    /** The kinds of events. A dispatch is the moment at which rungs are shown. */
    enum Kind {
        WRITTEN,
        ACTIVE,
        DISPATCHED
    }

    /** A rung: a time without activity and a status. */
    record Rung(long after, String status) {}

    /** An event: for a write also its status and its ladder. */
    record Happened(long at, Kind kind, String status, List<Rung> ladder) {}

    private final Map<SessionOracle.Life, List<Happened>> lives = new HashMap<>();

    private List<Happened> of(SessionOracle.Life life) {
        return lives.computeIfAbsent(life, each -> new ArrayList<>());
    }

    /** A whole write. One that changes neither the written status nor the ladder is not even recorded. */
    void wrote(SessionOracle.Life life, long at, String status, List<Rung> ladder) {
        Happened last = lastWrite(life);
        if (last == null || !last.status().equals(status) || !last.ladder().equals(ladder)) {
            of(life).add(new Happened(at, Kind.WRITTEN, status, ladder));
        }
    }

    /** A write of the status, which keeps the ladder. */
    void patched(SessionOracle.Life life, long at, String status) {
        Happened last = lastWrite(life);
        wrote(life, at, status, last == null ? List.of() : last.ladder());
    }

    void active(SessionOracle.Life life, long at) {
        of(life).add(new Happened(at, Kind.ACTIVE, "", List.of()));
    }

    void dispatched(SessionOracle.Life life, long at) {
        of(life).add(new Happened(at, Kind.DISPATCHED, "", List.of()));
    }

    private @Nullable Happened lastWrite(SessionOracle.Life life) {
        Happened last = null;
        for (Happened each : of(life)) {
            last = each.kind() == Kind.WRITTEN ? each : last;
        }
        return last;
    }

    String written(SessionOracle.Life life) {
        Happened last = lastWrite(life);
        return last == null ? "" : last.status();
    }

    /** The number of writes that changed something. */
    long writes(SessionOracle.Life life) {
        return of(life).stream().filter(each -> each.kind() == Kind.WRITTEN).count();
    }

    /** The statuses that were shown, in order, without repetitions. */
    List<String> statuses(SessionOracle.Life life) {
        List<String> statuses = new ArrayList<>();
        Happened written = null;
        long activeAt = 0;
        for (Happened each : of(life)) {
            String shown = "";
            if (each.kind() == Kind.WRITTEN) {
                written = each;
            }
            if (written == null) {
                continue;
            }
            if (each.kind() == Kind.DISPATCHED) {
                shown = rungAfter(written, each.at() - activeAt);
            } else {
                activeAt = each.at();
                shown = written.status();
            }
            if (statuses.isEmpty() || !statuses.get(statuses.size() - 1).equals(shown)) {
                statuses.add(shown);
            }
        }
        return statuses;
    }

    private static String rungAfter(Happened written, long idle) {
        String shown = written.status();
        for (Rung rung : written.ladder()) {
            if (rung.status().equals(written.status()) || rung.after() <= idle) {
                shown = rung.status();
            }
        }
        return shown;
    }

    String shown(SessionOracle.Life life) {
        List<String> statuses = statuses(life);
        return statuses.get(statuses.size() - 1);
    }
}
