package io.presence.internal.lock;

import io.presence.Version;
import io.presence.internal.store.SessionHolds;
import io.presence.lock.SoftLock;
import java.time.Instant;

/**
 * A granted lock. The version of its presence stands for this grant alone.
 *
 * <p><b>Threads.</b> Immutable.
 */
final class HeldLock implements SoftLock {

    private final LockQueues queues;
    private final SessionHolds holds;
    private final String id;
    private final long token;
    private final Instant since;
    private final Version version;

    HeldLock(LockQueues queues, SessionHolds holds, String id, long token, Instant since, Version version) {
        this.queues = queues;
        this.holds = holds;
        this.id = id;
        this.token = token;
        this.since = since;
        this.version = version;
    }

    @Override
    public String resource() {
        return LockIds.resource(id);
    }

    @Override
    public long token() {
        return token;
    }

    @Override
    public Instant since() {
        return since;
    }

    @Override
    public boolean isHeld() {
        return holds.isHeld(id, version);
    }

    @Override
    public boolean renew() {
        return holds.touch(id, version);
    }

    @Override
    public boolean release() {
        boolean isReleased = holds.delete(id, version);
        if (isReleased) {
            queues.changed(id);
        }
        return isReleased;
    }

    @Override
    public String toString() {
        return "lock of " + resource() + " with the token " + token;
    }
}
