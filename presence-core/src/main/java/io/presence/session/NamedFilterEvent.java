package io.presence.session;

import static java.util.Objects.requireNonNull;

import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of one presence, with its effect on each name that it concerns. For each name and presence the changes are
 * ENTER, UPDATE any number of times, EXIT.
 *
 * <p>For example, when a user in a room begins to type, the name {@code room} has an UPDATE and the name
 * {@code typing} an ENTER.
 *
 * <p><b>Threads.</b> Immutable.
 *
 * @param event the change of the presence for the subscription as a whole. All viewers of the change can share it; it
 *     is the key of an {@link EventMemo}
 * @param changes the effect on each name concerned, at least one, in the order of the names
 */
public record NamedFilterEvent(PresenceEvent event, List<NamedChange> changes) {

    /**
     * The effect of a change on one name.
     *
     * @param name the name
     * @param change ENTER if the presence matches now and did not match as delivered before, EXIT for the reverse, and
     *     UPDATE if it matched and matches
     * @param cause null unless the change is an EXIT. Then the cause of the whole event if that is an EXIT, and
     *     otherwise {@link Cause#NO_LONGER_MATCHES}
     */
    public record NamedChange(
            String name, Change change, @Nullable Cause cause) {

        /**
         * Checks that the cause fits the change.
         *
         * @throws IllegalArgumentException if a cause is given without an EXIT, or is missing for one
         */
        public NamedChange {
            requireNonNull(name, "name must not be null");
            requireNonNull(change, "change must not be null");
            if ((cause != null) != (change == Change.EXIT)) {
                throw new IllegalArgumentException(
                        "cause must be null unless change is EXIT, and must not be null then: " + change);
            }
        }
    }

    /**
     * Copies the changes.
     *
     * @throws IllegalArgumentException if there is none
     */
    public NamedFilterEvent {
        requireNonNull(event, "event must not be null");
        changes = List.copyOf(changes);
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("changes must not be empty: " + event);
        }
    }

    /**
     * Returns the revision of the change.
     *
     * @return that of the event
     */
    public long revision() {
        return event.revision();
    }

    /**
     * Returns the presence as it is now, or as it was delivered last if the whole event is an EXIT.
     *
     * @return that of the event
     */
    public Presence presence() {
        return event.presence();
    }

    /**
     * Returns the presence as it was delivered last.
     *
     * @return null unless the whole event is an UPDATE
     */
    public @Nullable Presence previous() {
        return event.previous();
    }

    /**
     * Returns the effect on a name.
     *
     * @param name a name of the subscription
     * @return null if the change does not concern the name
     */
    public @Nullable NamedChange change(String name) {
        requireNonNull(name, "name must not be null");
        for (NamedChange change : changes) {
            if (change.name().equals(name)) {
                return change;
            }
        }
        return null;
    }
}
