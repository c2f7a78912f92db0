package io.presence.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An assertion that describes itself only if it fails, for millions of comparisons. */
final class Check {

    private Check() {}

    /** Fails unless two values are equal. */
    static void same(@Nullable Object actual, @Nullable Object expected, Object... what) {
        if (!Objects.equals(actual, expected)) {
            assertThat(actual).as(Arrays.toString(what)).isEqualTo(expected);
        }
    }
}
