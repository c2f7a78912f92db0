package io.presence.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.internal.store.PresenceState;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * The presences that a listener assembles from its calls, checked against the earlier calls and the dispatched states.
 */
final class AssembledView {

    private final ChangeSequence incarnations;
    private final Map<String, Presence> presences = new TreeMap<>();

    AssembledView(ChangeSequence incarnations) {
        this.incarnations = incarnations;
    }

    void take(ListenerCall call) {
        switch (call.kind()) {
            case RESET -> presences.clear();
            case EVENTS -> call.events().forEach(this::take);
            case EVALUATED, INTERRUPTED -> assertThat(call.events()).isEmpty();
            case SYNCED ->
                assertThat(presences)
                        .as("in sync at %s", call.syncedAt())
                        .isEqualTo(incarnations.seenAt(call.syncedAt()));
        }
    }

    private void take(PresenceEvent event) {
        String id = event.presence().id();
        switch (event.change()) {
            case ENTER ->
                assertThat(presences.put(id, event.presence()))
                        .as("inside before %s", event)
                        .isNull();
            case UPDATE -> {
                assertThat(event.previous()).as("previous of %s", event).isNotNull();
                assertThat(presences.put(id, event.presence()))
                        .as("before %s", event)
                        .isSameAs(event.previous());
            }
            case EXIT -> {
                assertThat(event.cause()).as("cause of %s", event).isEqualTo(incarnations.causeAt(event.revision()));
                assertThat(presences.remove(id)).as("before %s", event).isSameAs(event.presence());
            }
        }
    }

    /** Checks how far a call, which was taken, says that this is. */
    void checkProgress(ListenerCall call) {
        if (call.exactRevision() >= 0) {
            assertThat(presences)
                    .as("exactly at %s", call.exactRevision())
                    .isEqualTo(incarnations.seenAt(call.exactRevision()));
        }
        TreeMap<String, PresenceState> known = new TreeMap<>(incarnations.seenNow());
        for (long revision = call.deliveredRevision(); revision < incarnations.revision(); revision++) {
            known.putAll(incarnations.seenAt(revision));
        }
        known.keySet()
                .forEach(id -> assertThat(LongStream.rangeClosed(call.deliveredRevision(), incarnations.revision()))
                        .as("at %s or later, %s was %s", call.deliveredRevision(), id, presences.get(id))
                        .anyMatch(revision -> incarnations.seenAt(revision).get(id) == presences.get(id)));
        assertThat(known.keySet())
                .as("seen at %s or later", call.deliveredRevision())
                .containsAll(presences.keySet());
    }

    void checkIsNow() {
        assertThat(presences).as("after all was delivered").isEqualTo(incarnations.seenNow());
    }
}
