package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.examples.gateway.fixture.HttpUser;
import io.presence.examples.gateway.fixture.HttpUser.Answer;
import io.presence.examples.gateway.fixture.SocketUser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that numbers and texts in metadata are returned as written, or refused. */
class DigitsTest extends SharedRest {

    private final HttpUser ada = gateway.http("ada");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1790000000000000000",
                "9007199254740993",
                "9223372036854775808",
                "123456789012345678901234567890",
                "-123456789012345678",
                "0.30000000000000004",
                "0.1234567890123456789",
                "0.300000000000000044",
                "123456789012345678.5",
                "2.0E-44",
                "5.684341886080802E-14",
                "1.7976931348623157E308",
                "4.9E-324",
                "0.1",
                "-7.25"
            })
    void number_comesBackDigitByDigit(String number) {
        String body = "{\"status\":\"x\",\"metadata\":{\"n\":" + number + "}}";
        String wanted = "\"metadata\":{\"n\":" + number + "}";
        SocketUser watcher = gateway.socket("ada-2");
        watcher.subscribe("w", List.of("presences"));
        assertThat(ada.put("p1", body).text()).contains(wanted);
        assertThat(ada.get("/v1/presences/p1").text()).contains(wanted);
        assertThat(ada.list().text()).contains(wanted);
        assertThat(watcher.nextText()).contains(wanted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1790000000000000000", "0.30000000000000004", "9007199254740993", "0.1234567890123456789"})
    void number_isFoundByItsDigits(String number) {
        ada.put("p1", "{\"status\":\"x\",\"metadata\":{\"n\":" + number + "}}");
        String query = "{\"method\":\"equal\",\"attribute\":\"metadata.n\",\"values\":[" + number + "]}";
        assertThat(ada.list(query).body().path("total").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E400", "1E-400"})
    void number_beyondADouble_isTheSameNumber(String number) {
        String body = "{\"status\":\"x\",\"metadata\":{\"n\":" + number + "}}";
        assertThat(ada.put("p1", body).text()).containsPattern("\"n\":1E\\+?-?400\\b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1E999999999", "1E-999999999", "1E99999999999"})
    void number_thatNoPresenceHolds_isRefused(String number) {
        Answer answer = ada.put("p1", "{\"status\":\"x\",\"metadata\":{\"n\":" + number + "}}");
        assertThat(answer.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"status\":\"\\ud800\"}",
                "{\"status\":\"x\",\"metadata\":{\"a\":[\"\\udc00x\"]}}",
                "{\"status\":\"x\",\"metadata\":{\"\\ud83d\":1}}",
                "{\"status\":\"x\",\"metadata\":{\"a\":\"\\ude00\\ud83d\"}}",
                "{\"status\":\"x\",\"metadata\":\"{\\\"a\\\":\\\"\\\\ud800\\\"}\"}"
            })
    void halfASurrogatePair_isRefused(String body) {
        assertThat(ada.put("p1", body).status()).isEqualTo(400);
        SocketUser socket = gateway.socket("ada");
        socket.send("presence", body);
        assertThat(socket.nextError()).startsWith("1003 ");
        assertThat(gateway.store().get("p1")).isNull();
    }

    @Test
    void surrogatePairs_thatAreWhole_areReadAsWritten() {
        String body = "{\"status\":\"\\ud83d\\ude00\",\"metadata\":{\"\\ud83d\\ude00\":\"\\u00e9\"}}";
        assertThat(ada.put("p1", body).text()).contains("\"status\":\"\ud83d\ude00\"", "{\"\ud83d\ude00\":\"\u00e9\"}");
    }

    @Test
    void body_thatIsNoUtf8_isRefused() throws Exception {
        byte[] body = "{\"status\":\"x\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + gateway.port() + "/v1/presences/p1"))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                .header("X-Appwrite-Project", "demo")
                .header("X-Appwrite-Session", "ada")
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(400);
    }
}
