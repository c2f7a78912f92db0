package io.presence.internal.store;

import io.presence.Permission;
import io.presence.Scope;
import io.presence.query.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one caller may do: the only place where scopes, ownership and permissions are judged.
 *
 * <p><b>Cost.</b> The {@code can} methods look at each permission of the presence at most once and allocate nothing.
 *
 * <p><b>Threads.</b> Immutable.
 */
public interface Access {

    /**
     * Fails unless the caller has a scope.
     *
     * @param scope the scope that the call needs
     */
    void require(Scope scope);

    /**
     * Returns whom a presence written by the caller belongs to.
     *
     * @param named the owner that the write names, or null
     */
    String owner(@Nullable String named);

    /** Returns the user whose limits hold for what the caller writes and subscribes to; null if none do. */
    @Nullable String limitedUser();

    /**
     * Fails if the caller may not grant one of these.
     *
     * @param permissions the permissions that a write names, or null for owner-only
     */
    void requireGrantable(@Nullable List<Permission> permissions);

    /** Tells whether the caller may see this state of a presence. */
    boolean canRead(PresenceState state);

    /** Returns {@link #canRead} as a condition on the attributes of {@link StateSchema#READABLE}. */
    Query.Filter readable();

    /**
     * Returns a text that is the same for all calls of one user, of the host, and of guests, and for no two of these.
     */
    String caller();

    /** Tells whether the caller may change and touch it. */
    boolean canUpdate(PresenceState state);

    /** Tells whether the caller may delete it. */
    boolean canDelete(PresenceState state);
}
