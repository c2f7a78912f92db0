package io.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PresencePatchTest {

    @Test
    void none_always_isEmpty() {
        PresencePatch none = PresencePatch.none();
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.status()).isNull();
        assertThat(none.source()).isNull();
        assertThat(none.metadata()).isNull();
        assertThat(none.permissions()).isNull();
        assertThat(none.expiresIn()).isNull();
        assertThat(none.expiresAt()).isNull();
    }

    @Test
    void isEmpty_withAnyPart_isFalse() {
        PresencePatch none = PresencePatch.none();
        assertThat(List.of(
                        none.status("away"),
                        none.source("web"),
                        none.metadata(Map.of()),
                        none.permissions(List.of()),
                        none.expiresIn(Duration.ofSeconds(1)),
                        none.expiresAt(Instant.EPOCH)))
                .noneMatch(PresencePatch::isEmpty);
        assertThat(none.isEmpty()).isTrue();
    }

    @Test
    void setters_always_keepTheOtherParts() {
        PresencePatch all = PresencePatch.none()
                .status("away")
                .source("web")
                .metadata(Map.of("a", 1))
                .permissions(Permission.read(Role.any()))
                .expiresAt(Instant.EPOCH);
        for (PresencePatch same : List.of(
                all.status("away"),
                all.source("web"),
                all.metadata(Map.of("a", 1)),
                all.permissions(List.of(Permission.read(Role.any()))),
                all.expiresAt(Instant.EPOCH))) {
            assertThat(same).usingRecursiveComparison().isEqualTo(all);
        }
        assertThat(all.status()).isEqualTo("away");
        assertThat(all.source()).isEqualTo("web");
        assertThat(all.metadata()).isEqualTo(Map.of("a", 1));
        assertThat(all.permissions()).containsExactly(Permission.read(Role.any()));
        assertThat(all.expiresAt()).isEqualTo(Instant.EPOCH);
        assertThat(all.expiresIn()).isNull();
        PresencePatch in = all.expiresIn(Duration.ofSeconds(1));
        assertThat(in.expiresAt()).isNull();
        assertThat(in.expiresIn()).isEqualTo(Duration.ofSeconds(1));
        assertThat(in.expiresAt(Instant.EPOCH).expiresIn()).isNull();
    }

    @Test
    void setters_null_isRefused() {
        PresencePatch none = PresencePatch.none();
        assertThatNullPointerException()
                .isThrownBy(() -> none.expiresAt(null))
                .withMessage("expiresAt must not be null");
        assertThatNullPointerException().isThrownBy(() -> none.expiresIn(null));
        assertThatNullPointerException().isThrownBy(() -> none.status(null));
        assertThatNullPointerException().isThrownBy(() -> none.source(null));
        assertThatNullPointerException().isThrownBy(() -> none.metadata(null));
        assertThatNullPointerException().isThrownBy(() -> none.permissions((List<Permission>) null));
    }

    @Test
    void equals_patchesThatSetTheSame_isTrue() {
        PresencePatch one = PresencePatch.none()
                .status("away")
                .set("metadata.a.b", 1)
                .unset("metadata.c")
                .merge(Map.of("d", 2));
        PresencePatch other = PresencePatch.none()
                .status("away")
                .set("metadata.a.b", 1)
                .unset("metadata.c")
                .merge(Map.of("d", 2));
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one).hasToString("PresencePatch[status=away, source=null]");
    }

    @Test
    void equals_patchesThatDifferInOnePart_isFalse() {
        PresencePatch none = PresencePatch.none();
        List<PresencePatch> different = List.of(
                none,
                none.status("away"),
                none.source("away"),
                none.metadata(Map.of()),
                none.set("metadata.a", 1),
                none.set("metadata.a", 2),
                none.unset("metadata.a"),
                none.merge(Map.of("a", 1)),
                none.permissions(List.of()),
                none.expiresIn(Duration.ofSeconds(1)),
                none.expiresAt(Instant.EPOCH),
                none.ifVersion(Version.of(0, 0)));
        assertThat(different).doesNotHaveDuplicates();
    }
}
