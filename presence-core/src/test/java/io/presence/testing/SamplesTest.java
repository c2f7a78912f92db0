package io.presence.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceUpsert;
import io.presence.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SamplesTest {

    @Test
    void presence_ofUpsert_hasItsFields() {
        Presence made = Samples.presence(PresenceUpsert.of("p", "ada", "online")
                .source("web")
                .metadata(Map.of("room", "lobby"))
                .permissions(Permission.read(Role.users()))
                .expiresIn(Duration.ofSeconds(30)));
        assertThat(made.id()).isEqualTo("p");
        assertThat(made.userId()).isEqualTo("ada");
        assertThat(made.status()).isEqualTo("online");
        assertThat(made.source()).isEqualTo("web");
        assertThat(made.metadata()).isEqualTo(Map.of("room", "lobby"));
        assertThat(made.permissions()).containsExactly(Permission.read(Role.users()));
        assertThat(made.createdAt()).isEqualTo(ManualClock.START);
        assertThat(made.expiresAt()).isEqualTo(ManualClock.START.plusSeconds(30));
    }

    @Test
    void presence_withTime_hasItAndEqualsAnother() {
        Instant noon = Instant.parse("2030-06-01T12:00:00Z");
        Presence made = Samples.presence(PresenceUpsert.of("p", "ada", "online"), noon);
        assertThat(made.updatedAt()).isEqualTo(noon);
        assertThat(made).isEqualTo(Samples.presence(PresenceUpsert.of("p", "ada", "online"), noon));
    }

    @Test
    void presence_withoutOwner_isRefused() {
        assertThatThrownBy(() -> Samples.presence(PresenceUpsert.of("p", "online")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("userId");
    }

    @Test
    void exit_ofEachCause_hasItsAction() {
        Presence made = Samples.presence(PresenceUpsert.of("p", "ada", "online"));
        assertThat(Samples.exit(made, Cause.DELETED).action()).isEqualTo(Action.DELETE);
        assertThat(Samples.exit(made, Cause.NO_LONGER_MATCHES).action()).isEqualTo(Action.UPDATE);
    }
}
