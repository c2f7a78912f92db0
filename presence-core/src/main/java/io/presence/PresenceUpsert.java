package io.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A complete presence to write: it is created if the store has no presence of its id, otherwise it replaces that
 * presence.
 *
 * <pre>{@code
 * PresenceUpsert.of("tab-1", "online")
 *         .metadata(Map.of("documentId", "abc"))
 *         .permissions(Permission.read(Role.users()))
 *         .expiresIn(Duration.ofSeconds(30));
 * }</pre>
 *
 * <p><b>Omitted parts are reset</b> and not kept. Without metadata the presence has none, without permissions they are
 * {@linkplain Permission#ownerOnly owner-only}, and without a TTL the store's default TTL applies. A replacement keeps
 * only {@code $createdAt}. To change some fields and keep the others, use {@link PresencePatch}. To extend the deadline
 * and change nothing else, use {@link Presences#touch(String)}.
 *
 * <p><b>An upsert that changes nothing is a heartbeat.</b> If status, source, metadata, permissions and idle ladder
 * are equal to those of the last write, the upsert sets the deadline as any other upsert does, possibly to an earlier
 * time. It leaves {@link Presence#updatedAt} as it is and delivers no event. {@link
 * PresenceStoreBuilder#deliverUnchanged} changes this. The order of metadata is not compared; the order of permissions
 * is.
 *
 * <p><b>Conditions.</b> {@link #ifAbsent} and {@link #ifVersion} make the upsert depend on the present state of the
 * presence. The condition is judged first, atomically with the write.
 *
 * <p><b>Limits.</b> Ids follow the rule of {@link Ids}. Status and source have 1 to 255 characters. Metadata has at
 * most 64 KiB as JSON and 32 levels. There are at most 100 permissions. A TTL is positive and at most the
 * {@linkplain PresenceStoreBuilder#maxTtl maximum} of the store, which is 30 days by default.
 *
 * <p><b>Threads.</b> Immutable. Each method that takes a value returns a changed copy. Metadata is copied deeply.
 *
 * <p><b>Errors.</b> An invalid value is refused by the method that takes it, with an {@link IllegalArgumentException}
 * that names the parameter and the rule.
 */
public final class PresenceUpsert {

    /* Stands for a condition that the presence is absent. It is compared by identity. */
    private static final Version ABSENT = Version.of(0, 0);
    private static final Extras NO_EXTRAS = new Extras(null, Holders.WRITER, Map.of());

    private static final int MAX_RUNGS = 8;
    private static final Duration MIN_IDLE = Duration.ofSeconds(1);
    private static final Duration MAX_IDLE = Duration.ofDays(30);

    private final String presenceId;
    private final @Nullable String userId;
    private final String status;
    private final @Nullable String source;
    private final Map<String, @Nullable Object> metadata;
    private final @Nullable List<Permission> permissions;
    private final @Nullable Duration expiresIn;
    private final @Nullable Instant expiresAt;
    private final Extras extras;

    /**
     * The parts that most upserts do not have. They share an object, so that an upsert is as small without them as it
     * can be.
     *
     * @param required the condition, or null
     * @param idle the idle ladder, by time, increasing
     */
    private record Extras(@Nullable Version required, Holders holders, Map<Duration, String> idle) {

        Extras requiring(Version condition) {
            return new Extras(condition, holders, idle);
        }

        Extras heldBy(Holders after) {
            return new Extras(required, after, idle);
        }

        Extras withIdle(Map<Duration, String> rungs) {
            return new Extras(required, holders, rungs);
        }
    }

    /** The sessions that hold the presence after the upsert. */
    private enum Holders {
        WRITER,
        WRITER_TOO,
        NONE
    }

    private PresenceUpsert(
            String presenceId,
            @Nullable String userId,
            String status,
            @Nullable String source,
            Map<String, @Nullable Object> metadata,
            @Nullable List<Permission> permissions,
            @Nullable Duration expiresIn,
            @Nullable Instant expiresAt,
            Extras extras) {
        this.presenceId = presenceId;
        this.userId = userId;
        this.status = status;
        this.source = source;
        this.metadata = metadata;
        this.permissions = permissions;
        this.expiresIn = expiresIn;
        this.expiresAt = expiresAt;
        this.extras = extras;
    }

    /**
     * Returns an upsert with the required parts, for trusted code, which must name the owner.
     *
     * @param presenceId the id of the presence
     * @param userId the id of the owner
     * @param status the status, 1 to 255 characters
     * @return an upsert without optional parts
     * @throws IllegalArgumentException if an argument is invalid
     */
    public static PresenceUpsert of(String presenceId, String userId, String status) {
        return minimal(presenceId, Checks.id("userId", userId), status);
    }

    /**
     * Returns an upsert with the required parts, for a principal, which becomes the owner.
     *
     * @param presenceId the id of the presence
     * @param status the status, 1 to 255 characters
     * @return an upsert without optional parts
     * @throws IllegalArgumentException if an argument is invalid
     */
    public static PresenceUpsert of(String presenceId, String status) {
        return minimal(presenceId, null, status);
    }

    private static PresenceUpsert minimal(String presenceId, @Nullable String userId, String status) {
        return new PresenceUpsert(
                Ids.presenceId("presenceId", presenceId),
                userId,
                Checks.text("status", status),
                null,
                Map.of(),
                null,
                null,
                null,
                NO_EXTRAS);
    }

    /**
     * Sets the source, which describes the client that writes the presence.
     *
     * @param source any text of 1 to 255 characters
     * @return a changed copy
     * @throws IllegalArgumentException if it is empty or too long
     */
    public PresenceUpsert source(String source) {
        Checks.text("source", source);
        return new PresenceUpsert(
                presenceId, userId, status, source, metadata, permissions, expiresIn, expiresAt, extras);
    }

    /**
     * Sets the metadata.
     *
     * @param metadata strings, booleans, finite numbers, nulls, lists and string-keyed maps of these
     * @return a changed copy, which holds a deep copy of the map
     * @throws IllegalArgumentException if a value is of another type (the message has its path), or the whole is too
     *     large
     */
    public PresenceUpsert metadata(Map<String, ? extends @Nullable Object> metadata) {
        return new PresenceUpsert(
                presenceId,
                userId,
                status,
                source,
                Metadata.copyOf(metadata),
                permissions,
                expiresIn,
                expiresAt,
                extras);
    }

    /**
     * Sets the permissions. The owner always has access and needs none.
     *
     * @param first a permission
     * @param more further permissions; for no permissions, use {@link #permissions(List)} with an empty list
     * @return a changed copy
     * @throws IllegalArgumentException if there are more than 100
     */
    public PresenceUpsert permissions(Permission first, Permission... more) {
        return permissions(Checks.firstAndMore("permissions", first, more));
    }

    /**
     * Sets the permissions. The owner always has access and needs none.
     *
     * @param permissions an empty list leaves the owner as the only user with access
     * @return a changed copy
     * @throws IllegalArgumentException if there are more than 100
     */
    public PresenceUpsert permissions(List<Permission> permissions) {
        List<Permission> granted = Permission.normalized(Checks.all("permissions", permissions));
        return new PresenceUpsert(presenceId, userId, status, source, metadata, granted, expiresIn, expiresAt, extras);
    }

    /**
     * Sets the TTL, which starts with the write. {@link Presences#touch(String)} extends the deadline by the same TTL.
     *
     * @param expiresIn positive
     * @return a changed copy, without {@code expiresAt}
     * @throws IllegalArgumentException if it is not positive
     */
    public PresenceUpsert expiresIn(Duration expiresIn) {
        Checks.positive("expiresIn", expiresIn);
        return new PresenceUpsert(presenceId, userId, status, source, metadata, permissions, expiresIn, null, extras);
    }

    /**
     * Sets the deadline. {@link Presences#touch(String)} extends it by the time that was left when the presence was
     * written.
     *
     * @param expiresAt an instant that is in the future when the presence is written, in whole milliseconds
     * @return a changed copy, without {@code expiresIn}
     */
    public PresenceUpsert expiresAt(Instant expiresAt) {
        Checks.notNull("expiresAt", expiresAt);
        return new PresenceUpsert(presenceId, userId, status, source, metadata, permissions, null, expiresAt, extras);
    }

    /**
     * Sets the condition that there is no presence of this id, or that it has ended. Otherwise the upsert fails with
     * {@link PresenceException.Code#VERSION_CONFLICT}, also if it would change nothing, and changes nothing. If a
     * presence of another user has the id, it fails with {@link PresenceException.Code#ID_UNAVAILABLE}, as without the
     * condition.
     *
     * @return a changed copy
     * @throws IllegalArgumentException if {@link #ifVersion} is set
     */
    public PresenceUpsert ifAbsent() {
        if (requiredVersion() != null) {
            throw new IllegalArgumentException("ifAbsent must not be combined with ifVersion: " + presenceId);
        }
        return requiring(ABSENT);
    }

    /**
     * Sets the condition that the presence has this version. Otherwise, or if there is no presence of this id, the
     * upsert fails with {@link PresenceException.Code#VERSION_CONFLICT}, also if it would change nothing, and changes
     * nothing. If a presence of another user has the id, it fails with {@link PresenceException.Code#ID_UNAVAILABLE},
     * as without the condition.
     *
     * @param version the version that {@link Presence#version} returned
     * @return a changed copy
     * @throws IllegalArgumentException if {@link #ifAbsent} is set
     */
    public PresenceUpsert ifVersion(Version version) {
        Checks.notNull("version", version);
        if (requiresAbsence()) {
            throw new IllegalArgumentException("ifVersion must not be combined with ifAbsent: " + presenceId);
        }
        return requiring(version);
    }

    private PresenceUpsert requiring(Version condition) {
        return new PresenceUpsert(
                presenceId,
                userId,
                status,
                source,
                metadata,
                permissions,
                expiresIn,
                expiresAt,
                extras.requiring(condition));
    }

    /**
     * Lets several sessions hold the presence: an upsert by a {@linkplain io.presence.session.PresenceSession session}
     * adds that session to those that hold it, instead of taking it from them. It ends when the last of them ends. At
     * most 16 sessions can hold one presence. Has no effect outside sessions. Replaces {@link #unheld}.
     *
     * @return a changed copy
     */
    public PresenceUpsert shared() {
        return heldBy(Holders.WRITER_TOO);
    }

    /**
     * Takes the presence from all sessions that hold it, and gives it to none: it then ends by its TTL or a deletion,
     * and not with a session. For a session that held it, it is as if another session had taken it over. Outside
     * sessions, any other upsert leaves the holders. Replaces {@link #shared}.
     *
     * @return a changed copy
     */
    public PresenceUpsert unheld() {
        return heldBy(Holders.NONE);
    }

    private PresenceUpsert heldBy(Holders after) {
        return new PresenceUpsert(
                presenceId, userId, status, source, metadata, permissions, expiresIn, expiresAt, extras.heldBy(after));
    }

    /**
     * Adds a rung to the idle ladder: after a time without activity the presence shows another status. With activity it
     * shows the written status again. Each is an UPDATE for the listeners, with
     * {@link PresenceEvent#isIdleChange}.
     *
     * <pre>{@code
     * PresenceUpsert.of("tab-1", "online")
     *         .idle(Duration.ofMinutes(5), "away")
     *         .idle(Duration.ofHours(1), "offline");
     * }</pre>
     *
     * <p><b>Activity</b> is {@link Presences#active}, {@link io.presence.session.PresenceSession#active()} and each
     * write that changes the presence, by whatever caller. Heartbeats are not, nor are writes that change nothing; for
     * these, the written status and the ladder are compared, and not the status that is shown. A patch keeps the
     * ladder, and an upsert replaces it.
     *
     * <p><b>Time.</b> The dispatcher shows a rung at most one {@linkplain PresenceStoreBuilder#tick tick} after the
     * time, plus the dispatch lag, by the monotonic clock. If several rungs are due at once, it shows the last of them.
     * A presence that expires at the same time expires. A written status that is the status of a rung takes the place
     * of this rung: only later rungs follow.
     *
     * @param after the time without activity, from one second to 30 days, and longer than that of the last rung
     * @param status the status to show, 1 to 255 characters, another one than those of the other rungs
     * @return a changed copy
     * @throws IllegalArgumentException if an argument is invalid, or there are 8 rungs already
     */
    public PresenceUpsert idle(Duration after, String status) {
        requireRung(Checks.notNull("after", after), Checks.text("status", status));
        Map<Duration, String> rungs = new LinkedHashMap<>(extras.idle);
        rungs.put(after, status);
        return new PresenceUpsert(
                presenceId,
                userId,
                this.status,
                source,
                metadata,
                permissions,
                expiresIn,
                expiresAt,
                extras.withIdle(Collections.unmodifiableMap(rungs)));
    }

    private void requireRung(Duration after, String shown) {
        if (after.compareTo(MIN_IDLE) < 0 || after.compareTo(MAX_IDLE) > 0) {
            throw new IllegalArgumentException("after must be from " + MIN_IDLE + " to " + MAX_IDLE + ": " + after);
        }
        for (Duration rung : extras.idle.keySet()) {
            if (after.compareTo(rung) <= 0) {
                throw new IllegalArgumentException("after must be longer than that of the last rung: " + after);
            }
        }
        if (extras.idle.containsValue(shown)) {
            throw new IllegalArgumentException(
                    "status must be another one than those of the other rungs: " + Checks.excerpt(shown));
        }
        if (extras.idle.size() == MAX_RUNGS) {
            throw new IllegalArgumentException("idle must be called at most " + MAX_RUNGS + " times: " + presenceId);
        }
    }

    /**
     * Returns the id of the presence.
     *
     * @return the id
     */
    public String presenceId() {
        return presenceId;
    }

    /**
     * Returns the id of the owner.
     *
     * @return null if the principal that writes becomes the owner
     */
    public @Nullable String userId() {
        return userId;
    }

    /**
     * Returns the status.
     *
     * @return any text of 1 to 255 characters
     */
    public String status() {
        return status;
    }

    /**
     * Returns the source.
     *
     * @return any text of 1 to 255 characters, or null
     */
    public @Nullable String source() {
        return source;
    }

    /**
     * Returns the metadata.
     *
     * @return a deeply immutable map
     */
    public Map<String, @Nullable Object> metadata() {
        return metadata;
    }

    /**
     * Returns the permissions, with each {@code write} replaced by {@code update} and {@code delete}.
     *
     * @return an immutable list, or null for owner-only
     */
    public @Nullable List<Permission> permissions() {
        return permissions;
    }

    /**
     * Returns the TTL.
     *
     * @return null if this upsert sets no TTL
     */
    public @Nullable Duration expiresIn() {
        return expiresIn;
    }

    /**
     * Returns the deadline.
     *
     * @return null if this upsert sets no deadline by {@code expiresAt}
     */
    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    /**
     * Returns whether the upsert is made only if there is no presence of this id.
     *
     * @return true after {@link #ifAbsent}
     */
    public boolean requiresAbsence() {
        return extras.required == ABSENT;
    }

    /**
     * Returns the version that the presence must have.
     *
     * @return null without {@link #ifVersion}
     */
    public @Nullable Version requiredVersion() {
        return requiresAbsence() ? null : extras.required;
    }

    /**
     * Returns whether several sessions can hold the presence.
     *
     * @return false unless {@link #shared} was called
     */
    public boolean isShared() {
        return extras.holders == Holders.WRITER_TOO;
    }

    /**
     * Returns whether no session holds the presence after the upsert.
     *
     * @return false unless {@link #unheld} was called
     */
    public boolean isUnheld() {
        return extras.holders == Holders.NONE;
    }

    /**
     * Returns the idle ladder.
     *
     * @return an immutable map from times without activity to statuses, in increasing order; empty without {@link
     *     #idle}
     */
    public Map<Duration, String> idleLadder() {
        return extras.idle;
    }

    /** Returns whether another upsert writes the same under the same condition. Metadata has no order. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PresenceUpsert that
                && requiresAbsence() == that.requiresAbsence()
                && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(presenceId, userId, status, source, metadata, permissions, expiresIn, expiresAt, extras);
    }

    @Override
    public String toString() {
        return "PresenceUpsert[" + presenceId + ", userId=" + userId + ", status=" + status + "]";
    }
}
