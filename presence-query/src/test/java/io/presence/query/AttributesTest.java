package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributesTest {

    private static final Map<String, Object> CURSOR =
            Map.of("cursor", Map.of("x", 7), "a.b", "dotted", "list", List.of(1));
    private static final Attributes RECORD = Attributes.of(Map.of("status", "online", "metadata", CURSOR));

    @Test
    void of_nestedMaps_areWalked() {
        assertThat(RECORD.get(AttributePath.parse("status"))).isEqualTo("online");
        assertThat(RECORD.get(AttributePath.parse("metadata.cursor.x"))).isEqualTo(7);
        assertThat(RECORD.get(AttributePath.parse("metadata.a\\.b"))).isEqualTo("dotted");
        assertThat(RECORD.get(AttributePath.parse("metadata"))).isSameAs(CURSOR);
    }

    @Test
    void of_missingKey_isNull() {
        assertThat(RECORD.get(AttributePath.parse("absent"))).isNull();
        assertThat(RECORD.get(AttributePath.parse("metadata.absent.x"))).isNull();
    }

    @Test
    void of_keyWithinSomethingElse_isNull() {
        assertThat(RECORD.get(AttributePath.parse("status.length"))).isNull();
        assertThat(RECORD.get(AttributePath.parse("metadata.list.0"))).isNull();
        assertThat(Attributes.of(Collections.singletonMap("a", null)).get(AttributePath.parse("a.b")))
                .isNull();
    }

    @Test
    void resolve_fromTheMiddle_followsTheRest() {
        AttributePath path = AttributePath.parse("metadata.cursor.x");

        assertThat(Attributes.resolve(CURSOR, path, 1)).isEqualTo(7);
        assertThat(Attributes.resolve(7, path, 3)).isEqualTo(7);
        assertThat(Attributes.resolve(null, path, 1)).isNull();
    }

    @Test
    void resolve_fromOutOfBounds_isRefused() {
        AttributePath path = AttributePath.of("a");

        assertThatThrownBy(() -> Attributes.resolve(CURSOR, path, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Attributes.resolve(CURSOR, path, -1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
