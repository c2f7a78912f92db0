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

    private final Map<String, PresenceState> delivered = new TreeMap<>();
    private final Map<String, List<Seen>> undelivered = new LinkedHashMap<>();

    int size() {
        return undelivered.size();
    }

    void add(StateChange step, boolean seesAfter, @Nullable Cause cause) {
        undelivered.computeIfAbsent(step.id(), id -> new ArrayList<>()).add(new Seen(step, seesAfter, cause));
        settle(step.id());
    }

    private void settle(String id) {
        if (delivered.get(id) == latest(id)) {
            undelivered.remove(id);
        }
    }

    private @Nullable PresenceState latest(String id) {
        List<Seen> steps = undelivered.get(id);
        Seen last = steps.get(steps.size() - 1);
        return last.after() ? last.step().after() : null;
    }

    /** The next events, up to a limit. They count as delivered. */
    List<PresenceEvent> take(int most) {
        List<PresenceEvent> events = new ArrayList<>();
        while (events.size() < most && !undelivered.isEmpty()) {
            String id = undelivered.keySet().iterator().next();
            events.add(next(id));
            settle(id);
        }
        return events;
    }

    private PresenceEvent next(String id) {
        PresenceState known = delivered.get(id);
        PresenceState latest = latest(id);
        boolean isOtherLife = known != null && latest != null && known.incarnation() != latest.incarnation();
        if (latest == null || isOtherLife) {
            delivered.remove(id);
            return exit(id, requireNonNull(known));
        }
        delivered.put(id, latest);
        List<Seen> steps = undelivered.get(id);
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

    /* Of the changes that ended the delivered incarnation, the last one counts. */
    private PresenceEvent exit(String id, PresenceState known) {
        StateChange left = null;
        Cause cause = null;
        for (Seen seen : undelivered.get(id)) {
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
