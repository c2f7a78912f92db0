package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.presence.examples.gateway.fixture.SocketUser;
import io.presence.examples.gateway.fixture.TestGateway;
import io.presence.examples.gateway.realtime.SocketLimits;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the messages of a socket: their answers, and each error. */
class SocketTest extends SharedGateway {

    @Test
    void ping_onASocket_isAnswered() {
        assertThat(gateway.socket("").untilPong()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "no json | Message format is not valid.",
                "[] | Message format is not valid.",
                "{} | Message format is not valid.",
                "{\"data\":1} | Message type is not valid.",
                "{\"type\":\"dance\"} | Message type is not valid.",
                "{\"type\":7} | Message type is not valid.",
                "{\"type\":\"authentication\",\"data\":{}} | Payload is not valid. Session is required",
                "{\"type\":\"authentication\",\"data\":{\"session\":\"nobody\"}} | Session is not valid.",
                "{\"type\":\"authentication\",\"data\":{\"session\":7}}"
                        + " | session: Value must be a valid string and at least 1 chars and no longer than 2048 chars",
                "{\"type\":\"subscribe\",\"data\":{}} | items: Payload is not valid.",
                "{\"type\":\"subscribe\"} | items: Payload is not valid.",
                "{\"type\":\"subscribe\",\"data\":[7]} | items: Each subscribe payload must be an object.",
                "{\"type\":\"subscribe\",\"data\":[{}]} | items: channels is not present in payload.",
                "{\"type\":\"subscribe\",\"data\":[{\"channels\":\"x\"}]} | items: channels is not a valid array.",
                "{\"type\":\"subscribe\",\"data\":[{\"channels\":[7]}]} | items: channels must contain only strings.",
                "{\"type\":\"subscribe\",\"data\":[{\"channels\":[],\"subscriptionId\":\"_\"}]}"
                        + " | items: subscriptionId is not a valid id.",
                "{\"type\":\"subscribe\",\"data\":[{\"channels\":[],\"queries\":7}]}"
                        + " | items: queries is not a valid array.",
                "{\"type\":\"subscribe\",\"data\":[{\"channels\":[],\"snapshot\":1}]}"
                        + " | items: snapshot is not a valid boolean.",
                "{\"type\":\"subscribe\",\"data\":[{\"channels\":[\"presences.upsert\"],\"snapshot\":true}]}"
                        + " | items: snapshot must not be requested for channels of one action.",
                "{\"type\":\"subscribe\",\"data\":[{\"channels\":[],\"resume\":1}]}"
                        + " | items: resume is not a boolean or a token.",
                "{\"type\":\"subscribe\",\"data\":[{\"channels\":[\"presences.upsert\"],\"resume\":true}]}"
                        + " | items: resume must not be requested for channels of one action.",
                "{\"type\":\"unsubscribe\",\"data\":7} | items: Payload is not valid.",
                "{\"type\":\"unsubscribe\",\"data\":[{}]}"
                        + " | items: Each unsubscribe payload must include a non-empty subscriptionId.",
                "{\"type\":\"presence\",\"data\":{}} | Payload is not valid. Status is required",
                "{\"type\":\"presence\"} | Payload is not valid. Status is required",
                "{\"type\":\"presence\",\"data\":{\"status\":7}}"
                        + " | status: Value must be a valid string and at least 1 chars and no longer than 255 chars",
                "{\"type\":\"presence\",\"data\":{\"status\":\"x\",\"metadata\":7}}"
                        + " | metadata: Value must be a valid JSON object"
            })
    void badMessagesAreAnsweredAndNoMore(String message, String error) {
        SocketUser ada = gateway.socket("ada").sendText(message);
        assertThat(ada.nextError()).isEqualTo("1003 " + error);
        assertThat(ada.untilPong()).isEmpty();
    }

    @Test
    void subscribe_withABadQuery_isAnsweredByAnError() {
        SocketUser ada = gateway.socket("ada");
        for (String query : List.of(
                "no json",
                "{\\\"method\\\":\\\"magic\\\"}",
                "{\\\"method\\\":\\\"limit\\\",\\\"values\\\":[1]}",
                "{\\\"method\\\":\\\"equal\\\",\\\"attribute\\\":\\\"expiresAt\\\",\\\"values\\\":[\\\"x\\\"]}")) {
            ada.send("subscribe", "[{\"channels\":[\"presences\"],\"queries\":[\"" + query + "\"]}]");
            assertThat(ada.nextError()).startsWith("1003 Invalid query: ");
        }
    }

    @Test
    void subscribe_wrongRowsAmongGoodOnes_servesTheGoodOnesAndNamesTheOthers() {
        SocketUser ada = gateway.socket("ada");
        ada.send(
                "subscribe",
                "[{\"subscriptionId\":\"bad\",\"channels\":[\"presences\"],\"queries\":[\"{\"]},"
                        + "{\"subscriptionId\":\"s1\",\"channels\":[\"presences\"]},7,"
                        + "{\"subscriptionId\":\"s2\",\"channels\":[\"presences.p1\"]}]");
        JsonNode refused = ada.next("error");
        assertThat(refused.path("code").asInt()).isEqualTo(1003);
        assertThat(refused.path("message").asText()).startsWith("Invalid query: ");
        assertThat(refused.path("subscriptionId").asText()).isEqualTo("bad");
        assertThat(ada.nextError()).isEqualTo("1003 items: Each subscribe payload must be an object.");
        assertThat(ada.next("response").path("subscriptions").findValuesAsText("subscriptionId"))
                .containsExactly("s1", "s2");
        gateway.http("ada").put("p1", "{\"status\":\"x\"}");
        assertThat(ada.nextEvent()).isIn("p1.upsert [s1,s2]", "p1.upsert [s2,s1]");
        gateway.store().delete("p1");
        gateway.awaitDelivery();
    }

    @Test
    void subscribe_wrongChangeOfASubscription_keepsItAsItWas() {
        SocketUser ada = gateway.socket("ada");
        ada.subscribe("s1", List.of("presences.p2"));
        ada.send("subscribe", "[{\"subscriptionId\":\"s1\",\"channels\":[\"presences\"],\"queries\":[\"{\"]}]");
        assertThat(ada.nextError()).startsWith("1003 Invalid query: ");
        gateway.http("ada").put("p2", "{\"status\":\"x\"}");
        assertThat(ada.nextEvent()).isEqualTo("p2.upsert [s1]");
        gateway.store().delete("p2");
        gateway.awaitDelivery();
    }

    @Test
    void subscribe_thousandsOfWrongRows_answersABoundedNumberOfErrors() {
        SocketUser ada = gateway.socket("ada");
        ada.send("subscribe", "[" + String.join(",", Collections.nCopies(20_000, "7")) + "]");
        List<JsonNode> answers = ada.untilPong();
        assertThat(answers).hasSize(101);
        assertThat(answers.get(100).path("data").path("message").asText())
                .isEqualTo("items: 19900 more items were refused.");
    }

    @Test
    void subscribe_severalRows_answersInOrder() {
        SocketUser ada = gateway.socket("ada");
        ada.send(
                "subscribe",
                "[{\"subscriptionId\":\"s1\",\"channels\":[\"presences\",\"documents\"],\"queries\":[]},"
                        + "{\"subscriptionId\":\"s2\",\"channels\":[\"account\",\"account.update\",\"account.eve\"]}]");
        assertThat(ada.next("response").toString())
                .isEqualTo("{\"to\":\"subscribe\",\"success\":true,\"subscriptions\":["
                        + "{\"subscriptionId\":\"s1\",\"channels\":[\"presences\",\"documents\"]"
                        + ",\"queries\":[]},"
                        + "{\"subscriptionId\":\"s2\",\"channels\":"
                        + "[\"account\",\"account.ada\",\"account.ada.update\"]"
                        + ",\"queries\":[]}]}");
        ada.send("subscribe", "[{\"channels\":[]},{\"subscriptionId\":\"unique()\",\"channels\":[]}]");
        JsonNode made = ada.next("response").path("subscriptions");
        assertThat(made.path(0).path("subscriptionId").asText())
                .hasSizeGreaterThan(10)
                .isNotEqualTo(made.path(1).path("subscriptionId").asText());
    }

    @Test
    void authentication_withASession_makesTheSocketThatUsers() {
        SocketUser guest = gateway.socket("");
        guest.send("presence", "{\"status\":\"x\"}");
        assertThat(guest.nextError()).isEqualTo("401 User must be authorized");
        guest.send("authentication", "{\"session\":\"ada\"}")
                .send("presence", "{\"status\":\"x\",\"presenceId\":\"a1\"}");
        JsonNode answer = guest.next("response");
        assertThat(answer.path("to").asText()
                        + answer.path("success")
                        + answer.path("user").path("$id").asText())
                .isEqualTo("authenticationtrueada");
        JsonNode written = guest.next("response");
        assertThat(written.path("presence").path("userId").asText()).isEqualTo("ada");
        assertThat(written.has("success")).isFalse();
        guest.close();
    }

    @Test
    void authentication_asAnotherUser_endsThePresencesOfTheFormer() {
        SocketUser socket = gateway.socket("ada");
        String first = socket.write("{\"status\":\"x\",\"permissions\":[\"read(\\\"users\\\")\"]}")
                .path("$id")
                .asText();
        socket.send("authentication", "{\"session\":\"bob\"}");
        socket.next("response");
        assertThat(gateway.store().get(first)).isNull();
        assertThat(socket.write("{\"status\":\"x\"}").path("$id").asText()).isNotEqualTo(first);
        socket.close();
    }

    @Test
    void presence_withoutAnId_isTheSameForTheSocket() {
        SocketUser ada = gateway.socket("ada");
        JsonNode first = ada.write("{\"status\":\"x\",\"metadata\":{\"a\":1}}");
        JsonNode second = ada.write("{\"status\":\"y\",\"presenceId\":\"unique()\"}");
        assertThat(second.path("$id")).isEqualTo(first.path("$id"));
        assertThat(second.path("metadata").toString()).isEqualTo("{\"a\":1}");
        assertThat(second.path("source").asText()).isEqualTo("realtime");
        assertThat(gateway.socket("ada").write("{\"status\":\"z\"}").path("$id"))
                .isNotEqualTo(first.path("$id"));
        ada.close();
    }

    @Test
    void presence_thatIsRefused_isAnsweredByItsCode() {
        SocketUser ada = gateway.socket("ada");
        ada.write("{\"status\":\"x\",\"presenceId\":\"taken\"}");
        SocketUser eve = gateway.socket("eve");
        eve.send("presence", "{\"status\":\"x\",\"presenceId\":\"taken\"}");
        assertThat(eve.nextError()).startsWith("409 Presence with the requested ID 'taken'");
        eve.send("presence", "{\"status\":\"x\",\"permissions\":[\"read(\\\"user:ada\\\")\"]}");
        assertThat(eve.nextError()).startsWith("401 Permissions must be one of:");
        eve.send("presence", "{\"status\":\"x\",\"presenceId\":\"_\"}");
        assertThat(eve.nextError()).startsWith("1003 presenceId: UID must contain at most 36 chars");
        ada.close();
    }

    @Test
    void presence_withOnePerUser_isOneForEachUser() throws Exception {
        try (TestGateway single = TestGateway.start(TestGateway.options(TestGateway.WIDE, true))) {
            assertThat(single.http("ada")
                            .put("first", "{\"status\":\"x\"}")
                            .body()
                            .path("$id")
                            .asText())
                    .isEqualTo("first");
            assertThat(single.http("ada")
                            .put("second", "{\"status\":\"y\"}")
                            .body()
                            .path("$id")
                            .asText())
                    .isEqualTo("first");
            assertThat(single.socket("ada")
                            .write("{\"status\":\"z\"}")
                            .path("$id")
                            .asText())
                    .isEqualTo("first");
            assertThat(single.http("bob")
                            .put("second", "{\"status\":\"y\"}")
                            .body()
                            .path("$id")
                            .asText())
                    .isEqualTo("second");
            assertThat(single.store().count()).isEqualTo(2);
            single.http("ada").delete("first");
            assertThat(single.http("ada")
                            .put("third", "{\"status\":\"x\"}")
                            .body()
                            .path("$id")
                            .asText())
                    .isEqualTo("third");
        }
    }

    @Test
    void socket_beyondItsLimits_isRefused() throws Exception {
        SocketLimits tight = TestGateway.WIDE.withContent(5, 2, 2);
        try (TestGateway small = TestGateway.start(tight)) {
            SocketUser ada = small.socket("ada");
            ada.send("subscribe", "[" + String.join(",", Collections.nCopies(6, "{\"channels\":[]}")) + "]");
            assertThat(ada.nextError()).isEqualTo("1003 items: A connection can have at most 5 subscriptions");
            assertThat(ada.next("response").path("subscriptions")).hasSize(5);
            ada.send("subscribe", "[{\"channels\":[\"a\",\"b\",\"c\"]}]");
            assertThat(ada.nextError()).isEqualTo("1003 items: channels must be at most 2: 3");
            ada.write("{\"status\":\"x\",\"presenceId\":\"p1\"}");
            ada.write("{\"status\":\"x\",\"presenceId\":\"p2\"}");
            ada.send("presence", "{\"status\":\"x\",\"presenceId\":\"p3\"}");
            assertThat(ada.nextError()).isEqualTo("1003 presenceId: A connection can keep at most 2 presences");
            ada.write("{\"status\":\"y\",\"presenceId\":\"p2\"}");
        }
    }

    @Test
    void message_binaryOrTooLong_isAnsweredOrEndsTheSocket() {
        SocketUser ada = gateway.socket("ada");
        ada.sendBinary(new byte[] {1, 2, 3});
        assertThat(ada.nextError()).isEqualTo("1003 Message format is not valid.");
        String rows = IntStream.range(0, 10_000)
                .mapToObj(i -> "{\"subscriptionId\":\"s" + i + "\",\"channels\":[\"presences\"]}")
                .collect(Collectors.joining(","));
        ada.send("subscribe", "[" + rows + "]");
        assertThat(ada.closeCode()).isEqualTo(1009);
    }
}
