package io.presence.examples.gateway.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.presence.examples.gateway.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signed tokens that stand for a session for a limited time.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class Jwt {

    private static final String PURPOSE = "jwt";
    private static final int MAX_LENGTH = 2048;
    private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

    private final Signer signer;
    private final InstantSource clock;

    /** Creates the tokens of one signer. */
    public Jwt(Signer signer, InstantSource clock) {
        this.signer = signer;
        this.clock = clock;
    }

    /** Creates a token for a session. */
    public String sign(Session session, Duration duration) {
        String claims = Json.write(Map.of(
                "userId", session.user().id(),
                "sessionId", session.id(),
                "created", session.createdAt().getEpochSecond(),
                "exp", clock.instant().plus(duration).getEpochSecond()));
        String signed = HEADER + "." + encode(claims);
        return signed + "." + signer.sign(PURPOSE, signed);
    }

    /** Returns the caller of a token, or null if it is invalid or its session has ended. */
    @Nullable Caller caller(String token, Sessions sessions) {
        int dot = token.lastIndexOf('.');
        if (dot < HEADER.length() || token.length() > MAX_LENGTH || !token.startsWith(HEADER + ".")) {
            return null;
        }
        String signed = token.substring(0, dot);
        if (!signer.verify(PURPOSE, signed, token.substring(dot + 1))) {
            return null;
        }
        byte[] claims = Base64.getUrlDecoder().decode(signed.substring(HEADER.length() + 1));
        return caller(Json.parse(new String(claims, StandardCharsets.UTF_8)), sessions);
    }

    private @Nullable Caller caller(JsonNode claims, Sessions sessions) {
        Session session = sessions.byToken(
                claims.path("userId").asText(),
                claims.path("sessionId").asText(),
                claims.path("created").asLong());
        if (session == null) {
            return null;
        }
        Caller caller =
                Caller.of(session, Instant.ofEpochSecond(claims.path("exp").asLong()));
        return sessions.isOver(caller) ? null : caller;
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
