package io.presence.examples.gateway.account;

import io.presence.Permission;
import io.presence.PresenceStore;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.Role;
import io.presence.Scope;
import io.presence.examples.gateway.wire.ApiException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The caller of a request: a guest, a user with a session, or a server with an API key.
 *
 * @param session null for a guest and for a key
 * @param until the expiry of the token that stands for the session; null without a token
 * @param keyScopes the scopes of a key; null without a key
 * @param principal the principal; for a key that of a guest, which is not used
 */
public record Caller(
        @Nullable Session session,
        @Nullable Instant until,
        @Nullable Set<Scope> keyScopes,
        Principal principal) {

    private static final Principal GUEST = Principal.guest().build();

    /** Returns a guest. */
    public static Caller guest() {
        return new Caller(null, null, null, GUEST);
    }

    /** Returns the user of a session. */
    public static Caller of(Session session) {
        return new Caller(session, null, null, session.user().principal());
    }

    /** Returns the user of a session, authenticated by a token that expires. */
    static Caller of(Session session, Instant until) {
        return new Caller(session, until, null, session.user().principal());
    }

    /** Returns a server. */
    public static Caller key(Set<Scope> scopes) {
        return new Caller(null, null, Set.copyOf(scopes), GUEST);
    }

    /** Returns whether this is the user of a session. */
    public boolean isOf(String sessionId) {
        return session != null && session.id().equals(sessionId);
    }

    /** Returns whether this is a server with a key. */
    public boolean isKey() {
        return keyScopes != null;
    }

    /** Returns whether this is a guest. */
    public boolean isGuest() {
        return session == null && keyScopes == null;
    }

    /** Returns the store as this caller may use it. */
    public Presences in(PresenceStore store) {
        return isKey() ? store : store.as(principal);
    }

    /**
     * Refuses a caller without the scope. Guests have no scope over HTTP.
     *
     * @throws ApiException {@code general_unauthorized_scope}
     */
    public void require(Scope scope) {
        boolean granted = keyScopes == null ? session != null : keyScopes.contains(scope);
        if (!granted) {
            String who = isKey() ? "applications" : "guests";
            throw ApiException.scope(
                    (isKey() ? "App" : "User") + " (role: " + who + ") missing scopes ([\"" + scope + "\"])");
        }
    }

    /**
     * Returns the session.
     *
     * @throws ApiException {@code general_unauthorized_scope} if there is none
     */
    public Session requireSession() {
        if (session == null) {
            throw ApiException.scope("User (role: guests) missing scopes ([\"account\"])");
        }
        return Objects.requireNonNull(session);
    }

    /**
     * Refuses permissions for roles that the caller does not hold. A key may grant any.
     *
     * @throws ApiException {@code user_unauthorized}
     */
    public void requireHeld(List<Permission> permissions) {
        if (!isKey() && !permissions.stream().allMatch(permission -> principal.holds(permission.role()))) {
            throw ApiException.unauthorized("Permissions must be one of: ("
                    + principal.roles().stream().map(Role::toString).sorted().collect(Collectors.joining(", ")) + ")");
        }
    }
}
