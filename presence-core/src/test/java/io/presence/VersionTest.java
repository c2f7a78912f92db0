package io.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.presence.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VersionTest {

    private static final Version VERSION = Version.of(1, 2);

    @Test
    void equals_bothNumbers_areCompared() {
        assertThat(VERSION).isEqualTo(Version.of(1, 2)).hasSameHashCodeAs(Version.of(1, 2));
        assertThat(VERSION).isNotEqualTo(Version.of(1, 3)).isNotEqualTo(Version.of(2, 2));
        assertThat(VERSION).isNotEqualTo(null).isNotEqualTo("1-2");
        assertThat(VERSION).hasToString("1-2");
    }

    @Test
    void version_ofTwoStores_differs() {
        PresenceUpsert upsert = PresenceUpsert.of("p", "ada", "online");
        assertThat(Samples.presence(upsert)).isEqualTo(Samples.presence(upsert));
        assertThat(Samples.presence(upsert).version())
                .isNotEqualTo(Samples.presence(upsert).version());
    }

    @Test
    void conditions_ofAnUpsert_surviveCopies() {
        PresenceUpsert upsert = PresenceUpsert.of("p", "online");
        assertThat(upsert.requiredVersion()).isNull();
        assertThat(upsert.requiresAbsence()).isFalse();

        PresenceUpsert absent = filled(upsert.ifAbsent());
        assertThat(absent.requiresAbsence()).isTrue();
        assertThat(absent.requiredVersion()).isNull();
        assertThat(absent.ifAbsent().requiresAbsence()).isTrue();

        PresenceUpsert versioned = filled(upsert.ifVersion(VERSION));
        assertThat(versioned.requiredVersion()).isEqualTo(VERSION);
        assertThat(versioned.requiresAbsence()).isFalse();
        assertThat(versioned.ifVersion(Version.of(3, 4)).requiredVersion()).isEqualTo(Version.of(3, 4));
        assertThat(upsert.ifVersion(Version.of(0, 0)).requiresAbsence()).isFalse();
    }

    private static PresenceUpsert filled(PresenceUpsert upsert) {
        return upsert.source("web")
                .metadata(Map.of("a", 1))
                .permissions(Permission.read(Role.any()))
                .permissions(List.of())
                .expiresAt(Instant.EPOCH)
                .expiresIn(Duration.ofSeconds(1));
    }

    @Test
    void condition_ofAPatch_survivesCopies() {
        PresencePatch patch = PresencePatch.none().ifVersion(VERSION);
        assertThat(PresencePatch.none().requiredVersion()).isNull();
        assertThat(patch.isEmpty()).isTrue();
        assertThat(patch.status("away")
                        .source("web")
                        .metadata(Map.of("a", 1))
                        .permissions(Permission.read(Role.any()))
                        .permissions(List.of())
                        .expiresAt(Instant.EPOCH)
                        .expiresIn(Duration.ofSeconds(1))
                        .requiredVersion())
                .isEqualTo(VERSION);
    }

    @Test
    void conditions_bothAtOnce_areRefused() {
        PresenceUpsert upsert = PresenceUpsert.of("p", "online");
        RefusalAssertions.assertRefused(
                "ifVersion must not be combined with ifAbsent: p",
                () -> upsert.ifAbsent().ifVersion(VERSION));
        RefusalAssertions.assertRefused(
                "ifAbsent must not be combined with ifVersion: p",
                () -> upsert.ifVersion(VERSION).ifAbsent());
        assertThatNullPointerException()
                .isThrownBy(() -> upsert.ifVersion(null))
                .withMessage("version must not be null");
        assertThatNullPointerException()
                .isThrownBy(() -> PresencePatch.none().ifVersion(null))
                .withMessage("version must not be null");
    }
}
