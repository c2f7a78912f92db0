package io.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole presence as its writer wants it: created when there is none of that id, else replaced.
 *
 * <pre>{@code
 * PresenceUpsert.of("tab-1", "online")
 *         .metadata(Map.of("documentId", "abc"))
 *         .permissions(Permission.read(Role.users()))
 *         .expiresIn(Duration.ofSeconds(30));
 * }</pre>
 *
 * <p><b>What is left out is reset</b>, not kept: no metadata means none, no permissions means
 * {@linkplain Permission#ownerOnly owner-only}, no lifetime means the store's default from now on. What a
 * replacement keeps is {@code $createdAt}. To change one field and keep the others use {@link PresencePatch}; to
 * only stay alive use {@link Presences#touch(String)}.
 *
 * <p><b>An upsert that changes nothing is a heartbeat</b>: with status, source, metadata and permissions as they were
 * written last, it sets the lease as any other, to less as well, leaves {@link Presence#updatedAt} as it is, and is
 * delivered to nobody ({@link PresenceStoreBuilder#deliverUnchanged}). The order of metadata makes no difference, that
 * of permissions does.
 *
 * <p><b>Limits.</b> {@link Ids} has the rule for ids. Status and source are 1 to 255 characters. Metadata is at most 64
 * KiB as JSON and 32 levels deep. Permissions are at most 100. A lifetime is over 0 and at most the store's maximum, 30
 * days unless the store says less.
 *
 * <p><b>Threads.</b> Immutable: each method that takes a value returns a changed copy; metadata is copied deeply.
 *
 * <p><b>Errors.</b> What breaks a rule is refused where it is given, by an {@link IllegalArgumentException} that names
 * parameter, rule and value.
 */
public final class PresenceUpsert {

    private final String presenceId;
    private final @Nullable String userId;
    private final String status;
    private final @Nullable String source;
    private final Map<String, @Nullable Object> metadata;
    private final @Nullable List<Permission> permissions;
    private final @Nullable Duration expiresIn;
    private final @Nullable Instant expiresAt;

    private PresenceUpsert(
            String presenceId,
            @Nullable String userId,
            String status,
            @Nullable String source,
            Map<String, @Nullable Object> metadata,
            @Nullable List<Permission> permissions,
            @Nullable Duration expiresIn,
            @Nullable Instant expiresAt) {
        this.presenceId = presenceId;
        this.userId = userId;
        this.status = status;
        this.source = source;
        this.metadata = metadata;
        this.permissions = permissions;
        this.expiresIn = expiresIn;
        this.expiresAt = expiresAt;
    }

    /**
     * Returns the least that a trusted caller must say.
     *
     * @param presenceId which presence
     * @param userId the owner
     * @param status what the user is doing
     * @return a write with nothing optional
     * @throws IllegalArgumentException if a part breaks its rule
     */
    public static PresenceUpsert of(String presenceId, String userId, String status) {
        return minimal(presenceId, Checks.id("userId", userId), status);
    }

    /**
     * Returns the least that a principal must say; the owner is filled in from it.
     *
     * @param presenceId which presence
     * @param status what the user is doing
     * @return a write with nothing optional
     * @throws IllegalArgumentException if a part breaks its rule
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
                null);
    }

    /**
     * Sets what wrote it.
     *
     * @param source free text, 1 to 255 characters
     * @return a changed copy
     * @throws IllegalArgumentException if it is empty or too long
     */
    public PresenceUpsert source(String source) {
        Checks.text("source", source);
        return new PresenceUpsert(presenceId, userId, status, source, metadata, permissions, expiresIn, expiresAt);
    }

    /**
     * Sets the metadata.
     *
     * @param metadata strings, booleans, finite numbers, nulls, lists and string-keyed maps of these
     * @return a changed copy, which holds a deep copy
     * @throws IllegalArgumentException if a value is none of these (named by its path), or the whole is too large
     */
    public PresenceUpsert metadata(Map<String, ? extends @Nullable Object> metadata) {
        return new PresenceUpsert(
                presenceId, userId, status, source, Metadata.copyOf(metadata), permissions, expiresIn, expiresAt);
    }

    /**
     * Sets who may do what besides the owner.
     *
     * @param first a permission
     * @param more further permissions; for none at all use {@link #permissions(List)} with an empty list
     * @return a changed copy
     * @throws IllegalArgumentException if there are more than 100
     */
    public PresenceUpsert permissions(Permission first, Permission... more) {
        return permissions(Checks.firstAndMore("permissions", first, more));
    }

    /**
     * Sets who may do what besides the owner.
     *
     * @param permissions none at all leaves just the owner
     * @return a changed copy
     * @throws IllegalArgumentException if there are more than 100
     */
    public PresenceUpsert permissions(List<Permission> permissions) {
        List<Permission> granted = Permission.normalized(Checks.all("permissions", permissions));
        return new PresenceUpsert(presenceId, userId, status, source, metadata, granted, expiresIn, expiresAt);
    }

    /**
     * Sets the lifetime, which starts with the write and which {@link Presences#touch(String)} renews.
     *
     * @param expiresIn positive
     * @return a changed copy, without {@code expiresAt}
     * @throws IllegalArgumentException if it is not positive
     */
    public PresenceUpsert expiresIn(Duration expiresIn) {
        Checks.positive("expiresIn", expiresIn);
        return new PresenceUpsert(presenceId, userId, status, source, metadata, permissions, expiresIn, null);
    }

    /**
     * Sets the end of life; {@link Presences#touch(String)} renews by as much as was left at the write.
     *
     * @param expiresAt an instant that is in the future when it is written, whole milliseconds counted
     * @return a changed copy, without {@code expiresIn}
     */
    public PresenceUpsert expiresAt(Instant expiresAt) {
        Checks.notNull("expiresAt", expiresAt);
        return new PresenceUpsert(presenceId, userId, status, source, metadata, permissions, null, expiresAt);
    }

    /**
     * Returns which presence is written.
     *
     * @return its id
     */
    public String presenceId() {
        return presenceId;
    }

    /**
     * Returns the owner.
     *
     * @return null for the principal that writes
     */
    public @Nullable String userId() {
        return userId;
    }

    /**
     * Returns what the user is doing.
     *
     * @return free text
     */
    public String status() {
        return status;
    }

    /**
     * Returns what writes it.
     *
     * @return free text, or null
     */
    public @Nullable String source() {
        return source;
    }

    /**
     * Returns what else is said.
     *
     * @return a deeply immutable map
     */
    public Map<String, @Nullable Object> metadata() {
        return metadata;
    }

    /**
     * Returns who may do what besides the owner, {@code write} taken apart.
     *
     * @return an immutable list, or null for owner-only
     */
    public @Nullable List<Permission> permissions() {
        return permissions;
    }

    /**
     * Returns the lifetime.
     *
     * @return null for the default, or where {@link #expiresAt()} is given
     */
    public @Nullable Duration expiresIn() {
        return expiresIn;
    }

    /**
     * Returns the end of life.
     *
     * @return null for the default, or where {@link #expiresIn()} is given
     */
    public @Nullable Instant expiresAt() {
        return expiresAt;
    }
}
