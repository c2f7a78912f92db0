package io.presence.lock;

import io.presence.Principal;

/**
 * A rule of the host that decides which principals may lock which resources. It is set by
 * {@link io.presence.PresenceStoreBuilder#lockPolicy}.
 *
 * <p><b>Threads.</b> Called by the thread that asks for the lock, before it waits, and by several threads at once. No
 * lock of the store is held meanwhile, so a policy that blocks delays its caller only.
 *
 * <p><b>Errors.</b> A policy that throws refuses. The failure is counted in {@link io.presence.PresenceHealth#failures}
 * as {@code LOCK_RULE} and logged.
 */
@FunctionalInterface
public interface LockPolicy {

    /**
     * Returns whether a principal may lock a resource.
     *
     * @param principal the caller of the session
     * @param resource the name of the resource
     * @return false to refuse with {@link io.presence.PresenceException.Code#DENIED}
     */
    boolean mayLock(Principal principal, String resource);
}
