package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.presence.examples.gateway.fixture.SocketUser;
import io.presence.examples.gateway.wire.Json;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests of subscriptions that continue after a reconnect from the last token. */
class ResumeTest extends SharedGateway {

    private static final String READABLE = ",\"permissions\":[\"read(\\\"users\\\")\"]}";
    private static final String ONLINE = "{\"method\":\"equal\",\"attribute\":\"status\",\"values\":[\"online\"]}";

    @AfterEach
    void clear() {
        gateway.store().list().presences().forEach(presence -> gateway.store().delete(presence.id()));
        gateway.awaitDelivery();
    }

    private static void put(String id, String status) {
        gateway.http("ada").put(id, "{\"status\":\"" + status + "\"" + READABLE);
    }

    private static SocketUser subscribed(Object resume, String... queries) {
        SocketUser bob = gateway.socket("bob");
        var row = Json.object().put("subscriptionId", "s1");
        row.set("channels", Json.strings(List.of("presences")));
        row.set("queries", Json.strings(List.of(queries)));
        row.set("resume", Json.tree(resume));
        bob.send("subscribe", "[" + Json.write(row) + "]");
        bob.next("response");
        return bob;
    }

    private static String token(SocketUser user) {
        JsonNode token = user.next("token");
        assertThat(token.path("subscriptions").toString()).isEqualTo("[\"s1\"]");
        return token.path("token").asText();
    }

    @Test
    void reconnect_withTheLastToken_deliversWhatWasMissed() {
        SocketUser bob = subscribed(true);
        put("p1", "online");
        assertThat(bob.nextEvent()).isEqualTo("p1.upsert [s1]");
        token(bob);
        put("p2", "online");
        assertThat(bob.nextEvent()).isEqualTo("p2.upsert [s1]");
        String last = token(bob);
        bob.abort();
        put("p3", "online");
        gateway.http("ada").delete("p1");

        SocketUser again = subscribed(last);

        assertThat(List.of(again.nextEvent(), again.nextEvent()))
                .containsExactlyInAnyOrder("p3.upsert [s1]", "p1.delete [s1] deleted");
        assertThat(again.next("synced").path("subscriptionId").asText()).isEqualTo("s1");
        token(again);
        put("p4", "online");
        JsonNode live = again.next("event");
        assertThat(live.has("snapshot")).isFalse();
    }

    @Test
    void reconnect_afterTheEndOfWhatIsKnown_isResetAndDeliversASnapshot() {
        put("p1", "online");

        SocketUser bob = subscribed("unknown-token");

        assertThat(bob.next("reset").path("subscriptionId").asText()).isEqualTo("s1");
        JsonNode event = bob.next("event");
        assertThat(event.path("payload").path("$id").asText()).isEqualTo("p1");
        assertThat(event.path("snapshot").asBoolean()).isTrue();
        bob.next("synced");
    }

    @Test
    void reconnect_withTheTokenOfOtherQueries_isReset() {
        SocketUser bob = subscribed(true);
        put("p1", "online");
        bob.nextEvent();
        String last = token(bob);
        bob.close();

        subscribed(last, ONLINE).next("reset");
    }

    @Test
    void subscribe_withoutResume_receivesNoToken() {
        SocketUser bob = subscribed(false);
        put("p1", "online");
        assertThat(bob.nextEvent()).isEqualTo("p1.upsert [s1]");
        assertThat(bob.untilPong()).isEmpty();
    }
}
