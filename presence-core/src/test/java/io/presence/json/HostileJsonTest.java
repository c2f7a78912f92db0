package io.presence.json;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.presence.PresencePatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests that are made to fail in an undocumented way, or to take memory. A fuzz test has found each of them. */
class HostileJsonTest {

    @ParameterizedTest
    @EnumSource
    void read_exponentBeyondAnInt_isRefused(JsonLibrary library) {
        assertThatThrownBy(() -> library.read("{\"metadata\":{\"a\":1e2147483648}}", PresencePatch.class))
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
}
