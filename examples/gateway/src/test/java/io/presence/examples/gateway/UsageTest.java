package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.examples.gateway.fixture.HttpUser;
import io.presence.examples.gateway.fixture.HttpUser.Answer;
import io.presence.examples.gateway.fixture.Poll;
import io.presence.examples.gateway.fixture.SocketUser;
import io.presence.examples.gateway.fixture.TestGateway;
import io.presence.examples.gateway.limit.ClientAddress;
import io.presence.examples.gateway.limit.UsageLimits;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the limits of one user and of one address. */
class UsageTest {

    private static final String PROXY = "127.0.0.1";

    private final ManualClock clock = new ManualClock();

    private TestGateway gateway(UsageLimits limits, String... proxies) throws Exception {
        Options usual = TestGateway.options(TestGateway.WIDE, false);
        return TestGateway.start(usual.withUsage(limits).withProxies(List.of(proxies)), clock);
    }

    private static String status(Answer answer) {
        return answer.status() + " " + answer.type()
                + answer.header("Retry-After").map(" "::concat).orElse("");
    }

    @Test
    void presencesOfAUser_beyondTheLimit_areRefusedUntilOneEnds() throws Exception {
        try (TestGateway gateway = gateway(new UsageLimits(2, 1000, 1000, 1000, 1000))) {
            HttpUser ada = gateway.http("ada");
            assertThat(ada.put("p1", "{\"status\":\"x\",\"expiresAt\":\"2026-01-01T00:01:00Z\"}")
                            .status())
                    .isEqualTo(200);
            SocketUser socket = gateway.socket("ada-2");
            socket.write("{\"status\":\"x\",\"presenceId\":\"p2\"}");
            assertThat(status(ada.put("p3", "{\"status\":\"x\"}"))).isEqualTo("429 presence_limit_exceeded");
            socket.send("presence", "{\"status\":\"x\",\"presenceId\":\"p3\"}");
            assertThat(socket.nextError()).isEqualTo("429 A user can have at most 2 presences.");
            assertThat(ada.put("p1", "{\"status\":\"y\",\"expiresAt\":\"2026-01-01T00:01:00Z\"}")
                            .status())
                    .isEqualTo(200);
            assertThat(gateway.http("bob").put("p3", "{\"status\":\"x\"}").status())
                    .isEqualTo(200);
            assertThat(gateway.withKey(TestGateway.KEY)
                            .put("p4", "{\"status\":\"x\",\"userId\":\"ada\"}")
                            .status())
                    .isEqualTo(200);
            ada.delete("p4");
            clock.advance(Duration.ofMinutes(1));
            assertThat(ada.put("p5", "{\"status\":\"x\"}").status()).isEqualTo(200);
        }
    }

    @Test
    void presencesOfAnAddress_beyondTheLimit_areRefusedUntilOneEnds() throws Exception {
        try (TestGateway gateway = gateway(new UsageLimits(1000, 2, 1000, 1000, 1000), PROXY)) {
            HttpUser ada = gateway.http("ada").with("X-Forwarded-For", "192.0.2.1");
            HttpUser bob = gateway.http("bob").with("X-Forwarded-For", "192.0.2.1");
            assertThat(ada.put("p1", "{\"status\":\"x\"}").status()).isEqualTo(200);
            assertThat(bob.put("p2", "{\"status\":\"x\"}").status()).isEqualTo(200);
            assertThat(status(bob.put("p3", "{\"status\":\"x\"}"))).isEqualTo("429 presence_limit_exceeded");
            HttpUser elsewhere = gateway.http("bob").with("X-Forwarded-For", "192.0.2.2");
            assertThat(elsewhere.put("p3", "{\"status\":\"x\"}").status()).isEqualTo(200);
            assertThat(ada.delete("p1").status()).isEqualTo(204);
            assertThat(bob.put("p4", "{\"status\":\"x\"}").status()).isEqualTo(200);
            assertThat(status(bob.put("p5", "{\"status\":\"x\"}"))).isEqualTo("429 presence_limit_exceeded");
            clock.advance(Duration.ofMinutes(16));
            assertThat(bob.put("p6", "{\"status\":\"x\"}").status()).isEqualTo(200);
            assertThat(bob.put("p7", "{\"status\":\"x\"}").status()).isEqualTo(200);
        }
    }

    @Test
    void presencesOfASocket_thatClosed_countForItsAddressNoLonger() throws Exception {
        try (TestGateway gateway = gateway(new UsageLimits(1000, 1, 1000, 1000, 1000))) {
            SocketUser socket = gateway.socket("ada");
            socket.write("{\"status\":\"x\",\"presenceId\":\"p1\"}");
            assertThat(gateway.http("bob").put("p2", "{\"status\":\"x\"}").status())
                    .isEqualTo(429);
            socket.close();
            Poll.until("gone", () -> gateway.store().get("p1") == null);
            clock.advance(Duration.ofSeconds(2));
            assertThat(gateway.http("bob").put("p2", "{\"status\":\"x\"}").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void requestsOfAUser_beyondTheLimit_areRefusedUntilTheMinuteIsOver() throws Exception {
        try (TestGateway gateway = gateway(new UsageLimits(1000, 1000, 1000, 2, 1000))) {
            HttpUser ada = gateway.http("ada");
            ada.get("/v1/account");
            ada.get("/v1/account");
            clock.advance(Duration.ofSeconds(15));
            assertThat(status(ada.get("/v1/account"))).isEqualTo("429 general_rate_limit_exceeded 45");
            assertThat(gateway.http("bob").get("/v1/account").status()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(45));
            assertThat(ada.get("/v1/account").status()).isEqualTo(200);
        }
    }

    @Test
    void requestsOfAnAddress_beyondTheLimit_areRefusedButNotThoseOfAServer() throws Exception {
        try (TestGateway gateway = gateway(new UsageLimits(1000, 1000, 1000, 1000, 2))) {
            gateway.http("ada").get("/v1/account");
            gateway.guest().get("/v1/account");
            assertThat(status(gateway.http("bob").get("/v1/account"))).isEqualTo("429 general_rate_limit_exceeded 60");
            assertThat(gateway.withKey(TestGateway.KEY).list().status()).isEqualTo(200);
        }
    }

    @Test
    void sessionsOfAnAddress_beyondTheLimit_areRefused() throws Exception {
        try (TestGateway gateway = gateway(new UsageLimits(1000, 1000, 1, 1000, 1000))) {
            HttpUser guest = gateway.guest();
            assertThat(guest.post("/v1/account/sessions/anonymous").status()).isEqualTo(201);
            HttpUser forged = guest.with("X-Forwarded-For", "192.0.2.9");
            assertThat(status(forged.post("/v1/account/sessions/anonymous")))
                    .isEqualTo("429 general_rate_limit_exceeded 60");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "192.0.2.1 | 198.51.100.7 | 192.0.2.1",
                "10.0.0.9 | - | 10.0.0.9",
                "10.0.0.9 | 198.51.100.7 | 198.51.100.7",
                "10.0.0.9 | 1.1.1.1, 198.51.100.7 | 198.51.100.7",
                "10.0.0.9 | 1.1.1.1, 198.51.100.7, 10.0.0.8 | 198.51.100.7",
                "10.0.0.9 | 1.1.1.1, nonsense | 10.0.0.9",
                "10.0.0.9 | 10.0.0.7, 10.0.0.8 | 10.0.0.7",
                "10.0.0.9 | 2001:db8:1:2:3:4:5:6 | 2001:db8:1:2::/64",
                "::ffff:10.0.0.9 | 198.51.100.7 | 198.51.100.7",
                "2001:db8::1 | 198.51.100.7 | 198.51.100.7",
                "2001:db8:1:2:ffff::1 | - | 2001:db8:1:2::/64",
                "172.16.0.1 | 198.51.100.7 | 198.51.100.7",
                "172.32.0.1 | 198.51.100.7 | 172.32.0.1"
            })
    void address_isReadFromDeclaredProxiesOnly(String peer, String forwarded, String client) {
        ClientAddress addresses = new ClientAddress(List.of("10.0.0.0/8", "2001:db8::1", "172.16.0.0/12"));
        assertThat(addresses.of(peer, forwarded == null ? List.of() : List.of(forwarded)))
                .isEqualTo(client);
    }

    @Test
    void address_ofSeveralHeaders_isTheLast() {
        ClientAddress addresses = new ClientAddress(List.of("10.0.0.9"));
        assertThat(addresses.of("10.0.0.9", List.of("1.1.1.1", "2.2.2.2"))).isEqualTo("2.2.2.2");
    }

    @ParameterizedTest
    @CsvSource({"proxy.example", "10.0.0.0/33", "10.0.0.0/x", "10.0.0.0/", "''"})
    void proxy_thatIsNoAddress_isRefused(String proxy) {
        assertThatThrownBy(() -> new ClientAddress(List.of(proxy)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("proxy must be an IP address or network: " + proxy);
    }
}
