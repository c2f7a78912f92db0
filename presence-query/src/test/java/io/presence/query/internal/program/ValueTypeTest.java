package io.presence.query.internal.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValueTypeTest {

    static Stream<Arguments> names() {
        return Stream.of(
                arguments(null, "null", false),
                arguments(true, "boolean", false),
                arguments(7, "number", true),
                arguments(0.5, "number", true),
                arguments(BigInteger.TWO.pow(64).add(BigInteger.ONE), "number", true),
                arguments(Double.NaN, "number", false),
                arguments("", "string", false),
                arguments(Instant.EPOCH, "timestamp", false),
                arguments(List.of(), "list", false),
                arguments(Map.of(), "map", false),
                arguments('a', "object of another class", false));
    }

    @ParameterizedTest
    @MethodSource("names")
    void name_ofAValue_isThatOfItsKindAndNaNIsNotOrdered(Object value, String name, boolean isNumber) {
        byte type = ValueType.of(value);

        assertThat(ValueType.name(type)).isEqualTo(name);
        assertThat(ValueType.isNumber(type)).isEqualTo(isNumber);
    }
}
