package io.presence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A presence at one moment: its owner, status, metadata, permissions and deadline. Only tests should implement this
 * interface: no method of a store takes a {@code Presence}, and a later version can add methods.
 *
 * <p>A user can have several presences at once, for example one for each device or browser tab. They differ by
 * {@link #id()}.
 *
 * <p><b>Equality.</b> Two presences of a store are equal if they have the same id, owner, status, written status,
 * source, metadata and permissions, the same times of creation and of the last change, and if the last change gave them
 * the same TTL. Heartbeats make no difference. Hence a presence that a listener received equals the one that
 * {@code get} returns. The {@link #version} is not compared, so presences of two stores can be equal.
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
     * Returns the id of the owner.
     *
     * @return the id of a user
     */
    String userId();

    /**
     * Returns the status, which describes the activity of the user. It is the one that is shown, in queries, views and
     * counts too: the {@linkplain #writtenStatus written} one, or that of a rung of the idle ladder.
     *
     * @return any text of 1 to 255 characters
     */
    String status();

    /**
     * Returns the status that was written. While no activity is reported, an {@linkplain PresenceUpsert#idle idle
     * ladder} shows another {@link #status} in its place.
     *
     * @return any text of 1 to 255 characters; equal to {@link #status} without an idle ladder
     */
    default String writtenStatus() {
        return status();
    }

    /**
     * Returns the source, which describes the client that wrote the presence.
     *
     * @return any text of 1 to 255 characters, or null if the writer set no source
     */
    @Nullable String source();

    /**
     * Returns the metadata that the writer attached.
     *
     * @return a deeply immutable map of JSON-like values; empty if the writer set no metadata
     */
    Map<String, @Nullable Object> metadata();

    /**
     * Returns the permissions. The owner can always read, update and delete the presence, whatever this list contains.
     *
     * @return an immutable list without {@code write}; {@link Permission#ownerOnly} if the writer set no permissions
     */
    List<Permission> permissions();

    /**
     * Returns the version, which is new with every write that changes the presence. A heartbeat keeps it, as does a
     * write that changes only the deadline, unless {@link PresenceStoreBuilder#deliverUnchanged} is set. A change of
     * the status by an {@linkplain PresenceUpsert#idle idle ladder} keeps it too, so no condition fails because a user
     * was idle. A store uses no version twice, not for a later presence of the same id and not for equal fields either.
     *
     * <p>A version counts 2<sup>32</sup> changes of one incarnation. After that many, it repeats only if the change has
     * the same {@link #updatedAt}, modulo 49 days.
     *
     * @return an opaque value, with which a write can require that the presence has not changed
     */
    Version version();

    /**
     * Returns the time at which this incarnation of the presence was created, by the wall clock. An id that is written
     * again after its presence has ended has a new incarnation.
     *
     * @return a time in whole milliseconds; Appwrite's {@code $createdAt}
     */
    Instant createdAt();

    /**
     * Returns the time of the last change, by the wall clock. Heartbeats are not changes, and neither are writes that
     * change only the deadline, unless {@link PresenceStoreBuilder#deliverUnchanged} is set. A change of the status
     * by an {@linkplain PresenceUpsert#idle idle ladder} is no change in this sense.
     *
     * @return a time in whole milliseconds; Appwrite's {@code $updatedAt}
     */
    Instant updatedAt();

    /**
     * Returns the deadline, by the wall clock: the presence expires then unless a write or heartbeat extends the
     * deadline. The store measures deadlines on the monotonic clock, so a jump of the wall clock neither expires nor
     * keeps a presence. After such a jump this value is wrong until the next heartbeat or write.
     *
     * <p>For a presence of another node of a {@linkplain PresenceStoreBuilder#cluster cluster} it is as of the last
     * change that its owner has sent. Its heartbeats since then have extended the deadline there.
     *
     * @return a time in whole milliseconds
     */
    Instant expiresAt();

    /**
     * Returns the time of the last heartbeat, or of the last write that set the deadline, by the wall clock. It is
     * calculated as {@link #expiresAt} minus the TTL. If {@link Presences#touch(String, java.time.Duration)} has used
     * another TTL, it is an estimate, and not later than the time at which the presence was read.
     *
     * @return a time in whole milliseconds
     */
    Instant lastSeenAt();
}
