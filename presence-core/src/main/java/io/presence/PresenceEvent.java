package io.presence;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One step of one presence, as one subscription sees it.
 *
 * <p>For each presence and subscription the changes read {@code ENTER UPDATE* EXIT}, over and over: one ENTER when
 * it comes into sight, one EXIT when it leaves, whatever the reason. In sight means: on the channel, readable by the
 * principal, and matching the query.
 *
 * @param revision the store's revision at which this was dispatched, the last of those that are merged in it; rises,
 *     with gaps, along each presence
 * @param action what was done to the presence; of several writes merged into one step, an upsert outranks an update
 * @param change what that means for this subscription
 * @param cause why it left sight; null unless {@code change} is {@link Change#EXIT}
 * @param presence the presence as it is now; of an EXIT, as the subscription last saw it, except that one which has
 *     expired shows the {@code expiresAt} that it had at the end
 * @param previous of an UPDATE, the presence as the subscription saw it before; else null
 * @param endedAt of an EXIT whose cause {@linkplain Cause#isEnd() is an end}, when that was, by the wall clock: the
 *     deadline, or when it was deleted; else null
 * @param lastSeenAt of such an EXIT, when the last heartbeat came ({@link Presence#lastSeenAt}); else null. The
 *     presence is alive otherwise
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

    /** What was done to the presence, by Appwrite's names. */
    public enum Action {
        /** It was created or replaced. */
        UPSERT,
        /** Some of its fields were changed. */
        UPDATE,
        /** It was deleted, or it expired. */
        DELETE;

        private final String word = name().toLowerCase(Locale.ROOT);

        /**
         * Returns the name used in channels and events.
         *
         * @return {@code upsert}, {@code update} or {@code delete}
         */
        @Override
        public String toString() {
            return word;
        }
    }

    /** What a step means for a subscription. */
    public enum Change {
        /** The presence came into sight. */
        ENTER,
        /** It is in sight and was written. */
        UPDATE,
        /** It left sight. */
        EXIT
    }

    /** Why a presence left sight. */
    public enum Cause {
        /** Somebody deleted it. */
        DELETED,
        /** Its lifetime ended. */
        EXPIRED,
        /** It is alive and readable, but the query no longer matches. */
        NO_LONGER_MATCHES,
        /** It is alive, but the principal may no longer read it; whether it still matches is not told. */
        NO_LONGER_READABLE;

        /**
         * Tells whether the presence itself has ended.
         *
         * @return false if it merely left this subscription's sight
         */
        public boolean isEnd() {
            return this == DELETED || this == EXPIRED;
        }
    }

    /**
     * Checks that an exit, and nothing else, has a cause, an update a previous state, and only an end the times of one.
     *
     * @throws IllegalArgumentException if they do not fit the change
     */
    public PresenceEvent {
        if ((cause != null) != (change == Change.EXIT)) {
            throw new IllegalArgumentException("cause must be given for EXIT alone: " + change + ", " + cause);
        }
        if ((previous != null) != (change == Change.UPDATE)) {
            throw new IllegalArgumentException("previous must be given for UPDATE alone: " + change);
        }
        if ((endedAt != null || lastSeenAt != null) && (cause == null || !cause.isEnd())) {
            throw new IllegalArgumentException("endedAt and lastSeenAt must be given for an end alone: " + cause);
        }
    }

    /**
     * Makes an event without the times of an end.
     *
     * @param revision the revision
     * @param action what was done
     * @param change what that means
     * @param cause why it left sight
     * @param presence the presence
     * @param previous the presence before
     * @throws IllegalArgumentException if they do not fit the change
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
     * Returns the names of this event that a client may wait for, most specific first, as Appwrite sends them.
     *
     * @return for example {@code presences.p1.upsert, presences.*.upsert, presences.p1, presences.*}
     */
    public List<String> events() {
        String one = "presences." + presence.id();
        return List.of(one + "." + action, "presences.*." + action, one, "presences.*");
    }

    /**
     * Returns the channels that this event is on, as Appwrite sends them.
     *
     * @return for example {@code presences, presences.p1, presences.upsert, presences.p1.upsert}
     */
    public List<String> channels() {
        String one = "presences." + presence.id();
        return List.of("presences", one, "presences." + action, one + "." + action);
    }
}
