package io.presence.internal.store;

import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.internal.store.Lifetimes.Lifetime;
import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a presence said at one write: the store's and the user's view of it in one object, since a million of them are
 * kept.
 *
 * <p>{@link #word} is the word of the {@link Lease} whose deadline {@code expiresAt} shows; when heartbeats have moved it,
 * {@link Entry#current} makes a copy that shows the new one.
 *
 * <p><b>Threads.</b> Immutable.
 */
public final class State implements Presence, Attributes {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final String id;
    private final String userId;
    private final String status;
    private final @Nullable String source;
    private final Map<String, @Nullable Object> metadata;
    /* Null stands for owner-only, so that the common case costs nothing. */
    private final @Nullable List<Permission> permissions;
    private final long incarnation;
    private final long createdAtMillis;
    private final long updatedAtMillis;
    private final long expiresAtMillis;
    private final long word;
    /* Made when first asked for: whoever sees it null makes an equal one. */
    private @Nullable List<String> readers;

    private State(
            Content content,
            long incarnation,
            long createdAtMillis,
            long updatedAtMillis,
            long expiresAtMillis,
            long word) {
        this.id = content.id();
        this.userId = content.userId();
        this.status = content.status();
        this.source = content.source();
        this.metadata = content.metadata();
        this.permissions = content.permissions();
        this.incarnation = incarnation;
        this.createdAtMillis = createdAtMillis;
        this.updatedAtMillis = updatedAtMillis;
        this.expiresAtMillis = expiresAtMillis;
        this.word = word;
    }

    private State(Content content, long incarnation, long createdAtMillis, Lifetime lifetime, long word) {
        this(content, incarnation, createdAtMillis, lifetime.fromMillis(), lifetime.expiresAtMillis(), word);
    }

    /** The first state of a life, which begins at {@code now}. */
    static State born(Content content, long incarnation, Lifetime lifetime, long now) {
        return new State(content, incarnation, lifetime.fromMillis(), lifetime, Lease.first(now + lifetime.ttlNanos()));
    }

    /** A later state of this life, with other content and a lifetime from {@code now} on; of the next epoch if rights change. */
    State replaced(Content content, Lifetime lifetime, long now) {
        long deadline = now + lifetime.ttlNanos();
        boolean hasSameRights = Objects.equals(permissions, content.permissions());
        long next = hasSameRights ? Lease.moved(word, deadline) : Lease.movedOn(word, deadline);
        return new State(content, incarnation, createdAtMillis, lifetime, next);
    }

    /** A later state of this life, with other content and the lifetime that it shows. */
    State rewritten(Content changed, long wallMillis) {
        return new State(changed, incarnation, createdAtMillis, wallMillis, expiresAtMillis, word);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String userId() {
        return userId;
    }

    @Override
    public String status() {
        return status;
    }

    @Override
    public @Nullable String source() {
        return source;
    }

    @Override
    public Map<String, @Nullable Object> metadata() {
        return metadata;
    }

    @Override
    public List<Permission> permissions() {
        return permissions == null ? Permission.ownerOnly(userId) : permissions;
    }

    @Override
    public Instant createdAt() {
        return Instant.ofEpochMilli(createdAtMillis);
    }

    @Override
    public Instant updatedAt() {
        return Instant.ofEpochMilli(updatedAtMillis);
    }

    @Override
    public Instant expiresAt() {
        return Instant.ofEpochMilli(expiresAtMillis);
    }

    /** The permissions that were named; null stands for owner-only. */
    public @Nullable List<Permission> namedPermissions() {
        return permissions;
    }

    /** The roles that may read it, beside its owner, in their text form. */
    List<String> readers() {
        List<String> made = readers;
        if (made == null) {
            made = permissions == null ? List.of() : reading(permissions);
            readers = made;
        }
        return made;
    }

    private static List<String> reading(List<Permission> permissions) {
        return permissions.stream()
                .filter(permission -> permission.type() == Permission.Type.READ)
                .map(permission -> permission.role().toString())
                .toList();
    }

    long createdAtMillis() {
        return createdAtMillis;
    }

    long updatedAtMillis() {
        return updatedAtMillis;
    }

    Content content() {
        return new Content(id, userId, status, source, metadata, permissions);
    }

    /** Tells whether a write of its owner would change nothing but the lifetime. Allocates nothing. */
    boolean isAsIn(PresenceUpsert upsert) {
        return status.equals(upsert.status())
                && Objects.equals(source, upsert.source())
                && metadata.equals(upsert.metadata())
                && Objects.equals(permissions, upsert.permissions());
    }

    /** Tells whether a patch would change nothing but the lifetime. Allocates nothing. */
    boolean isAsIn(PresencePatch patch) {
        return isKept(patch.status(), status)
                && isKept(patch.source(), source)
                && isKept(patch.metadata(), metadata)
                && isKept(patch.permissions(), permissions);
    }

    private static boolean isKept(@Nullable Object given, @Nullable Object kept) {
        return given == null || given.equals(kept);
    }

    /** Which life it is of. */
    public long incarnation() {
        return incarnation;
    }

    /** The word of the lease that this state shows. */
    long word() {
        return word;
    }

    /** This state with another word to show, unless that is of the epoch before: then this state's is about to be set. */
    State showing(long moved) {
        if (moved == word || !Lease.isSameEpoch(moved, word)) {
            return this;
        }
        long later = (Lease.deadline(moved) - Lease.deadline(word)) / NANOS_PER_MILLI;
        return new State(content(), incarnation, createdAtMillis, updatedAtMillis, expiresAtMillis + later, moved);
    }

    @Override
    public @Nullable Object get(AttributePath path) {
        return switch (path.root()) {
            case "$id" -> id;
            case "userId" -> userId;
            case "status" -> status;
            case "source" -> source;
            case "$createdAt" -> createdAt();
            case "$updatedAt" -> updatedAt();
            case "expiresAt" -> expiresAt();
            case "metadata" -> Attributes.resolve(metadata, path, 1);
            default -> null;
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof State that
                && id.equals(that.id)
                && userId.equals(that.userId)
                && status.equals(that.status)
                && Objects.equals(source, that.source)
                && metadata.equals(that.metadata)
                && permissions().equals(that.permissions())
                && createdAtMillis == that.createdAtMillis
                && updatedAtMillis == that.updatedAtMillis
                && expiresAtMillis == that.expiresAtMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, userId, status, updatedAtMillis, expiresAtMillis);
    }

    /** Names the presence without its metadata, which may be private or large. */
    @Override
    public String toString() {
        return "Presence[" + id + ", userId=" + userId + ", status=" + status + ", expiresAt=" + expiresAt() + "]";
    }
}
