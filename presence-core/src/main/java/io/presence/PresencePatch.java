package io.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change to some fields of a presence; the others stay as they are.
 *
 * <pre>{@code
 * store.update("tab-1", PresencePatch.none().status("away"));
 * }</pre>
 *
 * <p>Metadata and permissions are replaced whole: an empty map clears the metadata, an empty list leaves just the
 * owner. Limits are those of {@link PresenceUpsert}.
 *
 * <p><b>Lifetime.</b> A patch without a lifetime never touches the lease: the presence ends when it would have ended,
 * heartbeats included. A patch that names a lifetime and changes nothing else is a heartbeat: it sets the lease, to
 * less as well, and is delivered to nobody. A patch that changes nothing and names no lifetime has no effect
 * ({@link PresenceStoreBuilder#deliverUnchanged}).
 *
 * <p><b>Threads.</b> Immutable: each method that takes a value returns a changed copy; metadata is copied deeply.
 *
 * <p><b>Errors.</b> As with {@link PresenceUpsert}.
 */
public final class PresencePatch {

    private static final PresencePatch NONE = new PresencePatch(null, null, null, null, null, null);

    private final @Nullable String status;
    private final @Nullable String source;
    private final @Nullable Map<String, @Nullable Object> metadata;
    private final @Nullable List<Permission> permissions;
    private final @Nullable Duration expiresIn;
    private final @Nullable Instant expiresAt;

    private PresencePatch(
            @Nullable String status,
            @Nullable String source,
            @Nullable Map<String, @Nullable Object> metadata,
            @Nullable List<Permission> permissions,
            @Nullable Duration expiresIn,
            @Nullable Instant expiresAt) {
        this.status = status;
        this.source = source;
        this.metadata = metadata;
        this.permissions = permissions;
        this.expiresIn = expiresIn;
        this.expiresAt = expiresAt;
    }

    /**
     * Returns the patch that changes nothing, to start from.
     *
     * @return an empty patch
     */
    public static PresencePatch none() {
        return NONE;
    }

    /**
     * Tells whether nothing at all would change.
     *
     * @return true if no part is given
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
     * Changes the status.
     *
     * @param status 1 to 255 characters
     * @return a changed copy
     * @throws IllegalArgumentException if it is empty or too long
     */
    public PresencePatch status(String status) {
        Checks.text("status", status);
        return new PresencePatch(status, source, metadata, permissions, expiresIn, expiresAt);
    }

    /**
     * Changes the source.
     *
     * @param source 1 to 255 characters
     * @return a changed copy
     * @throws IllegalArgumentException if it is empty or too long
     */
    public PresencePatch source(String source) {
        Checks.text("source", source);
        return new PresencePatch(status, source, metadata, permissions, expiresIn, expiresAt);
    }

    /**
     * Replaces the metadata.
     *
     * @param metadata as in {@link PresenceUpsert#metadata(Map)}; an empty map clears it
     * @return a changed copy, which holds a deep copy
     * @throws IllegalArgumentException if a value is not JSON-like (named by its path), or the whole is too large
     */
    public PresencePatch metadata(Map<String, ? extends @Nullable Object> metadata) {
        return new PresencePatch(status, source, Metadata.copyOf(metadata), permissions, expiresIn, expiresAt);
    }

    /**
     * Replaces the permissions.
     *
     * @param first a permission
     * @param more further permissions; for none at all use {@link #permissions(List)} with an empty list
     * @return a changed copy
     * @throws IllegalArgumentException if there are more than 100
     */
    public PresencePatch permissions(Permission first, Permission... more) {
        return permissions(Checks.firstAndMore("permissions", first, more));
    }

    /**
     * Replaces the permissions.
     *
     * @param permissions none at all leaves just the owner
     * @return a changed copy
     * @throws IllegalArgumentException if there are more than 100
     */
    public PresencePatch permissions(List<Permission> permissions) {
        List<Permission> granted = Permission.normalized(Checks.all("permissions", permissions));
        return new PresencePatch(status, source, metadata, granted, expiresIn, expiresAt);
    }

    /**
     * Gives a new lifetime, which may be shorter than what is left.
     *
     * @param expiresIn positive
     * @return a changed copy, without {@code expiresAt}
     * @throws IllegalArgumentException if it is not positive
     */
    public PresencePatch expiresIn(Duration expiresIn) {
        Checks.positive("expiresIn", expiresIn);
        return new PresencePatch(status, source, metadata, permissions, expiresIn, null);
    }

    /**
     * Gives a new end of life, which may be earlier than the present one.
     *
     * @param expiresAt an instant that is in the future when it is written
     * @return a changed copy, without {@code expiresIn}
     */
    public PresencePatch expiresAt(Instant expiresAt) {
        Checks.notNull("expiresAt", expiresAt);
        return new PresencePatch(status, source, metadata, permissions, null, expiresAt);
    }

    /**
     * Returns the new status.
     *
     * @return null to keep it
     */
    public @Nullable String status() {
        return status;
    }

    /**
     * Returns the new source.
     *
     * @return null to keep it
     */
    public @Nullable String source() {
        return source;
    }

    /**
     * Returns the new metadata.
     *
     * @return a deeply immutable map, or null to keep it
     */
    public @Nullable Map<String, @Nullable Object> metadata() {
        return metadata;
    }

    /**
     * Returns the new permissions, {@code write} taken apart.
     *
     * @return an immutable list, or null to keep them
     */
    public @Nullable List<Permission> permissions() {
        return permissions;
    }

    /**
     * Returns the new lifetime.
     *
     * @return null to keep it, or where {@link #expiresAt()} is given
     */
    public @Nullable Duration expiresIn() {
        return expiresIn;
    }

    /**
     * Returns the new end of life.
     *
     * @return null to keep it, or where {@link #expiresIn()} is given
     */
    public @Nullable Instant expiresAt() {
        return expiresAt;
    }
}
