package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.presence.examples.gateway.fixture.SocketUser;
import io.presence.examples.gateway.fixture.TestGateway;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of the events of a socket. An event that must not be delivered is proved absent by the next one. */
class EventsTest {

    private static final String ONLINE = "{\"method\":\"equal\",\"attribute\":\"status\",\"values\":[\"online\"]}";
    private static final String USERS = "\"permissions\":[\"read(\\\"users\\\")\"]";

    private final ManualClock clock = new ManualClock();
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(clock);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    /* Dispatched too: a subscription that is made right after a write may still receive it. */
    private void put(String id, String status) {
        assertThat(gateway.http("ada")
                        .put(id, "{\"status\":\"" + status + "\"," + USERS + "}")
                        .status())
                .isEqualTo(200);
        gateway.awaitDelivery();
    }

    @Test
    void event_ofAWrite_hasTheNamesOfAppwrite() {
        SocketUser bob = gateway.socket("bob");
        bob.subscribe("s1", List.of("presences"));
        put("p1", "online");
        JsonNode event = bob.next("event");
        assertThat(event.fieldNames())
                .toIterable()
                .containsExactly("events", "channels", "timestamp", "payload", "revision", "subscriptions");
        assertThat(event.path("events").toString())
                .isEqualTo("[\"presences.p1.upsert\",\"presences.*.upsert\",\"presences.p1\",\"presences.*\"]");
        assertThat(event.path("channels").toString())
                .isEqualTo("[\"presences\",\"presences.p1\",\"presences.upsert\",\"presences.p1.upsert\"]");
        ObjectNode payload = (ObjectNode) event.path("payload");
        assertThat(payload.remove("$revision")).isEqualTo(event.path("revision"));
        assertThat(payload)
                .isEqualTo(gateway.http("bob").get("/v1/presences/p1").body());
        assertThat(event.path("subscriptions").toString()).isEqualTo("[\"s1\"]");
    }

    @Test
    void event_ofEachWrite_hasALargerRevision() {
        SocketUser bob = gateway.socket("bob");
        bob.subscribe("s1", List.of("presences"));
        put("p1", "online");
        long first = bob.next("event").path("revision").asLong();
        gateway.http("ada").patch("p1", "{\"status\":\"away\"}");
        JsonNode update = bob.next("event");
        assertThat(update.path("events").path(0).asText()).isEqualTo("presences.p1.update");
        assertThat(update.path("revision").asLong()).isGreaterThan(first);
        put("p1", "busy");
        assertThat(bob.nextEvent()).isEqualTo("p1.upsert [s1]");
        gateway.http("ada").delete("p1");
        assertThat(bob.nextEvent()).isEqualTo("p1.delete [s1] deleted");
    }

    @Test
    void event_forSeveralSubscriptions_isOneFrame() {
        SocketUser bob = gateway.socket("bob");
        bob.subscribe("all", List.of("presences"));
        bob.subscribe("one", List.of("presences.p1", "presences.p1.upsert", "presences"));
        bob.subscribe("online", List.of("presences.p1"), ONLINE);
        bob.subscribe("upserts", List.of("presences.upsert", "presences.p2.upsert"));
        bob.subscribe("other", List.of("presences.p2"));
        put("p1", "online");
        JsonNode event = bob.next("event");
        assertThat(event.path("subscriptions"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("all", "one", "online", "upserts");
        put("p2", "away");
        assertThat(bob.next("event").path("subscriptions"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("all", "one", "upserts", "other");
    }

    @Test
    void update_leavingAFilter_isADeleteForThatSubscriptionOnly() {
        SocketUser bob = gateway.socket("bob");
        bob.subscribe("online", List.of("presences"), ONLINE);
        bob.subscribe("all", List.of("presences"));
        put("p1", "online");
        bob.next("event");
        gateway.http("ada").patch("p1", "{\"status\":\"away\",\"metadata\":{\"secret\":1}}");
        JsonNode one = bob.next("event");
        JsonNode other = bob.next("event");
        JsonNode left = one.has("reason") ? one : other;
        JsonNode changed = one.has("reason") ? other : one;
        assertThat(left.path("reason").asText() + left.path("subscriptions"))
                .isEqualTo("no-longer-matches[\"online\"]");
        assertThat(left.path("payload").path("$reason").asText()).isEqualTo("no-longer-matches");
        assertThat(changed.path("payload").has("$reason")).isFalse();
        assertThat(left.path("events").path(0).asText()).isEqualTo("presences.p1.delete");
        assertThat(left.path("payload").path("status").asText()).isEqualTo("online");
        assertThat(changed.path("subscriptions").toString()).isEqualTo("[\"all\"]");
        gateway.http("ada").patch("p1", "{\"status\":\"online\"}");
        assertThat(List.of(bob.nextEvent(), bob.nextEvent()))
                .containsExactlyInAnyOrder("p1.upsert [online]", "p1.update [all]");
    }

    @Test
    void update_revokingAccess_isADeleteWithTheLastReadableState() {
        SocketUser bob = gateway.socket("bob");
        bob.subscribe("s1", List.of("presences"));
        put("p1", "online");
        bob.next("event");
        gateway.http("ada").put("p1", "{\"status\":\"hidden\",\"metadata\":{\"secret\":1}}");
        JsonNode left = bob.next("event");
        assertThat(left.path("reason").asText()).isEqualTo("no-longer-readable");
        assertThat(left.toString()).doesNotContain("secret", "hidden");
        gateway.http("ada").delete("p1");
        put("p2", "online");
        assertThat(bob.nextEvent()).isEqualTo("p2.upsert [s1]");
    }

    @Test
    void event_byPermissions_reachesTheOwnerAndGuestsThatMayRead() {
        SocketUser ada = gateway.socket("ada");
        ada.subscribe("s1", List.of("presences"));
        SocketUser guest = gateway.socket("");
        guest.subscribe("g1", List.of("presences"));
        gateway.http("ada").put("p1", "{\"status\":\"x\",\"permissions\":[]}");
        gateway.http("ada").put("p2", "{\"status\":\"x\",\"permissions\":[\"read(\\\"any\\\")\"]}");
        assertThat(ada.nextEvent() + ada.nextEvent()).isEqualTo("p1.upsert [s1]p2.upsert [s1]");
        assertThat(guest.nextEvent()).isEqualTo("p2.upsert [g1]");
    }

    @Test
    void expiry_ofAPresence_isADeleteWithItsReason() {
        SocketUser bob = gateway.socket("bob");
        bob.subscribe("s1", List.of("presences"));
        gateway.http("ada").put("p1", "{\"status\":\"x\"," + USERS + ",\"expiresAt\":\"2026-01-01T00:00:30Z\"}");
        bob.next("event");
        clock.advance(Duration.ofSeconds(30));
        gateway.awaitDelivery();
        assertThat(gateway.http("bob").get("/v1/presences/p1").status()).isEqualTo(404);
        put("p2", "x");
        assertThat(bob.nextEvent()).isEqualTo("p1.delete [s1] expired");
    }

    @Test
    void subscription_toOneAction_receivesThatActionOnly() {
        SocketUser bob = gateway.socket("bob");
        bob.subscribe("updates", List.of("presences.update"));
        bob.subscribe("deletes", List.of("presences.delete"), ONLINE);
        put("p1", "online");
        gateway.http("ada").patch("p1", "{\"status\":\"away\"}");
        assertThat(bob.nextEvent()).isEqualTo("p1.update [updates]");
        put("p1", "online");
        gateway.http("ada").delete("p1");
        assertThat(bob.nextEvent()).isEqualTo("p1.delete [deletes] deleted");
    }

    @Test
    void subscribe_withAnOpenId_replacesChannelsAndQueries() {
        SocketUser bob = gateway.socket("bob");
        bob.subscribe("s1", List.of("presences.p1"), ONLINE);
        bob.subscribe("s1", List.of("presences.p2"));
        put("p1", "online");
        put("p2", "away");
        assertThat(bob.nextEvent()).isEqualTo("p2.upsert [s1]");
        bob.send("unsubscribe", "[{\"subscriptionId\":\"s1\"}]");
        assertThat(bob.next("response").path("subscriptions").toString())
                .isEqualTo("[{\"subscriptionId\":\"s1\",\"removed\":true}]");
        put("p2", "busy");
        bob.subscribe("s2", List.of("presences"));
        put("p3", "x");
        assertThat(bob.nextEvent()).isEqualTo("p3.upsert [s2]");
    }

    @Test
    void subscribe_toAnUnknownChannel_receivesNothing() {
        SocketUser bob = gateway.socket("bob");
        bob.subscribe("s1", List.of("documents", "presences.create", "presences._", "presences.p1.create"));
        bob.subscribe("s2", List.of("presences.p2"));
        put("p1", "x");
        put("p2", "x");
        assertThat(bob.nextEvent()).isEqualTo("p2.upsert [s2]");
    }

    @Test
    void subscribe_withSelectAll_receivesEverything() {
        SocketUser bob = gateway.socket("bob");
        bob.subscribe("s1", List.of("presences"), "{\"method\":\"select\",\"values\":[\"*\"]}");
        put("p1", "x");
        assertThat(bob.nextEvent()).isEqualTo("p1.upsert [s1]");
    }

    @Test
    void subscribe_withSnapshot_receivesItBeforeLiveEvents() {
        put("p1", "online");
        put("p2", "away");
        put("p3", "online");
        SocketUser bob = gateway.socket("bob");
        bob.send(
                "subscribe",
                "[{\"subscriptionId\":\"s1\",\"channels\":[\"presences\"],\"queries\":[\""
                        + ONLINE.replace("\"", "\\\"") + "\"],\"snapshot\":true}]");
        bob.next("response");
        JsonNode one = bob.next("event");
        JsonNode two = bob.next("event");
        assertThat(List.of(
                        one.path("payload").path("$id").asText(),
                        two.path("payload").path("$id").asText()))
                .containsExactlyInAnyOrder("p1", "p3");
        assertThat(one.path("snapshot").asBoolean() && two.path("snapshot").asBoolean())
                .isTrue();
        JsonNode synced = bob.next("synced");
        assertThat(synced.path("subscriptionId").asText()).isEqualTo("s1");
        assertThat(synced.path("revision").asLong()).isGreaterThanOrEqualTo(3);
        put("p4", "online");
        JsonNode live = bob.next("event");
        assertThat(live.has("snapshot")).isFalse();
        assertThat(live.path("revision").asLong())
                .isGreaterThan(synced.path("revision").asLong());
    }

    @Test
    void authentication_onAnOpenSocket_deliversWhatBecomesVisible() {
        SocketUser socket = gateway.socket("");
        socket.subscribe("s1", List.of("presences"));
        put("p1", "x");
        socket.send("authentication", "{\"session\":\"bob\"}");
        socket.next("response");
        assertThat(socket.nextEvent()).isEqualTo("p1.upsert [s1]");
    }
}
