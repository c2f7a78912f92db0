package io.presence.examples.gateway.account;

import io.presence.Scope;
import io.presence.examples.gateway.wire.ApiException;
import io.vertx.core.MultiMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which a request has a caller, in the order of Appwrite: a session by cookie, header or fallback cookie,
 * then a token, then an API key. A request without any of them is made by a guest. An invalid token is refused.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class Authentication {

    private final String project;
    private final Sessions sessions;
    private final Jwt jwt;
    private final Map<String, Set<Scope>> keys;

    /**
     * Creates the rules of one project.
     *
     * @param keys the scopes of each API key
     */
    public Authentication(String project, Sessions sessions, Jwt jwt, Map<String, Set<Scope>> keys) {
        this.project = project;
        this.sessions = sessions;
        this.jwt = jwt;
        this.keys = Map.copyOf(keys);
    }

    /**
     * Returns the caller of an HTTP request.
     *
     * @throws ApiException if a token is invalid, or given together with a session
     */
    public Caller ofRequest(MultiMap headers) {
        Credentials given = Credentials.of(headers, null, project);
        Caller user = user(given);
        Set<Scope> scopes = given.key() == null ? null : keys.get(given.key());
        return user.isGuest() && scopes != null ? Caller.key(scopes) : user;
    }

    /**
     * Returns the caller that opens a WebSocket. API keys are ignored there.
     *
     * @param queryJwt the token in the address, or null
     * @throws ApiException if a token is invalid, or given together with a session
     */
    public Caller ofSocket(MultiMap headers, @Nullable String queryJwt) {
        return user(Credentials.of(headers, queryJwt, project));
    }

    /** Returns the caller of a secret, or null if it is unknown. */
    public @Nullable Caller ofSecret(String secret) {
        Session session = sessions.bySecret(secret);
        return session == null ? null : Caller.of(session);
    }

    private Caller user(Credentials given) {
        Session session = given.session() == null ? null : sessions.bySecret(given.session());
        if (given.jwt() == null) {
            return session == null ? Caller.guest() : Caller.of(session);
        }
        if (session != null) {
            throw new ApiException(
                    403, "user_jwt_and_cookie_set", "JWT and cookie session are both set. Use one of them.");
        }
        Caller caller = jwt.caller(given.jwt(), sessions);
        if (caller == null) {
            throw new ApiException(401, "user_jwt_invalid", "The JWT token is invalid.");
        }
        return caller;
    }
}
