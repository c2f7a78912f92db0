package io.presence.internal.store;

import io.presence.Permission;
import io.presence.PresenceId;
import io.presence.Principal;
import io.presence.Scope;
import io.presence.access.AccessDecision;
import io.presence.access.AccessExplanation;
import io.presence.access.AccessReason;
import io.presence.lock.Locks;
import org.jspecify.annotations.Nullable;

/**
 * The explanation of the rights of one principal on one state. It asks {@link PrincipalAccess} as the operations do.
 *
 * <p><b>Threads.</b> Immutable.
 */
final class AccessExplainer {

    private final Principal principal;
    private final PrincipalAccess access;
    private final boolean areIdsScoped;

    AccessExplainer(Principal principal, boolean areIdsScoped) {
        this.principal = principal;
        this.access = new PrincipalAccess(principal);
        this.areIdsScoped = areIdsScoped;
    }

    /**
     * Explains the access to an id.
     *
     * @param live the state of its presence with the current lease; null if there is none that is alive
     * @param absence the reason if there is none
     */
    AccessExplanation explain(String id, @Nullable PresenceState live, AccessReason absence) {
        return new AccessExplanation(
                principal,
                id,
                live,
                decide(Permission.Type.READ, Scope.PRESENCES_READ, live, absence),
                decide(Permission.Type.UPDATE, Scope.PRESENCES_WRITE, live, absence),
                decide(Permission.Type.DELETE, Scope.PRESENCES_WRITE, live, absence),
                upsert(id, live));
    }

    private AccessDecision decide(
            Permission.Type type, Scope scope, @Nullable PresenceState live, AccessReason absence) {
        if (!access.holds(scope)) {
            return missing(scope);
        }
        if (live == null) {
            return AccessDecision.of(absence);
        }
        if (access.owns(live)) {
            return AccessDecision.of(AccessReason.OWNER);
        }
        if (!access.canRead(live) && type != Permission.Type.READ) {
            return AccessDecision.of(AccessReason.UNREADABLE);
        }
        Permission granting = access.granting(type, live);
        return granting == null
                ? AccessDecision.of(AccessReason.NOT_GRANTED)
                : new AccessDecision(AccessReason.PERMISSION, granting, null);
    }

    private AccessDecision upsert(String id, @Nullable PresenceState live) {
        String user = principal.userId();
        if (user == null || !access.holds(Scope.PRESENCES_WRITE)) {
            return missing(Scope.PRESENCES_WRITE);
        }
        if (areIdsScoped && !PresenceId.isOf(id, user)) {
            return AccessDecision.of(AccessReason.ID_OF_OTHER);
        }
        if (live == null) {
            return AccessDecision.of(id.startsWith(Locks.ID_PREFIX) ? AccessReason.ID_RESERVED : AccessReason.FREE);
        }
        return AccessDecision.of(access.owns(live) ? AccessReason.OWNER : AccessReason.ID_IN_USE);
    }

    private static AccessDecision missing(Scope scope) {
        return new AccessDecision(AccessReason.SCOPE_MISSING, null, scope);
    }
}
