package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.presence.examples.gateway.fixture.SocketUser;
import io.presence.examples.gateway.fixture.TestGateway;
import io.presence.examples.gateway.wire.Json;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of sockets whose session or token ends. */
class SessionEndTest {

    private static final String FOR_USERS =
            "{\"status\":\"x\",\"presenceId\":\"p1\",\"permissions\":[\"read(\\\"users\\\")\"]}";
    private static final String OVER = "401 The session or token of this connection has ended.";

    private final ManualClock clock = new ManualClock();
    private TestGateway gateway;
    private SocketUser watcher;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(clock);
        watcher = gateway.socket("bob");
        watcher.subscribe("w", List.of("presences"));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private String anonymous() {
        String fallback = gateway.guest()
                .post("/v1/account/sessions/anonymous")
                .header("X-Fallback-Cookies")
                .orElseThrow();
        return Json.parse(fallback).path("a_session_demo").asText();
    }

    private String jwt(String secret, int seconds) {
        JsonNode body = gateway.http(secret)
                .send("POST", "/v1/account/jwts", "{\"duration\":" + seconds + "}")
                .body();
        return body.path("jwt").asText();
    }

    private SocketUser withJwt(String jwt) {
        return SocketUser.connect(gateway.port(), "project=demo&jwt=" + jwt, Map.of());
    }

    private void assertCannotWrite(SocketUser user) {
        user.send("presence", "{\"status\":\"y\",\"presenceId\":\"p2\"}");
        assertThat(user.nextError()).isEqualTo("401 User must be authorized");
        assertThat(gateway.store().get("p2")).isNull();
    }

    @Test
    void signingOut_withAnOpenSocket_endsItsPresencesAndItsWrites() {
        String secret = anonymous();
        SocketUser ada = gateway.socket(secret);
        ada.write(FOR_USERS);
        assertThat(watcher.nextEvent()).isEqualTo("p1.upsert [w]");

        gateway.http(secret).send("DELETE", "/v1/account/sessions/current", "{}");

        assertThat(ada.nextError()).isEqualTo(OVER);
        assertThat(watcher.nextEvent()).isEqualTo("p1.delete [w] disconnected");
        assertCannotWrite(ada);
        ada.send("authentication", "{\"session\":\"" + secret + "\"}");
        assertThat(ada.nextError()).isEqualTo("1003 Session is not valid.");
    }

    @Test
    void signingOut_withAnOpenSocket_endsWhatOnlyUsersMayRead() {
        String secret = anonymous();
        SocketUser ada = gateway.socket(secret);
        ada.subscribe("s1", List.of("presences.p3"));
        gateway.http(secret).send("DELETE", "/v1/account/sessions/current", "{}");
        assertThat(ada.nextError()).isEqualTo(OVER);
        gateway.http("bob").put("p3", "{\"status\":\"x\",\"permissions\":[\"read(\\\"users\\\")\"]}");
        gateway.http("bob").put("p3", "{\"status\":\"x\",\"permissions\":[\"read(\\\"any\\\")\"]}");
        assertThat(ada.next("event").path("payload").path("$permissions").toString())
                .contains("any");
    }

    @Test
    void signingOut_ofAnotherSession_leavesTheSocket() {
        SocketUser ada = gateway.socket(anonymous());
        String other = anonymous();
        gateway.http(other).send("DELETE", "/v1/account/sessions/current", "{}");
        assertThat(ada.write(FOR_USERS).path("status").asText()).isEqualTo("x");
        assertThat(ada.untilPong()).isEmpty();
    }

    @Test
    void jwtExpiry_onAnOpenSocket_endsItsWritesButNotTheSession() {
        SocketUser ada = withJwt(jwt("ada", 60));
        ada.next("connected");
        ada.write(FOR_USERS);
        assertThat(watcher.nextEvent()).isEqualTo("p1.upsert [w]");
        clock.advance(Duration.ofSeconds(59));
        ada.write(FOR_USERS);
        assertThat(watcher.nextEvent()).isEqualTo("p1.upsert [w]");
        clock.advance(Duration.ofSeconds(1));
        assertThat(gateway.store().get("p1")).isNotNull();

        ada.send("presence", "{\"status\":\"y\",\"presenceId\":\"p2\"}");

        assertThat(ada.nextError()).isEqualTo(OVER);
        assertThat(ada.nextError()).isEqualTo("401 User must be authorized");
        assertThat(watcher.nextEvent()).isEqualTo("p1.delete [w] disconnected");
        assertCannotWrite(ada);
        ada.send("authentication", "{\"session\":\"ada\"}");
        assertThat(ada.next("response").path("success").asBoolean()).isTrue();
    }

    @Test
    void signingOut_ofTheSessionOfAJwt_endsTheSocketOfTheJwt() {
        String secret = anonymous();
        SocketUser ada = withJwt(jwt(secret, 600));
        ada.next("connected");
        gateway.http(secret).send("DELETE", "/v1/account/sessions/current", "{}");
        assertThat(ada.nextError()).isEqualTo(OVER);
        assertCannotWrite(ada);
    }

    @Test
    void session_afterAYear_hasExpired() {
        String secret = anonymous();
        SocketUser ada = gateway.socket(secret);
        clock.advance(Duration.ofDays(365));
        ada.sendText("{\"type\":\"ping\"}");
        assertThat(ada.nextError()).isEqualTo(OVER);
        assertThat(gateway.http(secret).get("/v1/account").status()).isEqualTo(401);
    }
}
