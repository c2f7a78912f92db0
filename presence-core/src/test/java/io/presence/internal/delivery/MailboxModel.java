package io.presence.internal.delivery;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.internal.store.ActionSet;
import io.presence.internal.store.PresenceState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The slow and obvious model of a mailbox: it keeps every change since the last delivery of a presence and computes
 * their net effect from all of them.
 */
final class MailboxModel {

    private record Seen(
            StateChange step, boolean after, @Nullable Cause cause) {}

    private final Map<String, PresenceState> told = new TreeMap<>();
    private final Map<String, List<Seen>> untold = new LinkedHashMap<>();

    int size() {
        return untold.size();
    }

    void add(StateChange step, boolean seesAfter, @Nullable Cause cause) {
        untold.computeIfAbsent(step.id(), id -> new ArrayList<>()).add(new Seen(step, seesAfter, cause));
        settle(step.id());
    }

    private void settle(String id) {
        if (told.get(id) == latest(id)) {
            untold.remove(id);
        }
    }

    private @Nullable PresenceState latest(String id) {
        List<Seen> steps = untold.get(id);
        Seen last = steps.get(steps.size() - 1);
        return last.after() ? last.step().after() : null;
    }

    /** The next events, up to so many, which are told then. */
    List<PresenceEvent> take(int most) {
        List<PresenceEvent> events = new ArrayList<>();
        while (events.size() < most && !untold.isEmpty()) {
            String id = untold.keySet().iterator().next();
            events.add(next(id));
            settle(id);
        }
        return events;
    }

    private PresenceEvent next(String id) {
        PresenceState known = told.get(id);
        PresenceState latest = latest(id);
        boolean isOtherLife = known != null && latest != null && known.incarnation() != latest.incarnation();
        if (latest == null || isOtherLife) {
            told.remove(id);
            return exit(id, requireNonNull(known));
        }
        told.put(id, latest);
        List<Seen> steps = untold.get(id);
        int from = known != null ? 0 : lastLeft(steps) + 1;
        int actions = 0;
        for (Seen seen : steps.subList(from, steps.size())) {
            actions |= seen.after() ? seen.step().actions() : 0;
        }
        long revision = steps.get(steps.size() - 1).step().revision();
        Change change = known == null ? Change.ENTER : Change.UPDATE;
        return new PresenceEvent(revision, ActionSet.dominant(actions), change, null, latest, known);
    }

    private static int lastLeft(List<Seen> steps) {
        int last = steps.size() - 1;
        while (last >= 0 && steps.get(last).after()) {
            last--;
        }
        return last;
    }

    /* Of the steps that ended a stay of the life that was told, the last one counts. */
    private PresenceEvent exit(String id, PresenceState known) {
        StateChange left = null;
        Cause cause = null;
        for (Seen seen : untold.get(id)) {
            PresenceState before = seen.step().before();
            if (!seen.after() && before != null && before.incarnation() == known.incarnation()) {
                left = seen.step();
                cause = seen.cause();
            }
        }
        requireNonNull(left, "a step that ended the stay");
        return new PresenceEvent(left.revision(), ActionSet.dominant(left.actions()), Change.EXIT, cause, known, null);
    }
}
