package io.presence.internal.store;

import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Version;
import io.presence.WriteResult;
import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The immutable state of a presence as one write left it. It is the store's record, the user's view and the result of
 * the write, because a store holds a million of them and a write makes nothing else.
 *
 * <p>{@link #word} is the word of the {@link Lease} whose deadline {@code expiresAt} shows. After heartbeats,
 * {@link Entry#current} makes a copy with the new deadline, converted by the wall clock at that time. A presence
 * without heartbeats since its last write shows the wall clock time of that write.
 *
 * <p>This class has room for what each upsert sets. A state with more, such as a source, named permissions, or a lease
 * other than that of its write, is an {@link ExtendedState}, and one with an idle ladder a {@link LadderedState}.
 * {@code status} is the one that is shown.
 *
 * <p><b>Threads.</b> Immutable.
 */
public sealed class PresenceState implements Presence, Attributes, WriteResult permits ExtendedState {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int SHARED_BITS = 16;
    private static final long SHARED_MASK = (1L << SHARED_BITS) - 1;
    private static final int OUTCOME_BITS = 2;
    private static final int OUTCOME_MASK = (1 << OUTCOME_BITS) - 1;

    private final String id;
    private final String userId;
    private final String status;
    private final Map<String, @Nullable Object> metadata;
    /*
     * Each has a value of 48 bits, and half of another number in 16 bits. The other numbers are the TTL of the last
     * change, and the time from the last heartbeat to the deadline, whose other half an ExtendedState has: both in
     * milliseconds, at most 30 days. The lowest bits of the incarnation are the outcome of the write that made this
     * object.
     */
    private final long createdAtAndTtl;
    private final long updatedAtAndTtl;
    private final long incarnationAndSince;
    private final long word;
    /*
     * The number of its write within the incarnation, modulo 2 to the power of 32, plus the rung that is shown. The
     * next write has a number after those of all rungs.
     */
    private final int write;

    private PresenceState(
            String id,
            String userId,
            String status,
            Map<String, @Nullable Object> metadata,
            long marked,
            int write,
            long createdAtMillis,
            long updatedAtMillis,
            long ttlMillis,
            long sinceMillis,
            long word) {
        this.id = id;
        this.userId = userId;
        this.status = status;
        this.metadata = metadata;
        this.createdAtAndTtl = withUpperHalf(createdAtMillis, ttlMillis);
        this.updatedAtAndTtl = withLowerHalf(updatedAtMillis, ttlMillis);
        this.incarnationAndSince = withUpperHalf(marked, sinceMillis);
        this.word = word;
        this.write = write;
    }

    /** Creates a state of those fields that this class has room for. */
    PresenceState(
            PresenceFields fields,
            long marked,
            int write,
            long createdAtMillis,
            long updatedAtMillis,
            long ttlMillis,
            long sinceMillis,
            long word) {
        this(
                fields.id(),
                fields.userId(),
                fields.status(),
                fields.metadata(),
                marked,
                write,
                createdAtMillis,
                updatedAtMillis,
                ttlMillis,
                sinceMillis,
                word);
    }

    private static long withUpperHalf(long number, long halved) {
        return number << SHARED_BITS | halved >>> SHARED_BITS;
    }

    static long withLowerHalf(long number, long halved) {
        return (number << SHARED_BITS) | (halved & SHARED_MASK);
    }

    private static long halved(long withUpperHalf, long withLowerHalf) {
        return ((withUpperHalf & SHARED_MASK) << SHARED_BITS) | (withLowerHalf & SHARED_MASK);
    }

    private static PresenceState of(
            PresenceFields fields,
            long marked,
            int write,
            long createdAt,
            long updatedAt,
            long ttl,
            long expiresAt,
            long since,
            long word) {
        IdleStatus idle = fields.idle();
        if (idle != null) {
            return new LadderedState(fields, idle, marked, write, createdAt, updatedAt, ttl, expiresAt, since, word);
        }
        boolean isPlain = fields.source() == null && fields.permissions() == null;
        return isPlain && since == ttl && expiresAt == updatedAt + ttl
                ? new PresenceState(fields, marked, write, createdAt, updatedAt, ttl, ttl, word)
                : new ExtendedState(fields, marked, write, createdAt, updatedAt, ttl, expiresAt, since, word);
    }

    /**
     * The first state of an incarnation, created at {@code now}.
     *
     * @param wallMillis the same time by the wall clock, or an earlier one
     */
    static PresenceState initial(PresenceFields fields, long incarnation, long now, long wallMillis, long ttlNanos) {
        long marked = marked(incarnation, Outcome.CREATED);
        return written(fields, marked, 0, wallMillis, wallMillis, ttlNanos, Lease.wordOf(now + ttlNanos));
    }

    private static PresenceState written(
            PresenceFields fields, long marked, int write, long createdAt, long updatedAt, long ttlNanos, long word) {
        long ttl = ttlNanos / NANOS_PER_MILLI;
        return of(fields, marked, write, createdAt, updatedAt, ttl, updatedAt + ttl, ttl, word);
    }

    /**
     * A later state of this incarnation, with the fields of an upsert by its owner and a TTL from {@code now}; of the
     * next epoch if the permissions change.
     *
     * @param wallMillis as for {@link #initial}
     */
    PresenceState replaced(PresenceUpsert upsert, long now, long wallMillis, long ttlNanos) {
        if (hasExtras() || hasExtras(upsert)) {
            return replaced(PresenceFields.of(upsert, this, now), now, wallMillis, ttlNanos, Outcome.REPLACED);
        }
        /* The most common write: allocates the new state alone, whatever the compiler inlines. */
        return new PresenceState(
                id,
                userId,
                upsert.status(),
                upsert.metadata(),
                marked(incarnation(), Outcome.REPLACED),
                write + 1,
                createdAtMillis(),
                wallMillis,
                ttlNanos / NANOS_PER_MILLI,
                ttlNanos / NANOS_PER_MILLI,
                Lease.withDeadline(word, now + ttlNanos));
    }

    private boolean hasExtras() {
        return granted() != null || idle() != null;
    }

    private static boolean hasExtras(PresenceUpsert upsert) {
        return upsert.source() != null
                || upsert.permissions() != null
                || !upsert.idleLadder().isEmpty();
    }

    /**
     * A later state of this incarnation, with other fields and a TTL from {@code now}; of the next epoch if the
     * permissions change.
     *
     * @param wallMillis as for {@link #initial}
     * @param outcome {@code REPLACED} or {@code UPDATED}
     */
    PresenceState replaced(PresenceFields fields, long now, long wallMillis, long ttlNanos, Outcome outcome) {
        long deadline = now + ttlNanos;
        boolean hasSameRights = granted() == fields.permissions();
        long next = hasSameRights ? Lease.withDeadline(word, deadline) : Lease.nextEpoch(word, deadline);
        long marked = marked(incarnation(), outcome);
        return written(fields, marked, nextWrite(fields), createdAtMillis(), wallMillis, ttlNanos, next);
    }

    /** A later state of this incarnation, with other fields and the same deadline. */
    PresenceState rewritten(PresenceFields changed, long wallMillis) {
        long marked = marked(incarnation(), Outcome.UPDATED);
        return with(changed, marked, nextWrite(changed), wallMillis, expiresAtMillis(), sinceLastSeen(), word);
    }

    /* After the numbers of all rungs of this write, plus the rung that the next write leaves as it is. */
    private int nextWrite(PresenceFields fields) {
        IdleStatus idle = idle();
        int next = write + 1 + (idle == null ? 0 : idle.rungsLeft());
        IdleStatus kept = fields.idle();
        return kept == null ? next : next + kept.rung();
    }

    /**
     * This state as the base of a write by the node that takes it over. The numbers of that node's writes are far from
     * those that the former owner may make at the same time.
     *
     * @param jump a number that few nodes share
     */
    PresenceState takenOver(int jump) {
        return with(fields(), marked(), write + jump, updatedAtMillis(), expiresAtMillis(), sinceLastSeen(), word);
    }

    /** A state that another node owns, from its parts. */
    public static PresenceState remote(StateImage image, long now) {
        IdleStatus idle = IdleStatus.written(IdleLadder.of(image.ladder()), image.status(), now);
        idle = idle == null ? null : idle.showing(image.rung());
        PresenceFields fields = new PresenceFields(
                image.id(),
                image.userId(),
                idle == null ? image.status() : idle.shown(),
                image.source(),
                image.metadata(),
                GrantedPermissions.of(null, image.permissions()),
                idle);
        return of(
                fields,
                marked(image.incarnation(), Outcome.CREATED),
                image.write(),
                image.createdAtMillis(),
                image.updatedAtMillis(),
                image.ttlMillis(),
                image.expiresAtMillis(),
                image.sinceMillis(),
                Lease.wordOf(Lease.REMOTE));
    }

    /** This state of another node, in the epoch of the word of an entry. */
    PresenceState inEpochOf(long other) {
        long moved = Lease.withDeadline(other, Lease.REMOTE);
        return Lease.isSameLease(moved, word)
                ? this
                : with(fields(), marked(), write, updatedAtMillis(), expiresAtMillis(), sinceLastSeen(), moved);
    }

    /** The parts of this state, for another node. */
    public StateImage image() {
        IdleStatus idle = idle();
        return new StateImage(
                id,
                userId,
                writtenStatus(),
                source(),
                metadata,
                namedPermissions(),
                idle == null ? Map.of() : idle.ladder().rungs(),
                idle == null ? 0 : idle.rung(),
                incarnation(),
                write,
                createdAtMillis(),
                updatedAtMillis(),
                ttlMillis(),
                expiresAtMillis(),
                sinceLastSeen());
    }

    /** This state with another status of its idle ladder shown. */
    PresenceState showing(IdleStatus next) {
        IdleStatus idle = idle();
        int number = write + next.rung() - (idle == null ? 0 : idle.rung());
        PresenceFields shown = fields().showing(next);
        return with(shown, marked(), number, updatedAtMillis(), expiresAtMillis(), sinceLastSeen(), word);
    }

    private PresenceState with(
            PresenceFields changed, long marked, int number, long updatedAt, long endMillis, long since, long moved) {
        return of(changed, marked, number, createdAtMillis(), updatedAt, ttlMillis(), endMillis, since, moved);
    }

    /** The status with its idle ladder, or null. A test of the class, so that other states have neither. */
    final @Nullable IdleStatus idle() {
        return this instanceof LadderedState laddered ? laddered.idle : null;
    }

    /** The time of the next rung unless there is activity before; the maximum if there is none. */
    final long nextRungAt() {
        IdleStatus idle = idle();
        return idle == null ? Long.MAX_VALUE : idle.nextAt();
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
    public String writtenStatus() {
        IdleStatus idle = idle();
        return idle == null ? status : idle.written();
    }

    @Override
    public final @Nullable String source() {
        return this instanceof ExtendedState extended ? extended.source : null;
    }

    @Override
    public Map<String, @Nullable Object> metadata() {
        return metadata;
    }

    @Override
    public List<Permission> permissions() {
        GrantedPermissions granted = granted();
        return granted == null ? Permission.ownerOnly(userId) : granted.list();
    }

    @Override
    public Version version() {
        IdleStatus idle = idle();
        int written = idle == null ? write : write - idle.rung();
        return Version.of(incarnation(), updatedAtMillis() << Integer.SIZE | Integer.toUnsignedLong(written));
    }

    @Override
    public Outcome outcome() {
        return switch ((int) marked() & OUTCOME_MASK) {
            case 0 -> Outcome.CREATED;
            case 1 -> Outcome.REPLACED;
            case 2 -> Outcome.UPDATED;
            default -> Outcome.UNCHANGED;
        };
    }

    @Override
    public Presence presence() {
        return this;
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
        return this instanceof ExtendedState extended
                ? extended.expiresAtAndSince >> SHARED_BITS
                : updatedAtMillis() + ttlMillis();
    }

    private long sinceLastSeen() {
        return this instanceof ExtendedState extended
                ? halved(incarnationAndSince, extended.expiresAtAndSince)
                : ttlMillis();
    }

    long ttlMillis() {
        return halved(createdAtAndTtl, updatedAtAndTtl);
    }

    /** The permissions that the writer named; null means owner-only. */
    @Nullable List<Permission> namedPermissions() {
        GrantedPermissions granted = granted();
        return granted == null ? null : granted.list();
    }

    /** The roles, other than the owner, that are permitted to read it, in their text form. */
    List<String> readers() {
        GrantedPermissions granted = granted();
        return granted == null ? List.of() : granted.readers();
    }

    long createdAtMillis() {
        return createdAtAndTtl >> SHARED_BITS;
    }

    long updatedAtMillis() {
        return updatedAtAndTtl >> SHARED_BITS;
    }

    /** The permissions that the writer named; null means owner-only. */
    final @Nullable GrantedPermissions granted() {
        return this instanceof ExtendedState extended ? extended.permissions : null;
    }

    PresenceFields fields() {
        return new PresenceFields(id, userId, status, source(), metadata, granted(), idle());
    }

    /**
     * Returns whether an upsert by its owner would change at most the deadline. Allocates only to compare different
     * permissions.
     */
    boolean isUnchangedBy(PresenceUpsert upsert) {
        return writtenStatus().equals(upsert.status())
                && Objects.equals(source(), upsert.source())
                && metadata.equals(upsert.metadata())
                && grants(upsert.permissions())
                && hasLadder(upsert.idleLadder());
    }

    /**
     * Returns whether a patch would change at most the deadline. Allocates only to compare different permissions.
     *
     * @param changed the metadata that results from it
     */
    boolean isUnchangedBy(PresencePatch patch, Map<String, @Nullable Object> changed) {
        return isKept(patch.status(), writtenStatus())
                && isKept(patch.source(), source())
                && changed.equals(metadata)
                && (patch.permissions() == null || grants(patch.permissions()));
    }

    /** The number of characters in the statuses of the idle ladder; 0 without one. */
    public final int ladderLength() {
        IdleStatus idle = idle();
        return idle == null ? 0 : idle.ladder().length();
    }

    private boolean hasLadder(Map<Duration, String> rungs) {
        IdleStatus idle = idle();
        return IdleLadder.isSame(idle == null ? null : idle.ladder(), rungs);
    }

    private boolean grants(@Nullable List<Permission> named) {
        GrantedPermissions granted = granted();
        if (granted == null && named == null) {
            return true;
        }
        List<Permission> ownerOnly = granted == null || named == null ? Permission.ownerOnly(userId) : List.of();
        return GrantedPermissions.isSame(
                granted == null ? ownerOnly : granted.list(), named == null ? ownerOnly : named);
    }

    private static boolean isKept(@Nullable Object given, @Nullable Object kept) {
        return given == null || given.equals(kept);
    }

    /** The number of its incarnation. */
    public long incarnation() {
        return marked() >> OUTCOME_BITS;
    }

    private long marked() {
        return incarnationAndSince >> SHARED_BITS;
    }

    private static long marked(long incarnation, Outcome outcome) {
        return incarnation << OUTCOME_BITS | code(outcome);
    }

    private static int code(Outcome outcome) {
        return switch (outcome) {
            case CREATED -> 0;
            case REPLACED -> 1;
            case UPDATED -> 2;
            case UNCHANGED -> 3;
        };
    }

    /** The word of the lease that this state shows. */
    long word() {
        return word;
    }

    /**
     * Returns whether this shows a lease, or a lease of the previous epoch, whose word is about to be replaced by this
     * state's.
     */
    boolean reflects(long moved, long ttlNanos) {
        boolean isSame = Lease.isSameLease(moved, word) && ttlNanos / NANOS_PER_MILLI == sinceLastSeen();
        return isSame || !Lease.isSameEpoch(moved, word);
    }

    /**
     * This state with the given lease. The deadline is converted by the wall clock. The last heartbeat is taken to be
     * one TTL before the deadline; if more time than that is left, after a longer heartbeat, it is taken to be now.
     *
     * @param moved the word of the lease
     * @param ttlNanos the TTL of the last write
     * @param now a reading of the clock
     * @param shift {@link Clocks#shift}
     */
    PresenceState withLease(long moved, long ttlNanos, long now, long shift) {
        return reflects(moved, ttlNanos) ? this : withLease(moved, ttlNanos, now, shift, marked());
    }

    /** As {@link #withLease}, as the result of a write that sets the lease and changes nothing else. */
    PresenceState renewed(long moved, long ttlNanos, long now, long shift) {
        return withLease(moved, ttlNanos, now, shift, marked(incarnation(), Outcome.UNCHANGED));
    }

    private PresenceState withLease(long moved, long ttlNanos, long now, long shift, long marked) {
        long deadline = Lease.deadline(moved);
        long since = deadline - now > ttlNanos ? deadline - now : ttlNanos;
        return withEnd(endMillis(deadline, ttlNanos, shift), since / NANOS_PER_MILLI, moved, marked);
    }

    /** This state as the result of a write without effect. */
    PresenceState unchanged() {
        return withEnd(expiresAtMillis(), sinceLastSeen(), word, marked(incarnation(), Outcome.UNCHANGED));
    }

    /** The wall clock time of the end: as the write computed it, unless the lease has changed since. */
    long endMillis(long end, long ttlNanos, long shift) {
        long later = end - Lease.deadline(word);
        boolean isAsWritten = later == 0 && ttlNanos / NANOS_PER_MILLI == sinceLastSeen();
        if (isAsWritten || shift == Clocks.UNKNOWN) {
            return Lease.isRemote(word) ? expiresAtMillis() : expiresAtMillis() + later / NANOS_PER_MILLI;
        }
        return Clocks.wallMillis(end, shift);
    }

    private PresenceState withEnd(long endMillis, long sinceMillis, long moved, long marked) {
        return with(fields(), marked, write, updatedAtMillis(), endMillis, sinceMillis, moved);
    }

    /** This state with the lease that it had at its end. */
    PresenceState ended(long endMillis, long sinceMillis) {
        boolean isSame = endMillis == expiresAtMillis() && sinceMillis == sinceLastSeen();
        return isSame ? this : withEnd(endMillis, sinceMillis, word, marked());
    }

    /** Returns whether two states are of one write and show one rung, and differ at most in their leases. */
    public static boolean isSameWrite(@Nullable PresenceState one, @Nullable PresenceState other) {
        return one == other || (one != null && other != null && one.isFromWriteOf(other));
    }

    /** Returns whether two states are the same, or show the same status of an idle ladder after the same write. */
    public static boolean isSameShown(@Nullable PresenceState one, @Nullable PresenceState other) {
        return one == other || (one instanceof LadderedState && isSameWrite(one, other));
    }

    private boolean isFromWriteOf(PresenceState other) {
        /* Two nodes that do not reach each other can give one number to two writes. */
        return incarnation() == other.incarnation()
                && write == other.write
                && updatedAtMillis() == other.updatedAtMillis()
                && status.equals(other.status);
    }

    @Override
    public @Nullable Object get(AttributePath path) {
        return switch (path.root()) {
            case "$id" -> id;
            case "userId" -> userId;
            case "status" -> status;
            case "source" -> source();
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
                && writtenStatus().equals(that.writtenStatus())
                && Objects.equals(source(), that.source())
                && metadata.equals(that.metadata)
                && permissions().equals(that.permissions())
                && createdAtAndTtl == that.createdAtAndTtl
                && updatedAtAndTtl == that.updatedAtAndTtl;
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, userId, status, updatedAtMillis());
    }

    /** Returns the presence without its metadata, which may be private or large. */
    @Override
    public String toString() {
        return "Presence[" + id + ", userId=" + userId + ", status=" + status + ", expiresAt=" + expiresAt() + "]";
    }
}
