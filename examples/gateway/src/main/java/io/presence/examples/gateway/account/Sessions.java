package io.presence.examples.gateway.account;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every session there is: those of the sessions file, and anonymous ones, of which those not used for longest go when there
 * are too many.
 *
 * <p><b>Threads.</b> Safe for use by any thread; each call takes one short lock.
 */
public final class Sessions {

    /** The most anonymous sessions that are kept. */
    public static final int MAX_ANONYMOUS = 100_000;

    private static final Duration LIFETIME = Duration.ofDays(365);
    private static final int ID_BYTES = 10;
    private static final int SECRET_BYTES = 32;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> filed = new HashMap<>();
    private final LinkedHashMap<String, Session> anonymous = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, String> secretsById = new HashMap<>();
    private final Map<String, Integer> users = new HashMap<>();

    /**
     * Makes the sessions of a file.
     *
     * @param bySecret whose session each secret is
     * @param clock tells when sessions begin and end
     */
    public Sessions(Map<String, User> bySecret, InstantSource clock) {
        this.clock = clock;
        bySecret.forEach((secret, user) -> add(filed, session(secret, user, "email")));
    }

    /** Signs in somebody new, without a name. */
    public synchronized Session createAnonymous() {
        User user = new User(newId(), "", false, List.of(), Map.of(), clock.instant());
        String secret = encoded("{\"id\":\"" + user.id() + "\",\"secret\":\"" + text(SECRET_BYTES) + "\"}");
        Session session = session(secret, user, "anonymous");
        add(anonymous, session);
        if (anonymous.size() > MAX_ANONYMOUS) {
            delete(anonymous.values().iterator().next());
        }
        return session;
    }

    /** Makes an id that nobody has. */
    public String newId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        StringBuilder id = new StringBuilder(2 * ID_BYTES);
        for (byte b : bytes) {
            id.append(Character.forDigit((b >> 4) & 0xf, 16)).append(Character.forDigit(b & 0xf, 16));
        }
        return id.toString();
    }

    /** Finds a session by what proves it; null if there is none, or it has ended. */
    public synchronized @Nullable Session bySecret(String secret) {
        Session session = filed.get(secret);
        if (session == null) {
            session = anonymous.get(secret);
        }
        if (session != null && session.expire().isBefore(clock.instant())) {
            delete(session);
            return null;
        }
        return session;
    }

    /** Finds a session by its id; null if there is none, or it has ended. */
    public synchronized @Nullable Session byId(String id) {
        String secret = secretsById.get(id);
        return secret == null ? null : bySecret(secret);
    }

    /** Tells whether somebody of this id has a session. */
    public synchronized boolean knows(String userId) {
        return users.containsKey(userId);
    }

    /** Ends a session. Does nothing if it has ended. */
    public synchronized void delete(Session session) {
        if (secretsById.remove(session.id()) != null) {
            filed.remove(session.secret());
            anonymous.remove(session.secret());
            users.computeIfPresent(session.user().id(), (id, count) -> count == 1 ? null : count - 1);
        }
    }

    private void add(Map<String, Session> sessions, Session session) {
        sessions.put(session.secret(), session);
        secretsById.put(session.id(), session.secret());
        users.merge(session.user().id(), 1, Integer::sum);
    }

    private Session session(String secret, User user, String provider) {
        Instant now = clock.instant();
        return new Session(newId(), secret, user, provider, now, now.plus(LIFETIME));
    }

    private String text(int bytes) {
        byte[] secret = new byte[bytes];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /* Without padding, so that a cookie can hold it as it is. */
    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
