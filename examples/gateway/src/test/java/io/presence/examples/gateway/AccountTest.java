package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.examples.gateway.account.Origins;
import io.presence.examples.gateway.fixture.HttpUser;
import io.presence.examples.gateway.fixture.HttpUser.Answer;
import io.presence.examples.gateway.fixture.RawSocket;
import io.presence.examples.gateway.fixture.SocketUser;
import io.presence.examples.gateway.fixture.TestGateway;
import io.presence.examples.gateway.wire.Json;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of authentication, and of the pages that may use the gateway. */
class AccountTest extends SharedGateway {

    private static String userOf(HttpUser user) {
        Answer account = user.get("/v1/account");
        return account.status() == 200 ? account.body().path("$id").asText() : account.status() + " " + account.type();
    }

    private static String jwtOf(String secret) {
        return gateway.http(secret).post("/v1/account/jwts").body().path("jwt").asText();
    }

    @Test
    void createSession_anonymous_returnsItInThreeWays() {
        Answer session = gateway.guest().post("/v1/account/sessions/anonymous");
        assertThat(session.status()).isEqualTo(201);
        assertThat(session.body().path("secret").asText()).isEmpty();
        String userId = session.body().path("userId").asText();
        String fallback = session.header("X-Fallback-Cookies").orElseThrow();
        String secret = Json.parse(fallback).path("a_session_demo").asText();
        String cookie = session.header("Set-Cookie").orElseThrow();
        assertThat(cookie).startsWith("a_session_demo=" + secret + ";").contains("HttpOnly");
        assertThat(userOf(gateway.http(secret))).isEqualTo(userId);
        assertThat(userOf(gateway.guest().with("X-Fallback-Cookies", fallback))).isEqualTo(userId);
        assertThat(userOf(gateway.guest().with("Cookie", "x=1; a_session_demo=" + secret)))
                .isEqualTo(userId);
        assertThat(userOf(gateway.guest().with("X-Appwrite-JWT", jwtOf(secret))))
                .isEqualTo(userId);
    }

    @Test
    void deleteSession_ofTheCaller_endsIt() {
        Answer made = gateway.guest().post("/v1/account/sessions/anonymous");
        String secret = Json.parse(made.header("X-Fallback-Cookies").orElseThrow())
                .path("a_session_demo")
                .asText();
        String jwt = jwtOf(secret);
        assertThat(gateway.http(secret)
                        .send("DELETE", "/v1/account/sessions/other", "{}")
                        .type())
                .isEqualTo("user_session_not_found");
        assertThat(gateway.http(secret)
                        .send("DELETE", "/v1/account/sessions/current", "{}")
                        .status())
                .isEqualTo(204);
        assertThat(userOf(gateway.http(secret))).isEqualTo("401 general_unauthorized_scope");
        assertThat(userOf(gateway.guest().with("X-Appwrite-JWT", jwt))).isEqualTo("401 user_jwt_invalid");
    }

    @Test
    void createSession_withASession_isRefused() {
        assertThat(gateway.http("ada").post("/v1/account/sessions/anonymous").type())
                .isEqualTo("user_session_already_exists");
    }

    @Test
    void request_withoutAValidProof_isOfAGuest() {
        assertThat(userOf(gateway.http("nobody"))).isEqualTo("401 general_unauthorized_scope");
        assertThat(userOf(gateway.guest().with("X-Fallback-Cookies", "{"))).isEqualTo("401 general_unauthorized_scope");
        assertThat(userOf(gateway.withKey(TestGateway.KEY))).isEqualTo("401 general_unauthorized_scope");
    }

    @Test
    void request_withAForgedToken_isRefused() {
        String jwt = jwtOf("ada");
        String[] parts = jwt.split("\\.");
        String none = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
        for (String forged : new String[] {
            "x",
            "..",
            parts[0] + "." + parts[1] + ".",
            none + "." + parts[1] + ".",
            jwt + "x",
            parts[0] + ".e30." + parts[2]
        }) {
            assertThat(userOf(gateway.guest().with("X-Appwrite-JWT", forged))).isEqualTo("401 user_jwt_invalid");
        }
        assertThat(userOf(gateway.guest().with("X-Appwrite-JWT", jwt))).isEqualTo("ada");
        assertThat(userOf(gateway.http("ada").with("X-Appwrite-JWT", jwt))).isEqualTo("403 user_jwt_and_cookie_set");
    }

    @Test
    void request_fromAnotherSite_isRefused() {
        Answer refused =
                gateway.http("ada").with("Origin", "https://evil.example").list();
        assertThat(refused.status() + " " + refused.type()).isEqualTo("403 general_unknown_origin");
        assertThat(refused.header("Access-Control-Allow-Origin")).isEmpty();
        for (String origin : new String[] {"http://localhost:3000", "http://127.0.0.1", "https://friend.example"}) {
            Answer allowed = gateway.http("ada").with("Origin", origin).list();
            assertThat(allowed.status()).isEqualTo(200);
            assertThat(allowed.header("Access-Control-Allow-Origin")).contains(origin);
            assertThat(allowed.header("Access-Control-Allow-Credentials")).contains("true");
        }
        Answer asked = gateway.guest().with("Origin", "http://localhost:3000").send("OPTIONS", "/v1/presences", null);
        assertThat(asked.status()).isEqualTo(204);
        assertThat(asked.header("Access-Control-Max-Age")).contains("7200");
        List<String> headers = List.of(
                asked.header("Access-Control-Allow-Headers").orElseThrow().split(", "));
        /* Those of the web SDK 28.0.0 and the React Native SDK 0.31.0. */
        assertThat(headers)
                .contains(
                        "Content-Type",
                        "X-Appwrite-Dev-Key",
                        "X-Appwrite-ID",
                        "X-Appwrite-Impersonate-User-Email",
                        "X-Appwrite-Impersonate-User-Id",
                        "X-Appwrite-Impersonate-User-Phone",
                        "X-Appwrite-JWT",
                        "X-Appwrite-Locale",
                        "X-Appwrite-Project",
                        "X-Appwrite-Response-Format",
                        "X-Appwrite-Session",
                        "X-Fallback-Cookies",
                        "X-SDK-Graphql",
                        "X-SDK-Language",
                        "X-SDK-Name",
                        "X-SDK-Platform",
                        "X-SDK-Version");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "evil.example, http://evil.example, 403",
                "evil.example:8080, http://evil.example:8080, 403",
                "evil.example, -, 403",
                "gateway.example, https://gateway.example, 200",
                "gateway.example, https://evil.example, 403",
                "friend.example, -, 200",
                "192.0.2.7:8080, http://192.0.2.7:8080, 200",
                "[2001:db8::1]:80, http://[2001:db8::1]:80, 200",
                "LOCALHOST:1, http://localhost:1, 200",
                "localhost.evil.example, -, 403",
                "evil@localhost, -, 403"
            })
    void host_isOneOfTheGatewaysNames(String host, String origin, int status) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
            socket.setSoTimeout(20_000);
            String request = "GET /v1/presences HTTP/1.1\r\nHost: " + host + "\r\nX-Appwrite-Project: demo\r\n"
                    + "X-Appwrite-Session: ada\r\n" + (origin == null ? "" : "Origin: " + origin + "\r\n") + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertThat(in.readLine()).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void origin_ofANativeApp_isAllowedByItsPlatform() {
        Origins origins = new Origins(Set.of("com.example.My_App"), Set.of());
        assertThat(origins.allows("appwrite-android://com.example.my_app", "127.0.0.1"))
                .isTrue();
        assertThat(origins.allows("appwrite-ios://com.example.other", "127.0.0.1"))
                .isFalse();
        assertThat(origins.allows("null", "127.0.0.1")).isFalse();
    }

    @Test
    void socket_ofAReboundHost_isRefused() throws Exception {
        try (RawSocket socket = new RawSocket(gateway.port(), "ada", "evil.example", "http://evil.example")) {
            assertThat(socket.message().path("data").path("message").asText())
                    .isEqualTo("Invalid Host. Start the gateway with --allowed-host for this name: evil.example");
            assertThat(socket.closeCode()).isEqualTo("1008");
        }
    }

    @Test
    void socket_withAProof_isThatUsers() {
        assertThat(first("project=demo", Map.of())).isEqualTo("connected null");
        assertThat(first("project=demo", Map.of("Cookie", "a_session_demo=ada")))
                .isEqualTo("connected ada");
        assertThat(first("project=demo&jwt=" + jwtOf("bob"), Map.of())).isEqualTo("connected bob");
        assertThat(first("project=demo", Map.of("X-Appwrite-Key", TestGateway.KEY)))
                .isEqualTo("connected null");
    }

    private static String first(String query, Map<String, String> headers) {
        var message = SocketUser.connect(gateway.port(), query, headers).next();
        var user = message.path("data").path("user");
        return message.path("type").asText() + " "
                + (user.isNull() ? null : user.path("$id").asText());
    }

    @Test
    void socket_thatIsRefused_receivesTheReason() {
        assertRefused("project=other", Map.of(), "1008 Missing or unknown project ID", 1008);
        assertRefused("", Map.of(), "1008 Missing or unknown project ID", 1008);
        assertRefused("project=demo&jwt=x", Map.of(), "401 The JWT token is invalid.", 1008);
        assertRefused(
                "project=demo",
                Map.of("Origin", "https://evil.example"),
                "1008 Invalid Origin. Register your new client (evil.example) as a new Web platform"
                        + " on your project console dashboard",
                1008);
    }

    private static void assertRefused(String query, Map<String, String> headers, String error, int closeCode) {
        SocketUser refused = SocketUser.connect(gateway.port(), query, headers);
        assertThat(refused.nextError()).isEqualTo(error);
        assertThat(refused.closeCode()).isEqualTo(closeCode);
    }

    @Test
    void ping_withoutASession_isAnswered() {
        assertThat(gateway.guest().get("/v1/ping").status()).isEqualTo(200);
    }
}
