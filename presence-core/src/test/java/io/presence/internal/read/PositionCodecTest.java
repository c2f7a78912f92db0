package io.presence.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.fixture.Promise;
import io.presence.query.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PositionCodecTest {

    private static final List<Object> VALUES = Arrays.asList(
            null,
            true,
            false,
            (byte) -1,
            (short) 7,
            7,
            Long.MIN_VALUE,
            0.1f,
            -0.0,
            Double.MIN_VALUE,
            BigInteger.TWO.pow(3655).subtract(BigInteger.ONE).negate(),
            new BigDecimal("-1e1100"),
            new BigDecimal(BigInteger.TWO.pow(3655).subtract(BigInteger.ONE), 1100),
            "",
            "ada",
            "\ud83d\ude00".repeat(SortKeys.MAX_CHARACTERS),
            "\ud83d",
            "\ude00\ud83d".repeat(SortKeys.MAX_CHARACTERS / 2),
            "\uffff\u0000",
            Instant.parse("2026-01-01T00:00:00.123456789Z"),
            List.of("x"),
            Map.of("k", "x"));

    @Test
    void read_ofWrittenPosition_hasTheSameOrder() {
        PagePosition position = new PagePosition(VALUES, "auth0|5f7c");
        PagePosition read = PositionCodec.read(PositionCodec.write(position), VALUES.size());

        assertThat(read.id()).isEqualTo("auth0|5f7c");
        for (int i = 0; i < VALUES.size(); i++) {
            for (Object other : VALUES) {
                assertThat(Integer.signum(
                                Values.ascending().compare(read.values().get(i), other)))
                        .as("%s against %s", VALUES.get(i), other)
                        .isEqualTo(Integer.signum(Values.ascending().compare(VALUES.get(i), other)));
            }
        }
    }

    @Test
    @Promise("cursor-size")
    void write_eachValue_takesAtMostTheBound() {
        for (Object value : VALUES) {
            assertThat(PositionCodec.write(new PagePosition(Arrays.asList(value), "")))
                    .as(String.valueOf(value))
                    .hasSizeLessThanOrEqualTo(PositionCodec.MAX_VALUE_BYTES);
        }
    }
}
