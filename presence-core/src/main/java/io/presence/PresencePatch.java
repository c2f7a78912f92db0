package io.presence;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
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
 * <p>{@link #permissions(List)} and {@link #metadata} replace the whole: an empty map clears the metadata, and an empty
 * list leaves the owner as the only user with access. {@link #merge}, {@link #set} and {@link #unset} change parts of
 * the metadata and keep the rest, in the order in which they are called. The store applies them to the present
 * metadata, atomically with the write, so two writers of two keys lose nothing. A key that exists keeps its place; a
 * new one is the last.
 *
 * <p>The limits are those of {@link PresenceUpsert}, and hold for the metadata that results. If they do not, the update
 * is refused and changes nothing.
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

    private static final PresencePatch NONE = new PresencePatch(null, null, null, null, null, null, null, null);

    private final @Nullable String status;
    private final @Nullable String source;
    private final @Nullable Map<String, @Nullable Object> metadata;
    private final @Nullable MetadataEdits edits;
    private final @Nullable List<Permission> permissions;
    private final @Nullable Duration expiresIn;
    private final @Nullable Instant expiresAt;
    private final @Nullable Version requiredVersion;

    private PresencePatch(
            @Nullable String status,
            @Nullable String source,
            @Nullable Map<String, @Nullable Object> metadata,
            @Nullable MetadataEdits edits,
            @Nullable List<Permission> permissions,
            @Nullable Duration expiresIn,
            @Nullable Instant expiresAt,
            @Nullable Version requiredVersion) {
        this.status = status;
        this.source = source;
        this.metadata = metadata;
        this.edits = edits;
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
                && edits == null
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
        return new PresencePatch(status, source, metadata, edits, permissions, expiresIn, expiresAt, requiredVersion);
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
        return new PresencePatch(status, source, metadata, edits, permissions, expiresIn, expiresAt, requiredVersion);
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
        return withMetadata(Metadata.copyOf(metadata), null);
    }

    private PresencePatch withMetadata(
            @Nullable Map<String, @Nullable Object> replacement, @Nullable MetadataEdits changes) {
        return new PresencePatch(
                status, source, replacement, changes, permissions, expiresIn, expiresAt, requiredVersion);
    }

    /**
     * Merges a map into the metadata, as JSON Merge Patch does (RFC 7396): a null removes its key, a nested map is
     * merged into the map of its key, and any other value, a list included, replaces the value of its key. A nested map
     * replaces a value that is no map.
     *
     * @param patch values as for {@link PresenceUpsert#metadata(Map)}
     * @return a changed copy, which holds a deep copy of the map
     * @throws IllegalArgumentException if a value is not JSON-like (the message has its path), or the changes of
     *     metadata in this patch are more than 100, or more than 64 KiB as JSON
     */
    public PresencePatch merge(Map<String, ? extends @Nullable Object> patch) {
        return changing(edits().merge(patch));
    }

    /**
     * Sets one value of the metadata, for example {@code set("metadata.cursor.x", 5)}. Each map on the path that is
     * missing is created; each value on the path that is no map is replaced by one, as {@link #merge} does. A null is
     * stored as null, and a map replaces the present value.
     *
     * @param path {@code metadata.<key>}, followed by further keys after dots, as in queries
     *     ({@link io.presence.query.AttributePath}); a list has no path to its elements
     * @param value as a value of {@link PresenceUpsert#metadata(Map)}
     * @return a changed copy, which holds a deep copy of the value
     * @throws IllegalArgumentException if the path is not of this form, the value is not JSON-like, or the changes of
     *     metadata in this patch are more than 100, or more than 64 KiB as JSON
     */
    public PresencePatch set(String path, @Nullable Object value) {
        return changing(edits().set(path, value));
    }

    /**
     * Removes one value of the metadata, if there is one. Nothing else changes; a map whose last key is removed stays.
     *
     * @param path as for {@link #set}
     * @return a changed copy
     * @throws IllegalArgumentException if the path is not of this form, or the changes of metadata in this patch are
     *     more than 100, or more than 64 KiB as JSON
     */
    public PresencePatch unset(String path) {
        return changing(edits().unset(path));
    }

    private MetadataEdits edits() {
        return edits == null ? MetadataEdits.NONE : edits;
    }

    /* Changes of a replacement are made at once. */
    private PresencePatch changing(MetadataEdits changes) {
        return metadata == null ? withMetadata(null, changes) : withMetadata(changes.applyTo(metadata), null);
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
        return new PresencePatch(status, source, metadata, edits, granted, expiresIn, expiresAt, requiredVersion);
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
        return new PresencePatch(status, source, metadata, edits, permissions, expiresIn, null, requiredVersion);
    }

    /**
     * Sets a new deadline, which can be earlier than the present one.
     *
     * @param expiresAt an instant that is in the future when the patch is written
     * @return a changed copy, without {@code expiresIn}
     */
    public PresencePatch expiresAt(Instant expiresAt) {
        Checks.notNull("expiresAt", expiresAt);
        return new PresencePatch(status, source, metadata, edits, permissions, null, expiresAt, requiredVersion);
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
        return new PresencePatch(status, source, metadata, edits, permissions, expiresIn, expiresAt, version);
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
     * @return a deeply immutable map, or null if this patch keeps the metadata or changes parts of it
     * @see #metadataAfter
     */
    public @Nullable Map<String, @Nullable Object> metadata() {
        return metadata;
    }

    /**
     * Returns the metadata that this patch makes of others.
     *
     * <p><b>Cost.</b> Linear in the size of both. If this patch keeps the metadata or replaces it, nothing is copied.
     *
     * @param before the metadata of a presence
     * @return a deeply immutable map; {@code before} if it is the metadata of a presence and this patch leaves it equal
     * @throws IllegalArgumentException if the result is more than 64 KiB as JSON, or has more than 32 levels
     */
    public Map<String, @Nullable Object> metadataAfter(Map<String, @Nullable Object> before) {
        Checks.notNull("before", before);
        if (metadata != null) {
            return metadata;
        }
        Map<String, @Nullable Object> copied = before instanceof MetadataMap ? before : Metadata.copyOf(before);
        return edits == null ? copied : edits.applyTo(copied);
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

    /** Returns whether another patch sets the same under the same condition. Metadata has no order. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PresencePatch that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<@Nullable Object> parts() {
        return Arrays.asList(status, source, metadata, edits, permissions, expiresIn, expiresAt, requiredVersion);
    }

    @Override
    public String toString() {
        return "PresencePatch[status=" + status + ", source=" + source + "]";
    }
}
