package io.presence.user;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import org.jspecify.annotations.Nullable;

/**
 * A change of one user, as one subscription sees it. For each user the changes are one ENTER, any number of UPDATE, and
 * one EXIT. Then the sequence can start again.
 *
 * <p><b>Threads.</b> Immutable.
 *
 * @param revision the store's revision of the last change that is conflated into this event; strictly increasing for
 *     each user, not contiguous
 * @param change the change of the user
 * @param cause the reason why the last visible presence of the user is no longer visible; null unless {@code change} is
 *     {@link Change#EXIT}
 * @param user the user now; for an EXIT, as delivered before
 * @param previous the user as delivered before; null unless {@code change} is {@link Change#UPDATE}
 */
public record UserEvent(
        long revision,
        Change change,
        @Nullable Cause cause,
        UserPresence user,
        @Nullable UserPresence previous) {

    /**
     * Checks that the optional parts fit the change.
     *
     * @throws IllegalArgumentException if a cause is given without an EXIT or is missing for one, or if a previous user
     *     is given without an UPDATE or is missing for one
     */
    public UserEvent {
        requireNonNull(change, "change must not be null");
        requireNonNull(user, "user must not be null");
        if ((cause != null) != (change == Change.EXIT)) {
            throw new IllegalArgumentException(
                    "cause must be null unless change is EXIT, and must not be null then: " + change);
        }
        if ((previous != null) != (change == Change.UPDATE)) {
            throw new IllegalArgumentException(
                    "previous must be null unless change is UPDATE, and must not be null then: " + change);
        }
    }
}
