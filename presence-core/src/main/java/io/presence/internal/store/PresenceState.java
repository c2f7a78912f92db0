package io.presence.internal.store;

import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.internal.store.TtlPolicy.Lifetime;
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
 * <p>{@link #word} is the word of the {@link Lease} whose deadline {@code expiresAt} shows; when heartbeats have moved
 * it, {@link Entry#current} makes a copy that shows the new one, by the wall clock as it is then. A presence without
 * heartbeats since its last write shows what the wall clock said at that.
 *
 * <p><b>Threads.</b> Immutable.
 */
public final class PresenceState implements Presence, Attributes {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int SHARED_BITS = 16;
    private static final long SHARED_MASK = (1L << SHARED_BITS) - 1;

    private final String id;
    private final String userId;
    private final String status;
    private final @Nullable String source;
    private final Map<String, @Nullable Object> metadata;
    /* Null stands for owner-only, so that the common case costs nothing. */
    private final @Nullable List<Permission> permissions;
    /*
     * Each 48 bits, and 16 bits of another number, which is halved: the lifetime that the last change gave, and how
     * long before its end the last heartbeat was. Both are of up to 30 days in milliseconds.
     */
    private final long createdAtAndTtl;
    private final long updatedAtAndTtl;
    private final long incarnationAndSince;
    private final long expiresAtAndSince;
    private final long word;
    /* Made when first asked for: whoever sees it null makes an equal one. */
    private @Nullable List<String> readers;

    private PresenceState(
            PresenceFields content,
            long incarnation,
            long createdAtMillis,
            long updatedAtMillis,
            long ttlMillis,
            long expiresAtMillis,
            long sinceMillis,
            long word) {
        this.id = content.id();
        this.userId = content.userId();
        this.status = content.status();
        this.source = content.source();
        this.metadata = content.metadata();
        this.permissions = content.permissions();
        this.createdAtAndTtl = withUpperHalf(createdAtMillis, ttlMillis);
        this.updatedAtAndTtl = withLowerHalf(updatedAtMillis, ttlMillis);
        this.incarnationAndSince = withUpperHalf(incarnation, sinceMillis);
        this.expiresAtAndSince = withLowerHalf(expiresAtMillis, sinceMillis);
        this.word = word;
    }

    private static long withUpperHalf(long number, long halved) {
        return number << SHARED_BITS | halved >>> SHARED_BITS;
    }

    private static long withLowerHalf(long number, long halved) {
        return (number << SHARED_BITS) | (halved & SHARED_MASK);
    }

    private static long halved(long withUpperHalf, long withLowerHalf) {
        return ((withUpperHalf & SHARED_MASK) << SHARED_BITS) | (withLowerHalf & SHARED_MASK);
    }

    private PresenceState(
            PresenceFields content, long incarnation, long createdAtMillis, Lifetime lifetime, long word) {
        this(
                content,
                incarnation,
                createdAtMillis,
                lifetime.fromMillis(),
                lifetime.ttlNanos() / NANOS_PER_MILLI,
                lifetime.expiresAtMillis(),
                lifetime.ttlNanos() / NANOS_PER_MILLI,
                word);
    }

    /** The first state of a life, which begins at {@code now}. */
    static PresenceState initial(PresenceFields content, long incarnation, Lifetime lifetime, long now) {
        return new PresenceState(
                content, incarnation, lifetime.fromMillis(), lifetime, Lease.wordOf(now + lifetime.ttlNanos()));
    }

    /**
     * A later state of this life, with other content and a lifetime from {@code now} on; of the next epoch if rights
     * change.
     */
    PresenceState replaced(PresenceFields content, Lifetime lifetime, long now) {
        long deadline = now + lifetime.ttlNanos();
        boolean hasSameRights = Objects.equals(permissions, content.permissions());
        long next = hasSameRights ? Lease.withDeadline(word, deadline) : Lease.nextEpoch(word, deadline);
        return new PresenceState(content, incarnation(), createdAtMillis(), lifetime, next);
    }

    /** A later state of this life, with other content and the lifetime that it shows. */
    PresenceState rewritten(PresenceFields changed, long wallMillis) {
        return new PresenceState(
                changed,
                incarnation(),
                createdAtMillis(),
                wallMillis,
                ttlMillis(),
                expiresAtMillis(),
                sinceLastSeen(),
                word);
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
        return Instant.ofEpochMilli(createdAtMillis());
    }

    @Override
    public Instant updatedAt() {
        return Instant.ofEpochMilli(updatedAtMillis());
    }

    @Override
    public Instant expiresAt() {
        return Instant.ofEpochMilli(expiresAtMillis());
    }

    @Override
    public Instant lastSeenAt() {
        return Instant.ofEpochMilli(expiresAtMillis() - sinceLastSeen());
    }

    private long expiresAtMillis() {
        return expiresAtAndSince >> SHARED_BITS;
    }

    private long sinceLastSeen() {
        return halved(incarnationAndSince, expiresAtAndSince);
    }

    private long ttlMillis() {
        return halved(createdAtAndTtl, updatedAtAndTtl);
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
        return createdAtAndTtl >> SHARED_BITS;
    }

    long updatedAtMillis() {
        return updatedAtAndTtl >> SHARED_BITS;
    }

    PresenceFields fields() {
        return new PresenceFields(id, userId, status, source, metadata, permissions);
    }

    /**
     * Tells whether a write of its owner would change nothing but the lifetime. Allocates nothing but for other
     * permissions.
     */
    boolean isUnchangedBy(PresenceUpsert upsert) {
        return status.equals(upsert.status())
                && Objects.equals(source, upsert.source())
                && metadata.equals(upsert.metadata())
                && grants(upsert.permissions());
    }

    /** Tells whether a patch would change nothing but the lifetime. Allocates nothing but for other permissions. */
    boolean isUnchangedBy(PresencePatch patch) {
        return isKept(patch.status(), status)
                && isKept(patch.source(), source)
                && isKept(patch.metadata(), metadata)
                && (patch.permissions() == null || grants(patch.permissions()));
    }

    private boolean grants(@Nullable List<Permission> named) {
        if (permissions == named) {
            return true;
        }
        List<Permission> ownerOnly = permissions == null || named == null ? Permission.ownerOnly(userId) : List.of();
        return isSame(permissions == null ? ownerOnly : permissions, named == null ? ownerOnly : named);
    }

    /* Without the iterators that lists of the JDK compare by. */
    private static boolean isSame(List<Permission> one, List<Permission> other) {
        int size = one.size();
        if (size != other.size()) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (!one.get(i).equals(other.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isKept(@Nullable Object given, @Nullable Object kept) {
        return given == null || given.equals(kept);
    }

    /** Which life it is of. */
    public long incarnation() {
        return incarnationAndSince >> SHARED_BITS;
    }

    /** The word of the lease that this state shows. */
    long word() {
        return word;
    }

    /** Tells whether this shows a lease, or one whose epoch is that before: then this state's is about to be set. */
    boolean reflects(long moved, long ttlNanos) {
        boolean isSame = moved == word && ttlNanos / NANOS_PER_MILLI == sinceLastSeen();
        return isSame || !Lease.isSameEpoch(moved, word);
    }

    /**
     * This state with the lease as it is. The end is what the wall clock says of the deadline. The last heartbeat was
     * as long before it as the lifetime is; if more than that is left, by a longer heartbeat, it is taken to be now.
     *
     * @param moved the word of the lease
     * @param ttlNanos the lifetime that the last write gave
     * @param now a reading of the clock
     * @param shift {@link Clocks#shift}
     */
    PresenceState withLease(long moved, long ttlNanos, long now, long shift) {
        if (reflects(moved, ttlNanos)) {
            return this;
        }
        long deadline = Lease.deadline(moved);
        long since = deadline - now > ttlNanos ? deadline - now : ttlNanos;
        return withEnd(endMillis(deadline, ttlNanos, shift), since / NANOS_PER_MILLI, moved);
    }

    /**
     * What the wall clock says at the end of this life: what it said at the write, unless the lease has been set since.
     */
    long endMillis(long end, long ttlNanos, long shift) {
        long later = end - Lease.deadline(word);
        boolean isAsWritten = later == 0 && ttlNanos / NANOS_PER_MILLI == sinceLastSeen();
        return isAsWritten || shift == Clocks.UNKNOWN
                ? expiresAtMillis() + later / NANOS_PER_MILLI
                : Clocks.wallMillis(end, shift);
    }

    private PresenceState withEnd(long endMillis, long sinceMillis, long moved) {
        return new PresenceState(
                fields(),
                incarnation(),
                createdAtMillis(),
                updatedAtMillis(),
                ttlMillis(),
                endMillis,
                sinceMillis,
                moved);
    }

    /** This state with the lease that it had at its end. */
    PresenceState ended(long endMillis, long sinceMillis) {
        boolean isSame = endMillis == expiresAtMillis() && sinceMillis == sinceLastSeen();
        return isSame ? this : withEnd(endMillis, sinceMillis, word);
    }

    /** Tells whether two are of one write: the one may be the other, as heartbeats have moved its end. */
    public static boolean isSameWrite(@Nullable PresenceState one, @Nullable PresenceState other) {
        return one == other || (one != null && other != null && one.isFromWriteOf(other));
    }

    private boolean isFromWriteOf(PresenceState other) {
        return incarnation() == other.incarnation()
                && updatedAtAndTtl == other.updatedAtAndTtl
                && status == other.status
                && source == other.source
                && metadata == other.metadata
                && permissions == other.permissions;
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
        return other instanceof PresenceState that
                && id.equals(that.id)
                && userId.equals(that.userId)
                && status.equals(that.status)
                && Objects.equals(source, that.source)
                && metadata.equals(that.metadata)
                && permissions().equals(that.permissions())
                && createdAtAndTtl == that.createdAtAndTtl
                && updatedAtAndTtl == that.updatedAtAndTtl;
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, userId, status, updatedAtMillis());
    }

    /** Names the presence without its metadata, which may be private or large. */
    @Override
    public String toString() {
        return "Presence[" + id + ", userId=" + userId + ", status=" + status + ", expiresAt=" + expiresAt() + "]";
    }
}
