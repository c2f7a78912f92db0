package io.presence.internal.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.fixture.Promise;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SecretTest {

    private final Secret secret = new Secret();
    private final byte[] context = bytes("context");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void open_inTheSameContext_isThePlainText() {
        for (String text : new String[] {"", "a", "x".repeat(10_000)}) {
            assertThat(secret.open(secret.seal(bytes(text), context), context)).isEqualTo(bytes(text));
        }
    }

    @Test
    @Promise("cursor-sealed")
    void open_withAnyBitAltered_isNull() {
        byte[] sealed = secret.seal(bytes("ada"), context);
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] altered = sealed.clone();
            altered[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(secret.open(altered, context)).as("bit %s", bit).isNull();
        }
    }

    @Test
    void open_truncated_isNull() {
        byte[] sealed = secret.seal(bytes("ada"), context);
        for (int length = 0; length < sealed.length; length++) {
            assertThat(secret.open(java.util.Arrays.copyOf(sealed, length), context))
                    .isNull();
        }
    }

    @Test
    @Promise("cursor-sealed")
    void open_inAnotherContextOrWithAnotherSecret_isNull() {
        byte[] sealed = secret.seal(bytes("ada"), context);
        assertThat(secret.open(sealed, bytes("contexts"))).isNull();
        assertThat(new Secret().open(sealed, context)).isNull();
    }

    @Test
    @Promise("cursor-sealed")
    void seal_always_hidesThePlainText() {
        byte[] sealed = secret.seal(bytes("a".repeat(64)), context);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("aaaa");
        assertThat(secret.seal(bytes("a".repeat(64)), context)).isEqualTo(sealed);
    }

    @Test
    void mac_ofDifferentPartsOfOneText_differs() {
        assertThat(secret.mac(bytes("ab"), bytes("c"))).isNotEqualTo(secret.mac(bytes("a"), bytes("bc")));
        assertThat(secret.mac(bytes("abc"))).isNotEqualTo(secret.mac(bytes("abc"), bytes("")));
    }
}
