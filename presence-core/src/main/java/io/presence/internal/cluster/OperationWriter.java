package io.presence.internal.cluster;

import io.presence.Permission;
import io.presence.internal.store.StateImage;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Adds operations of one node to a buffer. Their values have been validated by the store. */
final class OperationWriter {

    private static final long UNSIGNED_INT = 0xFFFF_FFFFL;

    private final NodeId origin;
    private final FrameBuffer out;
    private final ValueWriter values;

    OperationWriter(NodeId origin, FrameBuffer out) {
        this.origin = origin;
        this.out = out;
        this.values = new ValueWriter(out);
    }

    void write(Operation operation) {
        if (operation instanceof Put put) {
            write(put);
        } else if (operation instanceof End end) {
            write(end);
        } else {
            throw new IllegalArgumentException("operation must be known: " + operation);
        }
    }

    void write(Put put) {
        out.putByte(FrameFormat.PUT);
        int start = out.size();
        StateImage state = put.state();
        out.putVarint(flags(state) | creatorFlag(put.claim()));
        out.putByte(put.actions());
        writeClaim(put.claim());
        out.putText(state.id());
        out.putText(state.userId());
        out.putText(state.status());
        if (state.source() != null) {
            out.putText(state.source());
        }
        writeNumbers(state);
        values.writeMembers(state.metadata());
        if (state.permissions() != null) {
            writePermissions(state.permissions());
        }
        if (!state.ladder().isEmpty()) {
            writeLadder(state.ladder(), state.rung());
        }
        out.insertLength(start);
    }

    private static int flags(StateImage state) {
        return (state.source() == null ? 0 : FrameFormat.HAS_SOURCE)
                | (state.permissions() == null ? 0 : FrameFormat.HAS_PERMISSIONS)
                | (state.ladder().isEmpty() ? 0 : FrameFormat.HAS_LADDER);
    }

    private int creatorFlag(Claim claim) {
        return claim.creator().equals(origin) ? 0 : FrameFormat.HAS_OTHER_CREATOR;
    }

    /* The second epoch is written as its distance from the first, which is mostly 0. */
    private void writeClaim(Claim claim) {
        out.putVarint(claim.createdEpoch());
        out.putZigzag(claim.epoch() - claim.createdEpoch());
        if (!claim.creator().equals(origin)) {
            out.putNode(claim.creator());
        }
    }

    /* Times are written as distances from each other: an absolute one takes six bytes. */
    private void writeNumbers(StateImage state) {
        out.putVarint(state.incarnation());
        out.putVarint(state.write() & UNSIGNED_INT);
        out.putZigzag(state.createdAtMillis());
        out.putZigzag(state.updatedAtMillis() - state.createdAtMillis());
        out.putZigzag(state.expiresAtMillis() - state.updatedAtMillis());
        out.putVarint(state.ttlMillis());
        out.putZigzag(state.sinceMillis() - state.ttlMillis());
    }

    private void writePermissions(List<Permission> permissions) {
        out.putVarint(permissions.size());
        for (Permission permission : permissions) {
            out.putText(permission.toString());
        }
    }

    private void writeLadder(Map<Duration, String> ladder, int rung) {
        out.putVarint(ladder.size());
        ladder.forEach((after, status) -> {
            out.putVarint(after.getSeconds());
            out.putVarint(after.getNano());
            out.putText(status);
        });
        out.putVarint(rung);
    }

    void write(End end) {
        out.putByte(FrameFormat.END);
        int start = out.size();
        Claim claim = end.claim();
        out.putVarint(claim == null ? 0 : FrameFormat.HAS_CLAIM | creatorFlag(claim));
        if (claim != null) {
            writeClaim(claim);
        }
        out.putText(end.id());
        out.putText(end.userId());
        out.putByte(Causes.number(end.cause()));
        out.putVarint(end.endedAgoMillis());
        out.putVarint(end.sinceMillis());
        out.insertLength(start);
    }
}
