package io.presence.query.internal.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Values;
import io.presence.query.fixture.Seed;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampTextTest {

    private static final String TIME = "2026-01-01T00:00:00Z";

    @ParameterizedTest
    @ValueSource(
            strings = {
                TIME,
                "2026-01-01t00:00:00z",
                "2026-01-01T00:00:00.123456789+18:00",
                "+999999999-12-31T23:59:59.999999999-18:00",
                "-999999999-01-01T00:00:00+18:00",
                "2026-01-01 00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-02-30T00:00:00Z",
                "not a timestamp, but with a T in it: T",
                "",
            })
    void of_anyText_isWhatValuesReads(String text) {
        TimestampText time = TimestampText.of(text);

        assertThat(time == null ? null : time.instant()).isEqualTo(Values.timestamp(text));
        assertThat(time == null ? text : time.text()).isEqualTo(text);
        assertThat(TimestampText.operand(text)).isEqualTo(time == null ? text : time);
    }

    @Test
    void of_aTimestampWithOneCharacterChanged_isWhatValuesReads() {
        SplittableRandom random = Seed.random();
        int times = 0;
        for (int i = 0; i < 3_000; i++) {
            int at = random.nextInt(TIME.length());
            StringBuilder text = new StringBuilder(TIME);
            text.setCharAt(at, (char) random.nextInt(32, 127));
            Instant expected = Values.timestamp(text.toString());
            TimestampText time = TimestampText.of(text.toString());
            assertThat(time == null ? null : time.instant()).isEqualTo(expected);
            times += expected == null ? 0 : 1;
        }
        assertThat(times).isGreaterThan(100);
    }
}
