package io.presence.query.internal.normal;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Query;
import java.util.Arrays;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** The laws of a total order that is consistent with equality. */
@Domain(FilterArbitraries.class)
class CanonicalOrderPropertyTest {

    private static final CanonicalOrder ORDER = new CanonicalOrder(ValueOrder.INSTANCE);

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void compare_ofAnyTwo_isAntisymmetricAndZeroOnlyForEqual(@ForAll Query.Filter a, @ForAll Query.Filter b) {
        Query.Filter left = Normalizer.normalize(a);
        Query.Filter right = Normalizer.normalize(b);

        assertThat(sign(left, right)).isEqualTo(-sign(right, left));
        assertThat(sign(left, right) == 0).isEqualTo(left.equals(right));
        assertThat(sign(left, Normalizer.normalize(a))).isZero();
    }

    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    void compare_ofAnyThree_isTransitive(@ForAll Query.Filter a, @ForAll Query.Filter b, @ForAll Query.Filter c) {
        Query.Filter[] sorted = {Normalizer.normalize(a), Normalizer.normalize(b), Normalizer.normalize(c)};
        Arrays.sort(sorted, ORDER);

        assertThat(sign(sorted[0], sorted[1])).isNotPositive();
        assertThat(sign(sorted[1], sorted[2])).isNotPositive();
        assertThat(sign(sorted[0], sorted[2])).isNotPositive();
    }

    private static int sign(Query.Filter a, Query.Filter b) {
        return Integer.signum(ORDER.compare(a, b));
    }
}
