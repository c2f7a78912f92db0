package io.presence.query.internal.normal;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Attributes;
import io.presence.query.Interpreter;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** The normal form means the same and is the same, for any filter and any record. */
@Domain(DomainContext.Global.class)
@Domain(FilterArbitraries.class)
class NormalizerPropertyTest {

    /** Each filter against each of 125 records: a quarter of a million pairs. */
    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void normalize_ofAnyFilter_holdsForTheSameRecords(
            @ForAll Query.Filter filter,
            @ForAll @Size(5) List<Object> a,
            @ForAll @Size(5) List<Object> b,
            @ForAll @Size(5) List<Object> k) {
        Query.Filter normal = Normalizer.normalize(filter);

        for (Attributes record : records(a, b, k)) {
            assertThat(Interpreter.matches(normal, record))
                    .as("%s as %s", filter, normal)
                    .isEqualTo(Interpreter.matches(filter, record));
        }
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void normalize_normalForm_isItsOwn(@ForAll Query.Filter filter) {
        Query.Filter normal = Normalizer.normalize(filter);

        assertThat(Normalizer.normalize(normal)).isEqualTo(normal);
    }

    @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
    void normalize_otherWords_areTheSame(@ForAll Query.Filter filter, @ForAll Random random) {
        Query.Filter rewritten = new Rewriter(random).rewrite(filter);
        Query.Filter normal = Normalizer.normalize(filter);
        Query.Filter other = Normalizer.normalize(rewritten);

        assertThat(other).as("%s and %s", filter, rewritten).isEqualTo(normal);
        assertThat(FilterHash.hash(other, 1)).isEqualTo(FilterHash.hash(normal, 1));
    }

    /** The assumption of the property before. */
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void rewrite_ofAnyFilter_holdsForTheSameRecords(
            @ForAll Query.Filter filter,
            @ForAll Random random,
            @ForAll @Size(4) List<Object> a,
            @ForAll @Size(4) List<Object> b,
            @ForAll @Size(4) List<Object> k) {
        Query.Filter rewritten = new Rewriter(random).rewrite(filter);

        for (Attributes record : records(a, b, k)) {
            assertThat(Interpreter.matches(rewritten, record)).isEqualTo(Interpreter.matches(filter, record));
        }
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void normalize_ofAnyFilter_hasNoMoreNodes(@ForAll Query.Filter filter) {
        assertThat(Nodes.count(Normalizer.normalize(filter))).isLessThanOrEqualTo(Nodes.count(filter));
    }

    private static List<Attributes> records(List<Object> a, List<Object> b, List<Object> k) {
        List<Attributes> records = new ArrayList<>();
        a.forEach(x -> b.forEach(y -> k.forEach(z -> records.add(FilterArbitraries.attributesOf(x, y, z)))));
        return records;
    }
}
