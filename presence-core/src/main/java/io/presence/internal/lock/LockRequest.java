package io.presence.internal.lock;

import io.presence.Permission;
import java.util.List;

/**
 * A request of a session for a lock, which the policy has permitted.
 *
 * @param id the presence id of the lock
 * @param user the user of the session
 * @param permissions the permissions to read it
 */
record LockRequest(SessionLocks session, String id, String user, List<Permission> permissions) {}
