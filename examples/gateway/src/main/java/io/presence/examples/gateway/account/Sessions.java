package io.presence.examples.gateway.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.presence.examples.gateway.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of the sessions file, and anonymous sessions. An anonymous session is not stored: its secret is a signed
 * token, which a gateway with the same secret file accepts after a restart.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class Sessions {

    private static final Duration LIFETIME = Duration.ofDays(365);
    private static final int ID_BYTES = 10;
    private static final int USER_ID_BYTES = 8;
    private static final int USER_ID_SIGNATURE = 8;
    private static final int MAX_SECRET = 2048;
    private static final String ANONYMOUS = "anonymous";

    private final Signer signer;
    private final EndedSessions ended;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> filed = new HashMap<>();
    private final Map<String, Session> filedById = new HashMap<>();
    private final Set<String> filedUsers = new HashSet<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Creates the sessions of a file.
     *
     * @param bySecret the user of each secret
     * @param signer signs anonymous sessions
     * @param ended the sessions that were ended before they expired
     * @param clock the time of day
     */
    public Sessions(Map<String, User> bySecret, Signer signer, EndedSessions ended, InstantSource clock) {
        this.signer = signer;
        this.ended = ended;
        this.clock = clock;
        bySecret.forEach(this::add);
    }

    private void add(String secret, User user) {
        /* The same id after a restart, so that tokens stay valid; it does not reveal the secret. */
        String id = signer.sign("filed", secret).replaceAll("[^A-Za-z0-9]", "").substring(0, 2 * ID_BYTES);
        Instant now = clock.instant();
        Session session = new Session(id, secret, user, "email", now, now.plus(LIFETIME));
        filed.put(secret, session);
        filedById.put(id, session);
        filedUsers.add(user.id());
    }

    /** Creates a session of a new user without a name. */
    public Session createAnonymous() {
        String random = hex(USER_ID_BYTES);
        return anonymous(
                random + userIdSignature(random), newId(), clock.instant().getEpochSecond());
    }

    private Session anonymous(String userId, String sessionId, long createdSecond) {
        String proof = sessionId + "." + createdSecond;
        String signature = signer.sign("session", userId + "." + proof);
        String token = "{\"id\":\"" + userId + "\",\"secret\":\"" + proof + "." + signature + "\"}";
        /* Without padding, so that it is a legal value of a cookie. */
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(token.getBytes(StandardCharsets.UTF_8));
        return anonymous(secret, userId, sessionId, createdSecond);
    }

    private static Session anonymous(String secret, String userId, String sessionId, long createdSecond) {
        Instant created = Instant.ofEpochSecond(createdSecond);
        User user = new User(userId, "", false, List.of(), Map.of(), created);
        return new Session(sessionId, secret, user, ANONYMOUS, created, created.plus(LIFETIME));
    }

    /** Returns an id that is not in use. */
    public String newId() {
        return hex(ID_BYTES);
    }

    private String hex(int bytes) {
        byte[] id = new byte[bytes];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /* By this mark the gateway recognises its anonymous users without storing them. */
    private String userIdSignature(String random) {
        String signature = signer.sign("user", random);
        return Integer.toHexString(signature.hashCode() | 0x1000_0000).substring(0, USER_ID_SIGNATURE);
    }

    /** Returns the session of a secret, or null if there is none or it has ended. */
    public @Nullable Session bySecret(String secret) {
        Session session = filed.get(secret);
        return live(session == null ? read(secret) : session);
    }

    private @Nullable Session read(String secret) {
        if (secret.length() > MAX_SECRET) {
            return null;
        }
        try {
            JsonNode token = Json.parse(new String(Base64.getUrlDecoder().decode(secret), StandardCharsets.UTF_8));
            String userId = token.path("id").asText();
            String[] proof = token.path("secret").asText().split("\\.", -1);
            boolean valid =
                    proof.length == 3 && signer.verify("session", userId + "." + proof[0] + "." + proof[1], proof[2]);
            return valid ? anonymous(secret, userId, proof[0], Long.parseLong(proof[1])) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Returns the session that a token stands for, or null if it has ended.
     *
     * @param createdSecond when the session was created, for an anonymous one
     */
    @Nullable Session byToken(String userId, String sessionId, long createdSecond) {
        Session session = filedById.get(sessionId);
        return live(session == null ? anonymous(userId, sessionId, createdSecond) : session);
    }

    private @Nullable Session live(@Nullable Session session) {
        return session == null || isOver(session) ? null : session;
    }

    private boolean isOver(Session session) {
        return ended.contains(session.id()) || !session.expire().isAfter(clock.instant());
    }

    /** Returns whether the session or the token of a caller has ended. False for a caller without one. */
    public boolean isOver(Caller caller) {
        Session session = caller.session();
        Instant until = caller.until();
        return session != null && (isOver(session) || (until != null && !until.isAfter(clock.instant())));
    }

    /** Returns whether a user is in the sessions file or was created by this gateway. */
    public boolean knows(String userId) {
        if (filedUsers.contains(userId)) {
            return true;
        }
        int random = 2 * USER_ID_BYTES;
        return userId.length() == random + USER_ID_SIGNATURE
                && userId.substring(random).equals(userIdSignature(userId.substring(0, random)));
    }

    /** Ends a session. Does nothing if it has ended. */
    public void end(Session session) {
        if (ended.add(session)) {
            listeners.forEach(listener -> listener.accept(session.id()));
        }
    }

    /** Stores the end of a session, so that it holds after a restart. Blocks. */
    public void writeEnd(Session session) {
        if (session.provider().equals(ANONYMOUS)) {
            ended.write(session);
        }
    }

    /** Adds a listener that is called with the id of each session that ends before it expires. */
    public void onEnd(Consumer<String> listener) {
        listeners.add(listener);
    }
}
