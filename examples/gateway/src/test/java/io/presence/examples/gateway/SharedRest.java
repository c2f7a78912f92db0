package io.presence.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.examples.gateway.fixture.HttpUser.Answer;
import io.presence.query.Query;
import org.junit.jupiter.api.AfterEach;

/** Tests of the routes of presences. Each begins without presences. */
abstract class SharedRest extends SharedGateway {

    static final String FOR_USERS = ",\"permissions\":[\"read(\\\"users\\\")\"]";

    @AfterEach
    void empty() {
        gateway.store()
                .list(Query.limit(5000))
                .presences()
                .forEach(presence -> gateway.store().delete(presence.id()));
        gateway.awaitDelivery();
    }

    static void assertError(Answer answer, int status, String type) {
        assertThat(answer.status() + " " + answer.type()).as(answer.text()).isEqualTo(status + " " + type);
        assertThat(answer.body().path("code").asInt()).isEqualTo(status);
        assertThat(answer.body().path("version").asText()).isNotEmpty();
        assertThat(answer.message()).isNotEmpty();
    }
}
