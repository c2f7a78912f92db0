package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.examples.gateway.fixture.HttpUser.Answer;
import io.presence.examples.gateway.fixture.TestGateway;
import io.presence.examples.gateway.wire.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests of the answers of the five routes. */
class RestTest extends SharedRest {

    private static String in(long amount, ChronoUnit unit) {
        return Instant.now().plus(amount, unit).toString();
    }

    @Test
    void put_ofAPresence_answersTheModelInTheOrderOfAppwrite() {
        Answer made = gateway.http("ada").put("p1", "{\"status\":\"online\",\"metadata\":{\"page\":1}}");
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.body().fieldNames())
                .toIterable()
                .containsExactly(
                        "$id",
                        "$createdAt",
                        "$updatedAt",
                        "$permissions",
                        "userId",
                        "status",
                        "source",
                        "expiresAt",
                        "metadata");
        assertThat(made.body().path("$createdAt").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+00:00");
        assertThat(made.body().path("$permissions").toString())
                .isEqualTo("[\"delete(\\\"user:ada\\\")\",\"read(\\\"user:ada\\\")\",\"update(\\\"user:ada\\\")\"]");
        assertThat(made.body().path("userId").asText()).isEqualTo("ada");
        assertThat(made.body().path("source").asText()).isEqualTo("rest");
        assertThat(made.body().path("metadata")).isEqualTo(Json.parse("{\"page\":1}"));
    }

    @Test
    void put_withoutAField_resetsIt() {
        gateway.http("ada").put("p1", "{\"status\":\"online\",\"metadata\":{\"a\":1}" + FOR_USERS + "}");
        Answer again = gateway.http("ada").put("p1", "{\"status\":\"away\"}");
        assertThat(again.body().path("metadata").toString()).isEqualTo("{}");
        assertThat(again.body().path("$permissions").size()).isEqualTo(3);
    }

    @Test
    void put_overGraphql_hasThatSource() {
        Answer made = gateway.http("ada").with("x-appwrite-source", "graphql").put("p1", "{\"status\":\"x\"}");
        assertThat(made.body().path("source").asText()).isEqualTo("graphql");
    }

    @Test
    void put_withMetadataAsText_readsTheObject() {
        Answer made = gateway.http("ada").put("p1", "{\"status\":\"x\",\"metadata\":\"{\\\"a\\\":[1,null]}\"}");
        assertThat(made.body().path("metadata").toString()).isEqualTo("{\"a\":[1,null]}");
        assertThat(gateway.http("ada")
                        .put("p1", "{\"status\":\"x\",\"metadata\":[]}")
                        .body()
                        .path("metadata")
                        .toString())
                .isEqualTo("{}");
    }

    @Test
    void patch_withSomeFields_changesOnlyThose() {
        gateway.http("ada").put("p1", "{\"status\":\"online\",\"metadata\":{\"a\":1}}");
        Answer patched = gateway.http("ada").patch("p1", "{\"status\":\"away\",\"purge\":true}");
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.body().path("status").asText()).isEqualTo("away");
        assertThat(patched.body().path("metadata").toString()).isEqualTo("{\"a\":1}");
        assertThat(gateway.http("ada")
                        .patch("p1", "{\"metadata\":{\"b\":2}}")
                        .body()
                        .path("metadata")
                        .toString())
                .isEqualTo("{\"b\":2}");
    }

    @Test
    void delete_ofAPresence_answersWithoutABody() {
        gateway.http("ada").put("p1", "{\"status\":\"online\"}");
        Answer deleted = gateway.http("ada").delete("p1");
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.text()).isEmpty();
        assertError(gateway.http("ada").delete("p1"), 404, "presence_not_found");
    }

    @Test
    void list_ofACaller_containsReadablePresencesOnly() {
        gateway.http("ada").put("a1", "{\"status\":\"online\",\"metadata\":{\"documentId\":\"d1\"}" + FOR_USERS + "}");
        gateway.http("ada").put("a2", "{\"status\":\"away\"" + FOR_USERS + "}");
        gateway.http("bob").put("b1", "{\"status\":\"online\"}");
        assertThat(ids(gateway.http("eve").list())).isEqualTo("a1 a2");
        assertThat(ids(gateway.http("eve")
                        .list("{\"method\":\"equal\",\"attribute\":\"status\",\"values\":[\"online\"]}")))
                .isEqualTo("a1");
        assertThat(ids(gateway.http("eve")
                        .list("{\"method\":\"equal\",\"attribute\":\"metadata.documentId\",\"values\":[\"d1\"]}")))
                .isEqualTo("a1");
        assertThat(ids(gateway.withKey(TestGateway.READ_KEY).list())).isEqualTo("a1 a2 b1");
    }

    @Test
    void list_withoutALimit_hasTwentyFiveAndTheTotal() {
        IntStream.range(0, 30).forEach(i -> gateway.http("ada").put("p" + (10 + i), "{\"status\":\"online\"}"));
        Answer page = gateway.http("ada").list();
        assertThat(page.body().path("presences").size()).isEqualTo(25);
        assertThat(page.body().path("total").asInt()).isEqualTo(30);
        assertThat(page.header("X-Appwrite-Cache")).contains("miss");
        assertThat(ids(gateway.http("ada")
                        .list(
                                "{\"method\":\"limit\",\"values\":[2]}",
                                "{\"method\":\"cursorAfter\",\"values\":[\"p20\"]}")))
                .isEqualTo("p21 p22");
        assertThat(gateway.http("ada")
                        .get("/v1/presences?total=false&ttl=5")
                        .body()
                        .path("total")
                        .asInt())
                .isZero();
    }

    private static String ids(Answer page) {
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        return IntStream.range(0, page.body().path("presences").size())
                .mapToObj(i -> page.body().path("presences").path(i).path("$id").asText())
                .collect(Collectors.joining(" "));
    }

    @Test
    void put_withDotsInTheId_isAccepted() {
        assertThat(gateway.http("ada").put("a.b", "{\"status\":\"x\"}").status())
                .isEqualTo(200);
        assertThat(gateway.http("ada").get("/v1/presences/a.b").status()).isEqualTo(200);
    }

    @Test
    void put_withExpiresAt_setsTheDeadline() {
        Answer made = gateway.http("ada")
                .put("p1", "{\"status\":\"x\",\"expiresAt\":\"" + in(60, ChronoUnit.SECONDS) + "\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(Instant.parse(made.body().path("expiresAt").asText().replace("+00:00", "Z")))
                .isBefore(Instant.now().plusSeconds(61));
        String inTwoDays = Instant.now().plus(2, ChronoUnit.DAYS).toString();
        assertThat(gateway.http("ada")
                        .put("p1", "{\"status\":\"x\",\"expiresAt\":\"" + inTwoDays.toLowerCase(Locale.ROOT) + "\"}")
                        .status())
                .isEqualTo(200);
        assertThat(gateway.http("ada")
                        .put("p1", "{\"status\":\"x\",\"expiresAt\":\"" + inTwoDays.substring(0, 10) + "\"}")
                        .status())
                .isEqualTo(400);
    }
}
