package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CompiledQueryTest {

    @Test
    void operations_ofEachTest_areAddedUpAndWithinTheLimit() {
        Query.Filter filter = Query.and(Query.isNull("gone"), Query.contains("name", "a needle"));
        CompiledQuery<Map<String, ?>> query = CompiledQuery.compile(filter, RecordSchema.maps());
        QueryLimits limit = QueryLimits.DEFAULT.withOperations(140_000);
        assertThatCode(() -> limit.check(filter)).doesNotThrowAnyException();

        assertThat(query.operations()).isZero();
        query.test(Map.of("name", "x".repeat(65_000)));
        assertThat(query.operations()).isBetween(130_000L, 140_000L);
        query.test(Map.of("name", "x".repeat(65_000)));
        assertThat(query.operations()).isBetween(260_000L, 280_000L);
        assertThat(query.size()).isEqualTo(2);
    }
}
