package io.presence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A presence at one moment: its owner, status, metadata, permissions and deadline. Not intended to be implemented outside
 * of tests: a store accepts no presences, and a later version may add methods.
 *
 * <p>A user may hold several at once, one for each device or tab: they differ by {@link #id()}.
 *
 * <p><b>Equality.</b> Two are equal if they say the same, were created and changed at the same times, and the last
 * change gave them the same lifetime. Heartbeats make no difference, so that what a listener received equals what
 * {@code get} returns.
 *
 * <p><b>Threads.</b> Immutable.
 */
public interface Presence {

    /**
     * Returns the id that the writer chose.
     *
     * @return Appwrite's {@code $id}
     */
    String id();

    /**
     * Returns the owner.
     *
     * @return a user's id
     */
    String userId();

    /**
     * Returns what the user is doing.
     *
     * @return free text, 1 to 255 characters
     */
    String status();

    /**
     * Returns what wrote it.
     *
     * @return free text, or null if the writer did not say
     */
    @Nullable String source();

    /**
     * Returns what else the writer said.
     *
     * @return a deeply immutable map of JSON-like values, empty if nothing was said
     */
    Map<String, @Nullable Object> metadata();

    /**
     * Returns who may do what besides the owner, who always may.
     *
     * @return an immutable list without {@code write}; {@link Permission#ownerOnly} if the writer named none
     */
    List<Permission> permissions();

    /**
     * Returns when this life of the presence began, by the wall clock.
     *
     * @return whole milliseconds; Appwrite's {@code $createdAt}
     */
    Instant createdAt();

    /**
     * Returns when it was last changed, by the wall clock. Heartbeats do not count, nor do writes that change nothing
     * but the lifetime ({@link PresenceStoreBuilder#deliverUnchanged}).
     *
     * @return whole milliseconds; Appwrite's {@code $updatedAt}
     */
    Instant updatedAt();

    /**
     * Returns when it will end unless it is renewed, by the wall clock. Lifetimes themselves run on the monotonic
     * clock, so that a jump of the wall clock neither ends a presence early nor keeps it. After a jump this is off
     * until the next heartbeat or write.
     *
     * @return whole milliseconds
     */
    Instant expiresAt();

    /**
     * Returns when the last heartbeat came, or the last write that set a lifetime, by the wall clock:
     * {@link #expiresAt} minus that lifetime. If {@link Presences#touch(String, java.time.Duration)} has given another
     * lifetime, this is an estimate, at most the time at which the presence was read.
     *
     * @return whole milliseconds
     */
    Instant lastSeenAt();
}
