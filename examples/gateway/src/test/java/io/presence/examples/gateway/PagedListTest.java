package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceUpsert;
import io.presence.examples.gateway.fixture.HttpUser;
import io.presence.examples.gateway.fixture.HttpUser.Answer;
import io.presence.examples.gateway.fixture.TestGateway;
import io.presence.query.Query;
import io.presence.query.QueryJson;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests of pages for clients that use an id as cursor. */
class PagedListTest {

    private final ManualClock clock = new ManualClock();
    private TestGateway gateway;
    private HttpUser server;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(clock);
        server = gateway.withKey(TestGateway.KEY);
        for (int i = 10; i < 20; i++) {
            Duration ttl = Duration.ofSeconds(i % 3 == 0 ? 10 : 1000);
            gateway.store().upsert(PresenceUpsert.of("p" + i, "ada", "s" + i).expiresIn(ttl));
        }
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private Answer page(HttpUser user, Query... queries) {
        List<String> texts = new ArrayList<>(List.of(QueryJson.write(Query.limit(3))));
        for (Query query : queries) {
            texts.add(QueryJson.write(query));
        }
        return user.list(texts.toArray(String[]::new));
    }

    private static String ids(Answer page) {
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        page.body().path("presences").forEach(row -> ids.add(row.path("$id").asText()));
        return String.join(" ", ids);
    }

    @Test
    void list_afterAPresenceThatHasExpired_goesOnFromWhereItWasShown() {
        assertThat(ids(page(server))).isEqualTo("p10 p11 p12");
        clock.advance(Duration.ofSeconds(11));
        assertThat(ids(page(server, Query.cursorAfter("p12")))).isEqualTo("p13 p14 p16");
        assertThat(ids(page(server, Query.cursorBefore("p13")))).isEqualTo("p10 p11");
    }

    @Test
    void list_afterAPresenceThatHasMoved_goesOnFromWhereItWasShown() {
        Query byStatus = Query.orderAsc("status");
        assertThat(ids(page(server, byStatus))).isEqualTo("p10 p11 p12");
        gateway.store().upsert(PresenceUpsert.of("p12", "ada", "zzz"));
        assertThat(ids(page(server, byStatus, Query.cursorAfter("p12")))).isEqualTo("p13 p14 p15");
    }

    @Test
    void list_moreThanTenMinutesLater_isRefusedAsForAPresenceThatNeverWas() {
        page(server);
        clock.advance(Duration.ofSeconds(11));
        clock.advance(Duration.ofMinutes(10));
        Answer gone = page(server, Query.cursorAfter("p12"));
        assertThat(gone.status()).isEqualTo(400);
        assertThat(gone.type()).isEqualTo("general_cursor_not_found");
        assertThat(page(server, Query.cursorAfter("never")).text()).isEqualTo(gone.text());
    }

    @Test
    void list_afterTheEndOfAListThatHasExpired_isAnEmptyPageWithTheTotal() {
        Query some = Query.equal("status", "s17", "s18");
        assertThat(ids(page(server, some))).isEqualTo("p17 p18");
        clock.advance(Duration.ofSeconds(11));
        Answer end = page(server, some, Query.cursorAfter("p18"));
        assertThat(ids(end)).isEmpty();
        assertThat(end.body().path("total").asInt()).isEqualTo(1);
    }

    @Test
    void list_withACursorOfTheLibraryThatWasAltered_isRefused() {
        Answer refused = page(server, Query.cursorAfter("/AAAA"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.type()).isEqualTo("general_cursor_not_found");
    }
}
