package io.presence.lock;

import io.presence.Presence;
import io.presence.Principal;

/**
 * A rule of the host that decides who may take a lock that another session holds. It is set by
 * {@link io.presence.PresenceStoreBuilder#stealRule}. Without a rule nobody may.
 *
 * <p><b>Threads.</b> Called by the thread that steals, and by several threads at once. No lock of the store is held
 * meanwhile. If the holder changes while the rule is evaluated, nothing is stolen.
 *
 * <p><b>Errors.</b> A rule that throws refuses. The failure is counted in {@link io.presence.PresenceHealth#failures}
 * as {@code LOCK_RULE} and logged.
 */
@FunctionalInterface
public interface StealRule {

    /**
     * Returns whether a principal may take a lock from its holder.
     *
     * @param principal the caller of the session that steals, whom the {@link LockPolicy} has permitted to lock
     * @param held the presence of the lock, whose user is the holder. It is passed even if the principal cannot read it
     * @return true to end the lock of the holder
     */
    boolean maySteal(Principal principal, Presence held);
}
