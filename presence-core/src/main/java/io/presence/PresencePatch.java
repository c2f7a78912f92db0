package io.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of some fields of a presence. Fields that the patch does not set keep their values.
 *
 * <pre>{@code
 * store.update("tab-1", PresencePatch.none().status("away"));
 * }</pre>
 *
 * <p>Metadata and permissions are replaced as a whole: an empty map clears the metadata, and an empty list leaves the
 * owner as the only user with access. The limits are those of {@link PresenceUpsert}.
 *
 * <p><b>Deadline.</b> A patch without a TTL does not change the deadline, not even one that heartbeats have extended. A
 * patch that sets a TTL and changes no field is a heartbeat: it sets the deadline, possibly to an earlier time, and
 * delivers no event. A patch that sets no TTL and changes no field has no effect.
 * {@link PresenceStoreBuilder#deliverUnchanged} changes these rules.
 *
 * <p><b>Condition.</b> {@link #ifVersion} makes the update depend on the present version. The condition is judged
 * first, atomically with the write.
 *
 * <p><b>Threads.</b> Immutable. Each method that takes a value returns a changed copy. Metadata is copied deeply.
 *
 * <p><b>Errors.</b> An invalid value is refused by the method that takes it, with an {@link IllegalArgumentException}
 * that names the parameter and the rule.
 */
public final class PresencePatch {

    private static final PresencePatch NONE = new PresencePatch(null, null, null, null, null, null, null);

    private final @Nullable String status;
    private final @Nullable String source;
    private final @Nullable Map<String, @Nullable Object> metadata;
    private final @Nullable List<Permission> permissions;
    private final @Nullable Duration expiresIn;
    private final @Nullable Instant expiresAt;
    private final @Nullable Version requiredVersion;

    private PresencePatch(
            @Nullable String status,
            @Nullable String source,
            @Nullable Map<String, @Nullable Object> metadata,
            @Nullable List<Permission> permissions,
            @Nullable Duration expiresIn,
            @Nullable Instant expiresAt,
            @Nullable Version requiredVersion) {
        this.status = status;
        this.source = source;
        this.metadata = metadata;
        this.permissions = permissions;
        this.expiresIn = expiresIn;
        this.expiresAt = expiresAt;
        this.requiredVersion = requiredVersion;
    }

    /**
     * Returns the empty patch, which sets nothing.
     *
     * @return the empty patch
     */
    public static PresencePatch none() {
        return NONE;
    }

    /**
     * Returns whether this patch sets nothing.
     *
     * @return true if this patch sets neither a field nor a deadline, whatever its condition is
     */
    public boolean isEmpty() {
        return status == null
                && source == null
                && metadata == null
                && permissions == null
                && expiresIn == null
                && expiresAt == null;
    }

    /**
     * Sets the status.
     *
     * @param status 1 to 255 characters
     * @return a changed copy
     * @throws IllegalArgumentException if it is empty or too long
     */
    public PresencePatch status(String status) {
        Checks.text("status", status);
        return new PresencePatch(status, source, metadata, permissions, expiresIn, expiresAt, requiredVersion);
    }

    /**
     * Sets the source.
     *
     * @param source 1 to 255 characters
     * @return a changed copy
     * @throws IllegalArgumentException if it is empty or too long
     */
    public PresencePatch source(String source) {
        Checks.text("source", source);
        return new PresencePatch(status, source, metadata, permissions, expiresIn, expiresAt, requiredVersion);
    }

    /**
     * Replaces the metadata.
     *
     * @param metadata values as for {@link PresenceUpsert#metadata(Map)}; an empty map clears the metadata
     * @return a changed copy, which holds a deep copy of the map
     * @throws IllegalArgumentException if a value is not JSON-like (the message has its path), or the whole is too
     *     large
     */
    public PresencePatch metadata(Map<String, ? extends @Nullable Object> metadata) {
        return new PresencePatch(
                status, source, Metadata.copyOf(metadata), permissions, expiresIn, expiresAt, requiredVersion);
    }

    /**
     * Replaces the permissions.
     *
     * @param first a permission
     * @param more further permissions; for no permissions, use {@link #permissions(List)} with an empty list
     * @return a changed copy
     * @throws IllegalArgumentException if there are more than 100
     */
    public PresencePatch permissions(Permission first, Permission... more) {
        return permissions(Checks.firstAndMore("permissions", first, more));
    }

    /**
     * Replaces the permissions.
     *
     * @param permissions an empty list leaves the owner as the only user with access
     * @return a changed copy
     * @throws IllegalArgumentException if there are more than 100
     */
    public PresencePatch permissions(List<Permission> permissions) {
        List<Permission> granted = Permission.normalized(Checks.all("permissions", permissions));
        return new PresencePatch(status, source, metadata, granted, expiresIn, expiresAt, requiredVersion);
    }

    /**
     * Sets a new TTL, which starts with the write. The new deadline can be earlier than the present one.
     *
     * @param expiresIn positive
     * @return a changed copy, without {@code expiresAt}
     * @throws IllegalArgumentException if it is not positive
     */
    public PresencePatch expiresIn(Duration expiresIn) {
        Checks.positive("expiresIn", expiresIn);
        return new PresencePatch(status, source, metadata, permissions, expiresIn, null, requiredVersion);
    }

    /**
     * Sets a new deadline, which can be earlier than the present one.
     *
     * @param expiresAt an instant that is in the future when the patch is written
     * @return a changed copy, without {@code expiresIn}
     */
    public PresencePatch expiresAt(Instant expiresAt) {
        Checks.notNull("expiresAt", expiresAt);
        return new PresencePatch(status, source, metadata, permissions, null, expiresAt, requiredVersion);
    }

    /**
     * Sets the condition that the presence has this version. Otherwise the update fails with
     * {@link PresenceException.Code#VERSION_CONFLICT}, also if it would change nothing, and changes nothing.
     *
     * @param version the version that {@link Presence#version} returned
     * @return a changed copy
     */
    public PresencePatch ifVersion(Version version) {
        Checks.notNull("version", version);
        return new PresencePatch(status, source, metadata, permissions, expiresIn, expiresAt, version);
    }

    /**
     * Returns the new status.
     *
     * @return null if this patch keeps the status
     */
    public @Nullable String status() {
        return status;
    }

    /**
     * Returns the new source.
     *
     * @return null if this patch keeps the source
     */
    public @Nullable String source() {
        return source;
    }

    /**
     * Returns the new metadata.
     *
     * @return a deeply immutable map, or null if this patch keeps the metadata
     */
    public @Nullable Map<String, @Nullable Object> metadata() {
        return metadata;
    }

    /**
     * Returns the new permissions, with each {@code write} replaced by {@code update} and {@code delete}.
     *
     * @return an immutable list, or null if this patch keeps the permissions
     */
    public @Nullable List<Permission> permissions() {
        return permissions;
    }

    /**
     * Returns the new TTL.
     *
     * @return null if this patch sets no TTL
     */
    public @Nullable Duration expiresIn() {
        return expiresIn;
    }

    /**
     * Returns the new deadline.
     *
     * @return null if this patch sets no deadline by {@code expiresAt}
     */
    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    /**
     * Returns the version that the presence must have.
     *
     * @return null without {@link #ifVersion}
     */
    public @Nullable Version requiredVersion() {
        return requiredVersion;
    }
}
