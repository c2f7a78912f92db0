package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceUpsert;
import io.presence.examples.gateway.fixture.HttpUser.Answer;
import io.presence.examples.gateway.fixture.TestGateway;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the errors of the five routes. */
class RestErrorsTest extends SharedRest {

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
    void put_withFieldsBeyondTheirLimits_isRefused() {
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
    void request_ofAGuest_isUnauthorized() {
        assertError(gateway.guest().list(), 401, "general_unauthorized_scope");
        assertError(gateway.guest().get("/v1/presences/p1"), 401, "general_unauthorized_scope");
        assertError(gateway.guest().put("p1", "{\"status\":\"x\"}"), 401, "general_unauthorized_scope");
        assertError(gateway.guest().patch("p1", "{\"status\":\"x\"}"), 401, "general_unauthorized_scope");
        assertError(gateway.guest().delete("p1"), 401, "general_unauthorized_scope");
        assertError(gateway.withKey("unknown").list(), 401, "general_unauthorized_scope");
        assertError(gateway.withKey(TestGateway.READ_KEY).put("p1", "{}"), 401, "general_unauthorized_scope");
    }

    @Test
    void put_withAUserId_isAcceptedFromServersOnly() {
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
    void put_grantingARoleThatIsNotHeld_isRefused() {
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
    void request_forAnUnreadablePresence_isNotFound() {
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
    void write_toAPresenceThatIsOnlyReadable_isRefused() {
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
    void list_withABadOption_isRefused(String option) {
        assertError(gateway.http("ada").get("/v1/presences?" + option), 400, "general_argument_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "7", "{} {}", "{\"a\":NaN}"})
    void put_withABadBody_isRefused(String body) {
        assertError(gateway.http("ada").put("p1", body), 400, "general_bad_request");
    }

    @Test
    void request_forAnUnknownRouteOrProject_isNotFound() {
        assertError(gateway.http("ada").get("/v1/databases"), 404, "general_route_not_found");
        assertError(gateway.http("ada").post("/v1/presences"), 404, "general_route_not_found");
        assertError(gateway.http("ada").with("X-Appwrite-Project", "other").list(), 404, "project_not_found");
        assertError(gateway.http("ada").get("/v1/presences/%2e%2e%2f"), 400, "general_argument_invalid");
    }

    @Test
    void put_intoAFullStore_isUnavailable() {
        IntStream.range(0, 1000).forEach(i -> gateway.store().upsert(PresenceUpsert.of("f" + i, "bob", "x")));
        assertError(gateway.http("ada").put("one-more", "{\"status\":\"x\"}"), 503, "presence_limit_exceeded");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "queries=x",
                "queries=",
                "queries[a]=x",
                "queries[0][1]=x",
                "queries[0]x=x",
                "queries[0]=%7B%22method%22:%22limit%22,%22values%22:[1]%7D&queries=x"
            })
    void list_withQueriesThatAreNoList_isRefused(String params) {
        String path = "/v1/presences?" + params.replace("[", "%5B").replace("]", "%5D");
        assertError(gateway.http("ada").get(path), 400, "general_argument_invalid");
    }
}
