package io.presence.examples.gateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests of moments as texts. */
class TimesTest {

    private static final DateTimeFormatter EXPECTED = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    @Test
    void write_anyMoment_isWhatTheFormatterWrites() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            Instant moment =
                    Instant.ofEpochSecond(random.nextLong(LAST.getEpochSecond()), random.nextInt(1_000_000_000));
            assertThat(Times.write(moment)).isEqualTo(EXPECTED.format(moment));
        }
    }

    @Test
    void write_firstAndLastMoment_areWrittenInFull() {
        assertThat(Times.write(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00.000+00:00");
        assertThat(Times.write(LAST)).isEqualTo("9999-12-31T23:59:59.999+00:00");
    }
}
