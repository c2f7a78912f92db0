package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.presence.examples.gateway.fixture.HttpUser;
import io.presence.examples.gateway.fixture.SocketUser;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests of subscriptions in the URI of a socket. */
class AddressSubscriptionTest extends SharedRest {

    private static final String ALL = "{\"method\":\"select\",\"values\":[\"*\"]}";
    private static final String ONLINE = "{\"method\":\"equal\",\"attribute\":\"status\",\"values\":[\"online\"]}";

    private final HttpUser ada = gateway.http("ada");

    private static SocketUser connect(String query) {
        return SocketUser.connect(gateway.port(), "project=demo" + query, Map.of("X-Appwrite-Session", "ada"));
    }

    private static String param(String name, String value) {
        return "&" + encoded(name) + "=" + encoded(value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void channels_withoutQueries_areOneSubscription() {
        SocketUser user = connect(param("channels[]", "presences") + param("channels[]", "account"));
        JsonNode connected = user.next("connected");
        String id = connected.path("subscriptions").path("0").asText();
        assertThat(connected.path("channels").toString()).isEqualTo("[\"presences\",\"account\",\"account.ada\"]");
        ada.put("p1", "{\"status\":\"x\"}");
        assertThat(user.nextEvent()).isEqualTo("p1.upsert [" + id + "]");
    }

    @Test
    void slots_withQueries_areOneSubscriptionEach() {
        SocketUser user = connect(param("channels[]", "presences")
                + param("channels[]", "presences.p2")
                + param("presences[1][]", ONLINE)
                + param("presences.p2[1][]", ONLINE)
                + param("presences[2][]", ALL));
        JsonNode ids = user.next("connected").path("subscriptions");
        ada.put("p1", "{\"status\":\"away\"}");
        assertThat(user.nextEvent()).isEqualTo("p1.upsert [" + ids.path("2").asText() + "]");
        ada.put("p2", "{\"status\":\"online\"}");
        assertThat(user.next("event").path("subscriptions")).hasSize(2);
    }

    @Test
    void channel_withUnderscoresForPeriods_isTheSame() {
        SocketUser user = connect(param("channels[0]", "presences.p2") + param("presences_p2[0][0]", ONLINE));
        user.next("connected");
        ada.put("p2", "{\"status\":\"away\"}");
        ada.put("p2", "{\"status\":\"online\"}");
        assertThat(user.nextEvent()).startsWith("p2.upsert ");
        assertThat(user.untilPong()).isEmpty();
    }

    @Test
    void slot_withAWrongQuery_isAnsweredByAnErrorAndHarmsNoOther() {
        SocketUser user =
                connect(param("channels[]", "presences") + param("presences[1][]", "{") + param("presences[2][]", ALL));
        JsonNode ids = user.next("connected").path("subscriptions");
        assertThat(user.nextError()).startsWith("1003 Invalid query: ");
        ada.put("p1", "{\"status\":\"x\"}");
        assertThat(user.nextEvent()).isEqualTo("p1.upsert [" + ids.path("2").asText() + "]");
    }

    @Test
    void query_withoutAChannel_isAnsweredByAnError() {
        SocketUser user = connect(param("channels[]", "presences") + param("documents[0][]", ALL));
        user.next("connected");
        assertThat(user.nextError()).isEqualTo("1003 channels must contain the channel of each query: documents");
    }

    @Test
    void slot_withDifferentQueries_isAnsweredByAnError() {
        SocketUser user = connect(param("channels[]", "presences")
                + param("channels[]", "presences.p2")
                + param("presences[0][]", ONLINE)
                + param("presences.p2[0][]", ALL));
        user.next("connected");
        assertThat(user.nextError()).isEqualTo("1003 queries must be the same for all channels of a slot: 0");
    }

    @Test
    void parameters_moreThanAThousand_areAllRead() {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < 1200; i++) {
            query.append("&a=").append(i);
        }
        SocketUser user = connect(query + param("channels[]", "presences"));
        user.next("connected");
        ada.put("p1", "{\"status\":\"x\"}");
        assertThat(user.nextEvent()).startsWith("p1.upsert ");
    }

    @Test
    void connect_withoutSubscriptions_receivesAnEmptyList() {
        assertThat(connect("").next("connected").path("subscriptions").toString())
                .isEqualTo("[]");
    }
}
