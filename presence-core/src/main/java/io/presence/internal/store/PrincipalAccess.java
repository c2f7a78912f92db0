package io.presence.internal.store;

import static io.presence.PresenceException.Code.DENIED;
import static io.presence.PresenceException.Code.SCOPE_MISSING;

import io.presence.Permission;
import io.presence.PresenceException;
import io.presence.Principal;
import io.presence.Role;
import io.presence.Scope;
import io.presence.query.Query;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rights of a principal. Its scopes permit the operations; its own presences and the permissions granted to its
 * roles select the presences.
 */
public final class PrincipalAccess implements Access {

    private final Principal principal;
    /* Created when first needed: most sessions do not subscribe. A racing thread creates an equal one. */
    private volatile Query.@Nullable Filter readable;

    /**
     * Creates the rights of a principal.
     *
     * @param principal the caller
     */
    public PrincipalAccess(Principal principal) {
        this.principal = Objects.requireNonNull(principal, "principal must not be null");
    }

    private static Query.Filter readable(Principal principal) {
        List<String> roles =
                principal.roles().stream().map(Role::toString).sorted().toList();
        Query.Filter granted = Query.containsAny(StateSchema.READERS, roles);
        String own = principal.userId();
        return own == null ? granted : Query.or(Query.equal("userId", own), granted);
    }

    @Override
    public void require(Scope scope) {
        if (!holds(scope)) {
            throw new PresenceException(SCOPE_MISSING, lacking(scope));
        }
    }

    /** Returns whether the principal holds a scope. */
    boolean holds(Scope scope) {
        return principal.scopes().contains(scope);
    }

    private String lacking(Scope scope) {
        boolean isGuest = principal.userId() == null && scope == Scope.PRESENCES_WRITE;
        return isGuest
                ? "principal must be signed in to write, as Principal.user(id) is: guest"
                : "principal must hold the scope " + scope + ": " + principal;
    }

    @Override
    public String owner(@Nullable String named) {
        String own = principal.userId();
        if (own == null) {
            throw new PresenceException(DENIED, "principal must be signed in to write: " + principal);
        }
        if (named != null && !named.equals(own)) {
            throw new PresenceException(DENIED, "userId must be the principal's own, " + own + ": " + named);
        }
        return own;
    }

    @Override
    public @Nullable String limitedUser() {
        return principal.userId();
    }

    @Override
    public void requireGrantable(@Nullable List<Permission> permissions) {
        if (permissions == null) {
            return;
        }
        for (Permission permission : permissions) {
            if (!principal.holds(permission.role())) {
                throw new PresenceException(
                        DENIED, "permissions must name roles that " + principal + " holds: " + permission.role());
            }
        }
    }

    @Override
    public boolean canRead(PresenceState state) {
        return may(Permission.Type.READ, state);
    }

    @Override
    public Query.Filter readable() {
        Query.Filter made = readable;
        if (made == null) {
            made = readable(principal);
            readable = made;
        }
        return made;
    }

    @Override
    public String caller() {
        String own = principal.userId();
        return own == null ? "guest" : "user:" + own;
    }

    @Override
    public boolean canUpdate(PresenceState state) {
        return may(Permission.Type.UPDATE, state);
    }

    @Override
    public boolean canDelete(PresenceState state) {
        return may(Permission.Type.DELETE, state);
    }

    @Override
    public boolean dependsOnPresence() {
        return true;
    }

    private boolean may(Permission.Type type, PresenceState state) {
        return owns(state) || granting(type, state) != null;
    }

    /** Returns whether the principal owns the presence. */
    boolean owns(PresenceState state) {
        return state.userId().equals(principal.userId());
    }

    /** Returns the first permission that grants an action on the presence to a role of the principal, or null. */
    @Nullable Permission granting(Permission.Type type, PresenceState state) {
        List<Permission> named = state.namedPermissions();
        if (named == null) {
            return null;
        }
        /* By index: an iterator would be the only allocation of a heartbeat. */
        for (int i = 0; i < named.size(); i++) {
            Permission permission = named.get(i);
            if (permission.type() == type && principal.holds(permission.role())) {
                return permission;
            }
        }
        return null;
    }

    /** Returns the principal, for logs. */
    @Override
    public String toString() {
        return principal.toString();
    }
}
