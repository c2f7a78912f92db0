package io.presence.user;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A user as one user view sees it, merged from the visible presences of that user. It depends on these presences alone:
 * equal sets of visible presences give equal users, whatever the order in which they came.
 *
 * <p><b>Threads.</b> Immutable.
 *
 * @param userId the user
 * @param status the status of the presence that ranks highest in the
 *     {@linkplain io.presence.PresenceStoreBuilder#statusLadder ladder} of the store. If several rank equally, it is
 *     the one with the latest {@code updatedAt}, and then the one with the greatest id
 * @param presences the number of visible presences, at least 1
 * @param since the earliest {@code createdAt} of these presences
 */
public record UserPresence(String userId, String status, int presences, Instant since) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if {@code presences} is not positive
     */
    public UserPresence {
        requireNonNull(userId, "userId must not be null");
        requireNonNull(status, "status must not be null");
        requireNonNull(since, "since must not be null");
        if (presences <= 0) {
            throw new IllegalArgumentException("presences must be positive: " + presences);
        }
    }
}
