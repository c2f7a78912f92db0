package io.presence.internal.cluster;

import io.presence.Permission;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceUpsert;
import io.presence.internal.store.StateImage;
import io.presence.lock.Locks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads operations of one node. The fields that the writer of a presence chooses are checked and copied by a
 * {@link PresenceUpsert}, as those of an upsert are.
 */
final class OperationReader {

    private static final long UNSIGNED_INT = 0xFFFF_FFFFL;
    private static final long MAX_TIMES = FrameFormat.MAX_TIME - FrameFormat.MIN_TIME;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long SECONDS_OF_RUNG = FrameFormat.MAX_TTL_MILLIS / 1_000;

    private final FrameInput in;
    private final int space;
    private final NodeId origin;
    private final ValueReader values;

    OperationReader(FrameInput in, int space, NodeId origin) {
        this.in = in;
        this.space = space;
        this.origin = origin;
        this.values = new ValueReader(in);
    }

    /** Reads an operation, or skips one of an unknown opcode. */
    Operation read() {
        int opcode = in.readByte("opcode");
        int outer = in.openPart("operation");
        Operation operation = readBody(opcode);
        in.closePart(outer);
        return operation;
    }

    private Operation readBody(int opcode) {
        try {
            return switch (opcode) {
                case FrameFormat.PUT -> readPut();
                case FrameFormat.END -> readEnd();
                default -> Operation.UNKNOWN;
            };
        } catch (IllegalArgumentException refused) {
            throw new FrameException(String.valueOf(refused.getMessage()));
        }
    }

    private Put readPut() {
        int flags = readFlags();
        int actions = (int) in.readVarint("actions", 0, FrameFormat.MAX_ACTIONS);
        Claim claim = readClaim(flags);
        PresenceUpsert upsert = readTexts(flags);
        Numbers numbers = readNumbers();
        upsert = upsert.metadata(values.readMembers());
        if ((flags & FrameFormat.HAS_PERMISSIONS) != 0) {
            upsert = upsert.permissions(readPermissions());
        }
        int rung = 0;
        if ((flags & FrameFormat.HAS_LADDER) != 0) {
            upsert = readLadder(upsert);
            rung = (int) in.readVarint("rung", 0, upsert.idleLadder().size());
        }
        return new Put(claim, image(upsert, rung, numbers), actions);
    }

    private int readFlags() {
        return (int) in.readVarint("flags", 0, Integer.MAX_VALUE);
    }

    private Claim readClaim(int flags) {
        long createdEpoch = in.readVarint("createdEpoch", 0, FrameFormat.MAX_REVISION);
        long later = in.readZigzag("epoch", -FrameFormat.MAX_REVISION, FrameFormat.MAX_REVISION);
        long epoch = FrameInput.inRange("epoch", createdEpoch + later, 0, FrameFormat.MAX_REVISION);
        boolean isOther = (flags & FrameFormat.HAS_OTHER_CREATOR) != 0;
        return new Claim(createdEpoch, isOther ? in.readNode("creator") : origin, epoch);
    }

    private PresenceUpsert readTexts(int flags) {
        String id = readId();
        PresenceUpsert upsert = PresenceUpsert.of(id, in.readText("userId"), in.readText("status"));
        return (flags & FrameFormat.HAS_SOURCE) == 0 ? upsert : upsert.source(in.readText("source"));
    }

    private String readId() {
        String id = in.readText("presenceId");
        if (id.startsWith(Locks.ID_PREFIX) != (space == FrameFormat.LOCK_SPACE)) {
            throw new FrameException("presenceId must begin with " + Locks.ID_PREFIX + " in space "
                    + FrameFormat.LOCK_SPACE + " alone: space " + space);
        }
        return id;
    }

    private Numbers readNumbers() {
        long incarnation = in.readVarint("incarnation", 1, FrameFormat.MAX_INCARNATION);
        int write = (int) in.readVarint("write", 0, UNSIGNED_INT);
        long createdAt = readTime("createdAt", 0);
        long updatedAt = readTime("updatedAt", createdAt);
        long expiresAt = readTime("expiresAt", updatedAt);
        long ttl = in.readVarint("ttl", 0, FrameFormat.MAX_TTL_MILLIS);
        long longer = in.readZigzag("since", -FrameFormat.MAX_TTL_MILLIS, FrameFormat.MAX_TTL_MILLIS);
        long since = FrameInput.inRange("since", ttl + longer, 0, FrameFormat.MAX_TTL_MILLIS);
        return new Numbers(incarnation, write, createdAt, updatedAt, expiresAt, ttl, since);
    }

    private long readTime(String name, long base) {
        long time = base + in.readZigzag(name, -MAX_TIMES, MAX_TIMES);
        return FrameInput.inRange(name, time, FrameFormat.MIN_TIME, FrameFormat.MAX_TIME);
    }

    private List<Permission> readPermissions() {
        int count = (int) in.readVarint("permissions", 0, Permission.MAX_PERMISSIONS);
        List<Permission> permissions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            permissions.add(Permission.parse(in.readText("permission")));
        }
        return permissions;
    }

    private PresenceUpsert readLadder(PresenceUpsert upsert) {
        PresenceUpsert laddered = upsert;
        int rungs = in.readCount("ladder", 3);
        for (int i = 0; i < rungs; i++) {
            long seconds = in.readVarint("after", 0, SECONDS_OF_RUNG);
            long nanos = in.readVarint("after", 0, NANOS_PER_SECOND - 1);
            laddered = laddered.idle(Duration.ofSeconds(seconds, nanos), in.readText("status"));
        }
        return laddered;
    }

    private static StateImage image(PresenceUpsert upsert, int rung, Numbers numbers) {
        return new StateImage(
                upsert.presenceId(),
                String.valueOf(upsert.userId()),
                upsert.status(),
                upsert.source(),
                upsert.metadata(),
                upsert.permissions(),
                upsert.idleLadder(),
                rung,
                numbers.incarnation,
                numbers.write,
                numbers.createdAt,
                numbers.updatedAt,
                numbers.ttl,
                numbers.expiresAt,
                numbers.since);
    }

    private End readEnd() {
        int flags = readFlags();
        @Nullable Claim claim = (flags & FrameFormat.HAS_CLAIM) == 0 ? null : readClaim(flags);
        String id = readId();
        String userId = in.readText("userId");
        /* Checks the two ids. */
        PresenceUpsert.of(id, userId, "ended");
        Cause cause = Causes.of(in.readByte("cause"));
        long endedAgo = in.readVarint("endedAgo", 0, FrameFormat.MAX_TIME);
        long since = in.readVarint("since", 0, FrameFormat.MAX_TTL_MILLIS);
        return new End(id, claim, userId, cause, endedAgo, since);
    }

    /** The numbers of a state that are not of a {@link PresenceUpsert}. */
    private record Numbers(
            long incarnation, int write, long createdAt, long updatedAt, long expiresAt, long ttl, long since) {}
}
