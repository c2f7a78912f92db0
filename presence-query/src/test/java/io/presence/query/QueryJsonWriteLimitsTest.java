package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.query.fixture.Promise;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A written query can be read: one that the reader's limits refuse is not written. */
class QueryJsonWriteLimitsTest {

    private static final Query ONLINE = Query.equal("status", "online");

    static Stream<Arguments> beyondTheLimits() {
        List<Integer> many = IntStream.range(0, 501).boxed().toList();
        String needle = "x".repeat(65_536);
        return Stream.of(
                Arguments.of(Query.equal("a", many), "values must be at most 500: 501 (at $.values)"),
                Arguments.of(Query.equal("a", needle), "text length must be at most 65536: 65584"),
                Arguments.of(
                        Query.contains("a", "x".repeat(257)),
                        "needle length must be at most 256: 257 (at $.values[0])"),
                Arguments.of(
                        Query.or(Collections.nCopies(256, ONLINE)),
                        "nodes must be at most 256: 257 (at $.values[255])"));
    }

    @ParameterizedTest
    @MethodSource("beyondTheLimits")
    @Promise("query-round-trip")
    void write_whatCouldNotBeRead_isRefused(Query query, String message) {
        QueryLimits wide = QueryLimits.DEFAULT
                .withQueries(1)
                .withNodes(1000)
                .withValues(1000)
                .withNeedleLength(1000)
                .withTextLength(1 << 20);

        assertThat(QueryJson.parse(QueryJson.write(query, wide), wide)).isEqualTo(query);
        assertThatThrownBy(() -> QueryJson.write(query))
                .isExactlyInstanceOf(QueryException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> QueryJson.parse(QueryJson.write(query, wide))).isInstanceOf(QueryException.class);
    }

    @Test
    void writeArray_whatCouldNotBeRead_isRefused() {
        List<Query> many = Collections.nCopies(101, ONLINE);

        assertThatThrownBy(() -> QueryJson.writeArray(many)).hasMessage("queries must be at most 100: 101");
        assertThat(QueryJson.parseArray(QueryJson.writeArray(many.subList(1, 101))))
                .hasSize(100);
    }
}
