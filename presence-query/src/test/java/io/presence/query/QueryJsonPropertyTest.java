package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.fixture.Promise;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.lifecycle.AfterContainer;

@Domain(DomainContext.Global.class)
@Domain(QueryArbitraries.class)
class QueryJsonPropertyTest {

    private static final QueryLimits LIMITS = QueryArbitraries.LIMITS;
    private static final Set<Method> SEEN = new TreeSet<>();

    @Property(tries = 4000)
    @Promise("query-round-trip")
    void write_thenParse_isTheQuery(@ForAll Query query) {
        SEEN.add(query.method());
        String json = QueryJson.write(query, LIMITS);

        Query parsed = QueryJson.parse(json, LIMITS);

        assertThat(parsed).isEqualTo(query);
        assertThat(QueryJson.write(parsed, LIMITS)).isEqualTo(json);
        LIMITS.check(parsed);
    }

    /** Otherwise the property above would hold of less than it says. */
    @AfterContainer
    static void everyMethodWasSeen() {
        assertThat(SEEN).containsExactly(Method.values());
    }

    @Property(tries = 500)
    void write_thenEncodeAndDecode_isTheText(@ForAll Query query) {
        String json = QueryJson.write(query, LIMITS);

        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(json);
    }

    @Property(tries = 300)
    @Promise("query-round-trip")
    void writeArray_thenParse_isTheQueries(@ForAll @Size(max = 4) List<Query> queries) {
        List<String> texts =
                queries.stream().map(query -> QueryJson.write(query, LIMITS)).toList();

        assertThat(QueryJson.parseAll(texts, LIMITS)).isEqualTo(queries);
        assertThat(QueryJson.writeArray(queries, LIMITS)).isEqualTo("[" + String.join(",", texts) + "]");
        assertThat(QueryJson.parseArray(QueryJson.writeArray(queries, LIMITS), LIMITS))
                .isEqualTo(queries);
    }
}
