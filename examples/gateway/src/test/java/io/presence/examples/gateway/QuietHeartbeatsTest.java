package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.examples.gateway.fixture.HttpUser;
import io.presence.examples.gateway.fixture.TestGateway;
import io.presence.testing.ManualClock;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of upserts that change nothing: events as in Appwrite, or heartbeats by option. */
class QuietHeartbeatsTest {

    private static final String ONLINE = "{\"status\":\"online\",\"metadata\":{\"room\":\"r1\"}}";

    private final ManualClock clock = new ManualClock();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void upsert_ofTheSame_movesUpdatedAtUnlessHeartbeatsAreQuiet(boolean isQuiet) throws Exception {
        try (TestGateway gateway = TestGateway.start(TestGateway.options(TestGateway.WIDE, false, isQuiet), clock)) {
            HttpUser ada = gateway.http("ada");
            String first = ada.put("p1", ONLINE).body().path("$updatedAt").asText();
            clock.advance(Duration.ofSeconds(10));
            String second = ada.put("p1", ONLINE).body().path("$updatedAt").asText();
            assertThat(second.equals(first)).isEqualTo(isQuiet);
            String third = ada.put("p1", ONLINE.replace("r1", "r2"))
                    .body()
                    .path("$updatedAt")
                    .asText();
            assertThat(third).isNotEqualTo(first);
        }
    }
}
