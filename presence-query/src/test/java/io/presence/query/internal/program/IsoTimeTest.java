package io.presence.query.internal.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Values;
import io.presence.query.fixture.Seed;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same texts are date-times as for the JDK's formatter, and denote the same. */
class IsoTimeTest {
    private static final List<String> TIMES = List.of(
            "2026-01-01T00:00Z",
            "2024-02-29t23:59:59.999999999z",
            "2026-12-31T12:34:56.7+05:30",
            "0000-01-01T00:00:00-18:00",
            "+12026-06-30T01:02:03+01",
            "-0001-06-30T01:02:03.123+01:02:03",
            "2026-06-30T01:02:03+0102",
            "2026-06-30T01:02:03.Z");
    private static final String CHARACTERS = "0123456789-+:.TtZz x";

    private final SplittableRandom random = Seed.random();

    private static void assertSame(String text) {
        assertThat(IsoTime.parse(text)).as(text).isEqualTo(Values.timestamp(text));
    }

    @Test
    void parse_textsNearDateTimes_agreesWithTheFormatter() {
        int times = 0;
        for (int i = 0; i < 40_000; i++) {
            String text = TIMES.get(random.nextInt(TIMES.size()));
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                text = changed(text);
            }
            assertSame(text);
            times += Values.timestamp(text) == null ? 0 : 1;
        }
        assertThat(times).isGreaterThan(10_000);
    }

    private String changed(String text) {
        int at = random.nextInt(text.length());
        String rest = text.substring(at + random.nextInt(2));
        String put = random.nextInt(3) == 0 ? "" : "" + CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
        return text.substring(0, at) + put + rest;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-02-29T00:00Z",
                "2026-13-01T00:00Z",
                "2026-01-01T24:00Z",
                "2026-01-01T00:00:60Z",
                "2026-01-01T00:00+18:01",
                "2026-01-01T00:00+05:60",
                "2026-01-01T00:00+5",
                "2026-01-01T00:00",
                "-0000-01-01T00:00Z",
                "+2026-01-01T00:00Z",
                "+999999999-12-31T23:59:59-18:00",
                "+1999999999-12-31T23:59:59Z",
                "2026-01-01T00:00:00.1234567891Z",
                "\u0662026-01-01T00:00Z"
            })
    void parse_whatIsNearlyOne_agreesWithTheFormatter(String text) {
        assertSame(text);
    }
}
