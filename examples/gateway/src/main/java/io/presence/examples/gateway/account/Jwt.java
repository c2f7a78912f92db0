package io.presence.examples.gateway.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.presence.examples.gateway.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that stand for a session for a while, signed with a key that is made when the gateway starts.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class Jwt {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAX_LENGTH = 2048;
    private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

    private final InstantSource clock;
    private final SecretKeySpec key;

    /** Makes a key. */
    public Jwt(InstantSource clock) {
        this.clock = clock;
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** Makes a token for a session. */
    public String sign(Session session, Duration duration) {
        String claims = Json.write(Map.of(
                "userId", session.user().id(),
                "sessionId", session.id(),
                "exp", clock.instant().plus(duration).getEpochSecond()));
        String signed = HEADER + "." + encode(claims.getBytes(StandardCharsets.UTF_8));
        return signed + "." + encode(mac(signed));
    }

    /** Returns the id of the session that a token stands for; null if it is none, or none any longer. */
    public @Nullable String sessionId(String token) {
        int dot = token.lastIndexOf('.');
        if (dot < HEADER.length() || token.length() > MAX_LENGTH || !token.startsWith(HEADER + ".")) {
            return null;
        }
        String signed = token.substring(0, dot);
        byte[] given = encode(mac(signed)).getBytes(StandardCharsets.US_ASCII);
        if (!MessageDigest.isEqual(given, token.substring(dot + 1).getBytes(StandardCharsets.UTF_8))) {
            return null;
        }
        JsonNode claims = Json.parse(new String(
                Base64.getUrlDecoder().decode(signed.substring(HEADER.length() + 1)), StandardCharsets.UTF_8));
        return claims.path("exp").asLong() <= clock.instant().getEpochSecond()
                ? null
                : claims.path("sessionId").asText();
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " must be offered by every JDK", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
