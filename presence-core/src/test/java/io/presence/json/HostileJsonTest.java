package io.presence.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.presence.PresencePatch;
import io.presence.fixture.Allocations;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests that are made to fail in an undocumented way, or to take memory. A fuzz test has found each of them. */
class HostileJsonTest {

    /* JDK 25 reads 1e2147483648, which JDK 17 refuses. Neither reads this one. */
    @ParameterizedTest
    @EnumSource
    void read_exponentBeyondAnInt_isRefused(JsonLibrary library) {
        assertThatThrownBy(() -> library.read("{\"metadata\":{\"a\":1e9999999999}}", PresencePatch.class))
                .isInstanceOf(PresenceJsonException.class)
                .hasMessageContaining("must have only numbers whose exponent fits an int");
    }

    @ParameterizedTest
    @EnumSource
    void read_longNameTwice_namesItsBeginning(JsonLibrary library) {
        String member = "\"" + "k".repeat(40_000) + "\":1";
        assertThatThrownBy(() -> library.read("{" + member + "," + member + "}", PresencePatch.class))
                .isInstanceOf(PresenceJsonException.class)
                .hasMessageContaining("kkk...")
                .extracting(Throwable::getMessage, STRING)
                .hasSizeLessThan(1000);
    }

    /* The list has a million values. As text it would be refused after 64 KiB. */
    @Test
    void toPatch_oneListAtManyPlaces_isRefusedWithoutACopyOfAll() {
        List<Object> nested = List.of();
        for (int level = 0; level < 20; level++) {
            nested = List.of(nested, nested);
        }
        Map<String, Object> json = Map.of("metadata", Map.of("a", nested));
        assertThat(Allocations.allocatedOnce(() -> assertThatThrownBy(() -> PresenceJson.toPatch(json))
                        .hasMessage("metadata must be at most 65536 bytes as JSON")))
                .isLessThan(32L << 20);
    }
}
