package io.presence;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A change of one presence, as one subscription sees it.
 *
 * <p>For each presence and subscription, the {@linkplain Change changes} are one ENTER when the presence becomes
 * visible, any number of UPDATE, and one EXIT when it is no longer visible. After an EXIT, and after
 * {@link PresenceListener#onReset}, the sequence can start again.
 * A subscription without a snapshot has no ENTER of a presence that was visible when it started: the first change of
 * such a presence is an UPDATE or an EXIT. A presence is visible if it is on the channel, its permissions let the
 * principal read it, and it matches the queries.
 *
 * <p><b>Threads.</b> Immutable.
 *
 * @param revision the store's revision of the last change that is conflated into this event; strictly increasing for
 *     each presence, not contiguous
 * @param action the operation that was performed on the presence. If several writes were conflated, it is
 *     {@link Action#UPSERT} if one of them was an upsert
 * @param change the change of visibility for this subscription
 * @param cause the reason why the presence is no longer visible; null unless {@code change} is {@link Change#EXIT}
 * @param presence the presence now. For an EXIT, the presence as last delivered to this subscription, except that an
 *     expired presence has the {@code expiresAt} at which it expired
 * @param previous the presence as last delivered to this subscription; null unless {@code change} is
 *     {@link Change#UPDATE}
 * @param endedAt the time at which the presence ended, by the wall clock: its deadline, or the time of its deletion
 *     or disconnect. Null unless the cause {@linkplain Cause#isEnd() is an end}
 * @param lastSeenAt the time of the last heartbeat, as in {@link Presence#lastSeenAt}. Null unless the cause
 *     {@linkplain Cause#isEnd() is an end}
 */
public record PresenceEvent(
        long revision,
        Action action,
        Change change,
        @Nullable Cause cause,
        Presence presence,
        @Nullable Presence previous,
        @Nullable Instant endedAt,
        @Nullable Instant lastSeenAt) {

    /** The operation that was performed on a presence, by Appwrite's names. */
    public enum Action {
        /** The presence was created or replaced. */
        UPSERT,
        /** Some fields of the presence were changed, or its idle ladder has changed the status that is shown. */
        UPDATE,
        /** The presence ended. {@link Cause} is the reason. */
        DELETE;

        private final String word = name().toLowerCase(Locale.ROOT);

        /**
         * Returns the name that channels and events use.
         *
         * @return {@code upsert}, {@code update} or {@code delete}
         */
        @Override
        public String toString() {
            return word;
        }
    }

    /** The change of visibility that an event reports. */
    public enum Change {
        /** The presence became visible. */
        ENTER,
        /** The presence was written, or its idle ladder shows another status, and it is still visible. */
        UPDATE,
        /** The presence is no longer visible. */
        EXIT
    }

    /** The reason why a presence is no longer visible. */
    public enum Cause {
        /** The presence was deleted. */
        DELETED,
        /** The presence expired. */
        EXPIRED,
        /**
         * The last {@linkplain io.presence.session.PresenceSession session} that held the presence was closed, or its
         * grace is over.
         */
        DISCONNECTED,
        /**
         * The last session that held the presence was closed by {@link PresenceStore#drain}, or its node was closed.
         */
        SHUTDOWN,
        /**
         * Two {@linkplain io.presence.cluster nodes} had a presence of this id for different users, and the other one
         * is kept.
         */
        REPLACED,
        /** The node of the presence was lost, and did not return in time. */
        NODE_LOST,
        /** The presence has not ended and is readable, but it no longer matches the queries. */
        NO_LONGER_MATCHES,
        /**
         * The presence has not ended, but the principal can no longer read it. Whether it still matches is not
         * disclosed.
         */
        NO_LONGER_READABLE;

        /**
         * Returns whether the presence itself has ended.
         *
         * @return false if the presence exists and is only no longer visible to this subscription
         */
        public boolean isEnd() {
            return this != NO_LONGER_MATCHES && this != NO_LONGER_READABLE;
        }
    }

    /**
     * Checks that the optional parts fit the change.
     *
     * @throws NullPointerException if the action, the change or the presence is null
     * @throws IllegalArgumentException if a cause is given without an EXIT or is missing for one, if a previous
     *     presence is given without an UPDATE or is missing for one, or if the times of an end are given without an end
     */
    public PresenceEvent {
        Checks.notNull("action", action);
        Checks.notNull("change", change);
        Checks.notNull("presence", presence);
        if ((cause != null) != (change == Change.EXIT)) {
            throw new IllegalArgumentException(
                    "cause must be null unless change is EXIT, and must not be null then: " + change);
        }
        if ((previous != null) != (change == Change.UPDATE)) {
            throw new IllegalArgumentException(
                    "previous must be null unless change is UPDATE, and must not be null then: " + change);
        }
        if ((endedAt != null || lastSeenAt != null) && (cause == null || !cause.isEnd())) {
            throw new IllegalArgumentException("endedAt and lastSeenAt must be null unless cause is an end: " + cause);
        }
    }

    /**
     * Creates an event without the times of an end.
     *
     * @param revision the revision
     * @param action the operation that was performed
     * @param change the change of visibility
     * @param cause the reason of an EXIT, or null
     * @param presence the presence
     * @param previous the presence before an UPDATE, or null
     * @throws IllegalArgumentException if the optional parts do not fit the change
     */
    public PresenceEvent(
            long revision,
            Action action,
            Change change,
            @Nullable Cause cause,
            Presence presence,
            @Nullable Presence previous) {
        this(revision, action, change, cause, presence, previous, null, null);
    }

    /**
     * Returns whether the cause of this UPDATE is the {@linkplain PresenceUpsert#idle idle ladder} alone: the user was
     * idle for the time of a rung, or is active again. Nothing was written then. If a write is conflated into the
     * event, this is false; {@link Presence#status} and {@link Presence#writtenStatus} differ while a rung is shown.
     *
     * @return false for an ENTER and an EXIT
     */
    public boolean isIdleChange() {
        return previous != null
                && !presence.status().equals(previous.status())
                && presence.version().equals(previous.version());
    }

    /**
     * Returns the names of this event to which a client can subscribe, most specific first, as Appwrite sends them.
     *
     * @return for example {@code presences.p1.upsert, presences.*.upsert, presences.p1, presences.*}
     */
    public List<String> events() {
        String one = "presences." + presence.id();
        return List.of(one + "." + action, "presences.*." + action, one, "presences.*");
    }

    /**
     * Returns the channels of this event, as Appwrite sends them.
     *
     * @return for example {@code presences, presences.p1, presences.upsert, presences.p1.upsert}
     */
    public List<String> channels() {
        String one = "presences." + presence.id();
        return List.of("presences", one, "presences." + action, one + "." + action);
    }
}
