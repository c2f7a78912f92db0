package io.presence.internal.delivery;

import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceUpsert;
import io.presence.internal.store.ActionSet;
import io.presence.internal.store.Clocks;
import io.presence.internal.store.DirtyQueue;
import io.presence.internal.store.PresenceState;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.TrustedAccess;
import io.presence.internal.store.TtlPolicy;
import io.presence.query.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A few presences, the steps that a dispatcher makes of what is done to them, and at each revision what one of two
 * principals sees: the statuses {@code 0} and {@code 1} are for the principal of that number, {@code 2} is for both,
 * and {@code 3} may be read by both, but is not asked for.
 */
final class ChangeSequence {

    static final int STATUSES = 4;

    private static final List<String> FILTER_STATUS = List.of("0", "1", "2");

    /** The filter of both principals. */
    static final Query.Filter FILTER = Query.equal("status", "0", "1", "2");

    private final Clocks clocks = new Clocks(() -> 0, () -> Instant.EPOCH);
    private final PresenceTable entries = new PresenceTable(
            clocks,
            new TtlPolicy(Duration.ofMinutes(1), Duration.ofHours(1)),
            new DirtyQueue(clocks, () -> {}),
            100,
            List.of(),
            true,
            null);
    private final Map<String, PresenceState> alive = new TreeMap<>();
    private final Map<String, Long> deliveredAt = new TreeMap<>();
    private final List<Map<String, PresenceState>> seen = new ArrayList<>(List.of(Map.of()));
    private final Map<Long, Cause> causes = new TreeMap<>();
    private int principal;

    long revision() {
        return seen.size() - 1L;
    }

    /** The visible presences at a revision. */
    Map<String, PresenceState> seenAt(long revision) {
        return seen.get((int) revision);
    }

    Map<String, PresenceState> seenNow() {
        return seenAt(revision());
    }

    boolean sees(@Nullable PresenceState state) {
        return state != null && FILTER_STATUS.stream().anyMatch(state.status()::equals) && mayRead(state);
    }

    /** Returns whether the principal may read a state, whether or not that is asked for. */
    boolean mayRead(@Nullable PresenceState state) {
        return state != null && !state.status().equals(Integer.toString(1 - principal));
    }

    /** Creates or changes a presence. */
    StateChange write(String id, int status, Action action) {
        PresenceState before = alive.get(id);
        PresenceState after = (PresenceState)
                entries.upsert(PresenceUpsert.of(id, "ada", Integer.toString(status)), TrustedAccess.INSTANCE)
                        .presence();
        alive.put(id, after);
        return step(id, before, after, null, before == null ? Action.UPSERT : action);
    }

    /** Ends the life of a presence, if it has one. */
    @Nullable StateChange end(String id, Cause cause) {
        PresenceState before = alive.remove(id);
        if (before == null) {
            return null;
        }
        entries.delete(id, null, TrustedAccess.INSTANCE);
        return step(id, before, null, cause, Action.DELETE);
    }

    private StateChange step(
            String id,
            @Nullable PresenceState before,
            @Nullable PresenceState after,
            @Nullable Cause end,
            Action action) {
        long revision = revision() + 1;
        StateChange step =
                new StateChange(revision, deliveredAt.getOrDefault(id, 0L), before, after, end, ActionSet.mask(action));
        deliveredAt.put(id, revision);
        next();
        if (!sees(after)) {
            causes.put(revision, end == null ? Cause.NO_LONGER_MATCHES : end);
        }
        return step;
    }

    private void next() {
        Map<String, PresenceState> now = new TreeMap<>(alive);
        now.values().removeIf(state -> !sees(state));
        seen.add(now);
    }

    /** Why one who saw the state before a step does not see the one after; null if it does. */
    @Nullable Cause causeAt(long revision) {
        return causes.get(revision);
    }

    /** The steps by which somebody who saw nothing comes to see what there is. */
    List<StateChange> snapshot() {
        return seenNow().values().stream().map(this::standing).toList();
    }

    /** Makes it the other principal who sees. Returns the steps of what is seen by one of them alone. */
    List<StateChange> changePrincipal() {
        List<PresenceState> before = List.copyOf(seenNow().values());
        principal = 1 - principal;
        next();
        causes.put(revision(), Cause.NO_LONGER_READABLE);
        List<StateChange> steps = new ArrayList<>();
        before.stream().filter(state -> !sees(state)).map(this::standing).forEach(steps::add);
        seenNow().values().stream()
                .filter(state -> !before.contains(state))
                .map(this::standing)
                .forEach(steps::add);
        return steps;
    }

    private StateChange standing(PresenceState state) {
        return new StateChange(
                revision(), deliveredAt.get(state.id()), state, state, null, ActionSet.mask(Action.UPDATE));
    }
}
