package io.presence.property;

import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceListener;
import io.presence.property.ModelRecord.Shown;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every dispatched change, as a listener on the dispatcher receives it: the presences at each revision. */
final class DispatchedChanges implements PresenceListener {

    private final Map<String, TreeMap<Long, Optional<ModelRecord>>> byId = new TreeMap<>();

    @Override
    public void onEvent(PresenceEvent event) {
        Presence presence = event.presence();
        Optional<ModelRecord> now = event.change() == Change.EXIT ? Optional.empty() : Optional.of(record(presence));
        byId.computeIfAbsent(presence.id(), id -> new TreeMap<>()).put(event.revision(), now);
    }

    static ModelRecord record(Presence presence) {
        Shown delivered = Shown.of(presence);
        return new ModelRecord(
                delivered.id(),
                delivered.userId(),
                delivered.status(),
                delivered.metadata(),
                delivered.permissions(),
                0,
                delivered.createdAt(),
                delivered.updatedAt(),
                0,
                0,
                0,
                new ModelRecord.Lease(0, 0, 0));
    }

    int presences() {
        return byId.size();
    }

    /** The visible presences at a revision, by id. */
    Map<String, Shown> seen(ObservedView sight, long revision) {
        Map<String, Shown> seen = new TreeMap<>();
        byId.forEach((id, steps) -> {
            Map.Entry<Long, Optional<ModelRecord>> at = steps.floorEntry(revision);
            Shown delivered = at == null ? null : sight.shown(at.getValue().orElse(null));
            if (delivered != null) {
                seen.put(id, delivered);
            }
        });
        return seen;
    }

    /** Returns whether at a revision or later, presences were seen as they are here, each at one time or another. */
    boolean wereSeenSince(ObservedView sight, long revision, Map<String, Shown> assembled) {
        return byId.keySet().containsAll(assembled.keySet())
                && byId.entrySet().stream()
                        .allMatch(each -> states(each.getValue(), revision)
                                .anyMatch(state ->
                                        Objects.equals(sight.shown(state.orElse(null)), assembled.get(each.getKey()))));
    }

    private static Stream<Optional<ModelRecord>> states(TreeMap<Long, Optional<ModelRecord>> steps, long revision) {
        Map.Entry<Long, Optional<ModelRecord>> at = steps.floorEntry(revision);
        return Stream.concat(
                Stream.of(at == null ? Optional.empty() : at.getValue()),
                steps.tailMap(revision, false).values().stream());
    }
}
