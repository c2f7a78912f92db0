package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceUpsert;
import io.presence.examples.gateway.fixture.HttpUser.Answer;
import io.presence.examples.gateway.fixture.TestGateway;
import io.presence.examples.gateway.wire.Json;
import io.presence.query.Query;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The five routes: what they answer, and each error. */
class RestTest {

    private static final String FOR_USERS = ",\"permissions\":[\"read(\\\"users\\\")\"]";
    private static TestGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = TestGateway.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @AfterEach
    void empty() {
        gateway.store()
                .list(Query.limit(5000))
                .presences()
                .forEach(presence -> gateway.store().delete(presence.id()));
    }

    private static void assertError(Answer answer, int status, String type) {
        assertThat(answer.status() + " " + answer.type()).as(answer.text()).isEqualTo(status + " " + type);
        assertThat(answer.body().path("code").asInt()).isEqualTo(status);
        assertThat(answer.body().path("version").asText()).isNotEmpty();
        assertThat(answer.message()).isNotEmpty();
    }

    private static String in(long amount, ChronoUnit unit) {
        return Instant.now().plus(amount, unit).toString();
    }

    @Test
    void upsertAnswersTheModelInItsOrder() {
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
    void upsertResetsWhatItOmits() {
        gateway.http("ada").put("p1", "{\"status\":\"online\",\"metadata\":{\"a\":1}" + FOR_USERS + "}");
        Answer again = gateway.http("ada").put("p1", "{\"status\":\"away\"}");
        assertThat(again.body().path("metadata").toString()).isEqualTo("{}");
        assertThat(again.body().path("$permissions").size()).isEqualTo(3);
    }

    @Test
    void graphqlIsASource() {
        Answer made = gateway.http("ada").with("x-appwrite-source", "graphql").put("p1", "{\"status\":\"x\"}");
        assertThat(made.body().path("source").asText()).isEqualTo("graphql");
    }

    @Test
    void metadataMayComeAsText() {
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
    void updateChangesWhatIsGiven() {
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
    void deleteAnswersNothing() {
        gateway.http("ada").put("p1", "{\"status\":\"online\"}");
        Answer deleted = gateway.http("ada").delete("p1");
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.text()).isEmpty();
        assertError(gateway.http("ada").delete("p1"), 404, "presence_not_found");
    }

    @Test
    void listFindsWhatMayBeRead() {
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
    void aPageHasTwentyFiveAndATotal() {
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"status\":null}",
                "{\"status\":\"\"}",
                "{\"status\":7}",
                "{\"status\":\"x\",\"metadata\":[1]}",
                "{\"status\":\"x\",\"metadata\":\"no\"}",
                "{\"status\":\"x\",\"metadata\":1}",
                "{\"status\":\"x\",\"permissions\":\"read\"}",
                "{\"status\":\"x\",\"permissions\":[7]}",
                "{\"status\":\"x\",\"permissions\":[\"create(\\\"any\\\")\"]}",
                "{\"status\":\"x\",\"permissions\":[\"read(\\\"role:all\\\")\"]}",
                "{\"status\":\"x\",\"expiresAt\":\"2001-01-01\"}",
                "{\"status\":\"x\",\"expiresAt\":\"3001-01-01T00:00:00Z\"}",
                "{\"status\":\"x\",\"expiresAt\":\"soon\"}",
                "{\"status\":\"x\",\"expiresAt\":5}"
            })
    void badFieldsAreRefused(String body) {
        assertError(gateway.http("ada").put("p1", body), 400, "general_argument_invalid");
        assertThat(gateway.store().get("p1")).isNull();
    }

    @Test
    void limitsOfFields() {
        assertThat(gateway.http("ada")
                        .put("p1", "{\"status\":\"" + "x".repeat(255) + "\"}")
                        .status())
                .isEqualTo(200);
        assertError(
                gateway.http("ada").put("p1", "{\"status\":\"" + "x".repeat(256) + "\"}"),
                400,
                "general_argument_invalid");
        String many =
                IntStream.range(0, 101).mapToObj(i -> "\"read(\\\"any\\\")\"").collect(Collectors.joining(","));
        assertError(
                gateway.http("ada").put("p1", "{\"status\":\"x\",\"permissions\":[" + many + "]}"),
                400,
                "general_argument_invalid");
        String big = "{\"status\":\"x\",\"metadata\":{\"a\":\"" + "x".repeat(70_000) + "\"}}";
        assertError(gateway.http("ada").put("p1", big), 400, "document_invalid_structure");
        assertError(gateway.http("ada").put("p1", "\"" + "x".repeat(300_000) + "\""), 413, "general_bad_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unique()",
                "_p",
                ".p",
                "-p",
                "a%20b",
                "a%2Fb",
                "update",
                "a.delete",
                "é",
                "1234567890123456789012345678901234567"
            })
    void badIdsAreRefused(String id) {
        assertError(gateway.http("ada").put(id, "{\"status\":\"x\"}"), 400, "general_argument_invalid");
    }

    @Test
    void anIdMayHaveDots() {
        assertThat(gateway.http("ada").put("a.b", "{\"status\":\"x\"}").status())
                .isEqualTo(200);
        assertThat(gateway.http("ada").get("/v1/presences/a.b").status()).isEqualTo(200);
    }

    @Test
    void expiresAtIsTaken() {
        Answer made = gateway.http("ada")
                .put("p1", "{\"status\":\"x\",\"expiresAt\":\"" + in(60, ChronoUnit.SECONDS) + "\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(Instant.parse(made.body().path("expiresAt").asText().replace("+00:00", "Z")))
                .isBefore(Instant.now().plusSeconds(61));
        String inTwoDays = Instant.now().plus(2, ChronoUnit.DAYS).toString().substring(0, 10);
        assertThat(gateway.http("ada")
                        .put("p1", "{\"status\":\"x\",\"expiresAt\":\"" + inTwoDays + "\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void guestsHaveNoScope() {
        assertError(gateway.guest().list(), 401, "general_unauthorized_scope");
        assertError(gateway.guest().get("/v1/presences/p1"), 401, "general_unauthorized_scope");
        assertError(gateway.guest().put("p1", "{\"status\":\"x\"}"), 401, "general_unauthorized_scope");
        assertError(gateway.guest().patch("p1", "{\"status\":\"x\"}"), 401, "general_unauthorized_scope");
        assertError(gateway.guest().delete("p1"), 401, "general_unauthorized_scope");
        assertError(gateway.withKey("unknown").list(), 401, "general_unauthorized_scope");
        assertError(gateway.withKey(TestGateway.READ_KEY).put("p1", "{}"), 401, "general_unauthorized_scope");
    }

    @Test
    void onlyServersNameAUser() {
        assertError(
                gateway.http("ada").put("p1", "{\"status\":\"x\",\"userId\":\"ada\"}"),
                401,
                "general_unauthorized_scope");
        var server = gateway.withKey(TestGateway.KEY);
        assertError(server.put("p1", "{\"status\":\"x\"}"), 400, "general_bad_request");
        assertError(server.put("p1", "{\"status\":\"x\",\"userId\":\"nobody\"}"), 404, "user_not_found");
        Answer made = server.put("p1", "{\"status\":\"x\",\"userId\":\"bob\"}");
        assertThat(made.body().path("$permissions").toString()).contains("user:bob");
        assertThat(server.patch("p1", "{\"status\":\"y\",\"userId\":\"bob\"}").status())
                .isEqualTo(200);
        assertError(server.patch("p1", "{\"userId\":\"ada\"}"), 400, "general_argument_invalid");
        assertThat(server.delete("p1").status()).isEqualTo(204);
    }

    @Test
    void rolesNotHeldCantBeGranted() {
        Answer refused =
                gateway.http("eve").put("p1", "{\"status\":\"x\",\"permissions\":[\"read(\\\"team:blue\\\")\"]}");
        assertError(refused, 401, "user_unauthorized");
        assertThat(refused.message())
                .startsWith("Permissions must be one of: (any, user:eve, user:eve/unverified, users");
        String blue = "{\"status\":\"x\",\"permissions\":[\"read(\\\"team:blue/owner\\\")\",\"write(\\\"any\\\")\"]}";
        assertThat(gateway.http("ada")
                        .put("p1", blue)
                        .body()
                        .path("$permissions")
                        .toString())
                .isEqualTo("[\"delete(\\\"any\\\")\",\"read(\\\"team:blue/owner\\\")\",\"update(\\\"any\\\")\"]");
        assertThat(gateway.withKey(TestGateway.KEY)
                        .patch("p1", "{\"permissions\":[\"read(\\\"label:x\\\")\"]}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatMayNotBeReadIsNotThere() {
        gateway.http("ada").put("p1", "{\"status\":\"x\"}");
        assertError(gateway.http("bob").get("/v1/presences/p1"), 404, "presence_not_found");
        assertError(gateway.http("bob").patch("p1", "{\"status\":\"y\"}"), 404, "presence_not_found");
        assertError(gateway.http("bob").delete("p1"), 404, "presence_not_found");
        Answer taken = gateway.http("bob").put("p1", "{\"status\":\"y\"}");
        assertError(taken, 409, "presence_already_exists");
        assertThat(taken.message()).contains("'p1'");
        assertThat(gateway.http("ada")
                        .get("/v1/presences/p1")
                        .body()
                        .path("status")
                        .asText())
                .isEqualTo("x");
    }

    @Test
    void whatMayBeReadMayNotBeWritten() {
        gateway.http("ada").put("p1", "{\"status\":\"x\"" + FOR_USERS + "}");
        assertError(gateway.http("bob").patch("p1", "{\"status\":\"y\"}"), 401, "user_unauthorized");
        assertError(gateway.http("bob").delete("p1"), 401, "user_unauthorized");
        gateway.http("ada").patch("p1", "{\"permissions\":[\"read(\\\"users\\\")\",\"update(\\\"users\\\")\"]}");
        assertThat(gateway.http("bob").patch("p1", "{\"status\":\"y\"}").status())
                .isEqualTo(200);
        assertThat(gateway.http("ada").delete("p1").status()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no json | general_query_invalid",
                "{\"method\":\"magic\",\"values\":[1]} | general_query_invalid",
                "{\"method\":\"search\",\"attribute\":\"status\",\"values\":[\"x\"]} | general_query_invalid",
                "{\"method\":\"equal\",\"attribute\":\"nothing\",\"values\":[1]} | general_query_invalid",
                "{\"method\":\"limit\",\"values\":[0]} | general_query_invalid",
                "{\"method\":\"cursorAfter\",\"values\":[\"nobody\"]} | general_cursor_not_found"
            })
    void badQueriesAreRefused(String query, String type) {
        assertError(gateway.http("ada").list(query), 400, type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ttl=-1", "ttl=86401", "ttl=x", "total=maybe"})
    void badListOptionsAreRefused(String option) {
        assertError(gateway.http("ada").get("/v1/presences?" + option), 400, "general_argument_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "7", "{} {}", "{\"a\":NaN}"})
    void badBodiesAreRefused(String body) {
        assertError(gateway.http("ada").put("p1", body), 400, "general_bad_request");
    }

    @Test
    void unknownRoutesAndProjects() {
        assertError(gateway.http("ada").get("/v1/databases"), 404, "general_route_not_found");
        assertError(gateway.http("ada").post("/v1/presences"), 404, "general_route_not_found");
        assertError(gateway.http("ada").with("X-Appwrite-Project", "other").list(), 404, "project_not_found");
        assertError(gateway.http("ada").get("/v1/presences/%2e%2e%2f"), 400, "general_argument_invalid");
    }

    @Test
    void aFullStoreSaysSo() {
        IntStream.range(0, 1000).forEach(i -> gateway.store().upsert(PresenceUpsert.of("f" + i, "bob", "x")));
        assertError(gateway.http("ada").put("one-more", "{\"status\":\"x\"}"), 503, "presence_limit_exceeded");
    }
}
