package io.presence.internal.store;

import io.presence.Permission;
import io.presence.Scope;
import io.presence.query.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rights of one caller: the only type that judges scopes, ownership and permissions.
 *
 * <p><b>Cost.</b> The {@code can} methods read each permission of the presence at most once and allocate nothing.
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
     * Returns the owner of a presence that the caller writes.
     *
     * @param named the owner that the write names, or null
     */
    String owner(@Nullable String named);

    /** Returns the user whose limits apply to the caller's writes and subscriptions; null if no limit applies. */
    @Nullable String limitedUser();

    /**
     * Fails if the caller must not grant one of these permissions.
     *
     * @param permissions the permissions that a write names, or null for owner-only
     */
    void requireGrantable(@Nullable List<Permission> permissions);

    /** Returns whether the caller can read this state of a presence. */
    boolean canRead(PresenceState state);

    /** Returns {@link #canRead} as a condition on the attributes of {@link StateSchema#READABLE}. */
    Query.Filter readable();

    /**
     * Returns a text that identifies the caller: equal for all calls of one user, of trusted code or of guests, and
     * different between these.
     */
    String caller();

    /** Returns whether the caller can update and touch the presence. */
    boolean canUpdate(PresenceState state);

    /** Returns whether the caller can delete the presence. */
    boolean canDelete(PresenceState state);

    /** Returns whether the {@code can} methods read the presence. */
    boolean dependsOnPresence();
}
