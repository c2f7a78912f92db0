package io.presence.query.internal.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumberRangeTest {

    /** The bounds of long and of double, the last exact integers, and their neighbours. */
    private static final List<Number> EDGES = edges();

    private static List<Number> edges() {
        List<Number> edges = new ArrayList<>();
        for (double edge : new double[] {0, 0.5, 1, 0x1p53, 0x1p63, 0x1p64, Double.MIN_VALUE, Double.MAX_VALUE}) {
            for (double near : new double[] {edge, Math.nextUp(edge), Math.nextDown(edge)}) {
                edges.add(near);
                edges.add(-near);
            }
        }
        for (long edge : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 1, Long.MIN_VALUE, 1L << 53, (1L << 53) + 1, 7}) {
            edges.add(edge);
            edges.add(BigInteger.valueOf(edge).add(BigInteger.ONE));
            edges.add(new BigDecimal(edge).add(new BigDecimal("0.1")));
            edges.add(new BigDecimal(edge).subtract(new BigDecimal("0.1")));
        }
        for (String edge : List.of("1E-400", "-1E-400", "1E+400", "-1E+400")) {
            edges.add(new BigDecimal(edge));
        }
        return edges;
    }

    private final Slots slots = new Slots();

    @Test
    void has_numbersAtAndNextToEachBound_agreesWithComparing() {
        for (Number edge : EDGES) {
            if (Double.isInfinite(edge.doubleValue()) && edge instanceof Double) {
                continue;
            }
            Number key = (Number) Values.key(edge);
            for (boolean inside : new boolean[] {true, false}) {
                NumberBound bound = new NumberBound(key, inside);
                assertAgrees(new NumberRange(bound, null), 1, edge, inside);
                assertAgrees(new NumberRange(null, bound), -1, edge, inside);
            }
        }
    }

    private void assertAgrees(NumberRange range, int side, Number edge, boolean inside) {
        for (Number value : EDGES) {
            slots.replace(0, value);
            int order = side * Values.compareNumbers(value, edge);
            assertThat(range.has(slots, 0))
                    .as("%s on side %d of %s", value, side, edge)
                    .isEqualTo(order > 0 || order == 0 && inside);
        }
    }

    @Test
    void has_whatIsNoNumber_isFalse() {
        NumberRange all = new NumberRange(null, null);
        for (Object value : new Object[] {"7", true, Double.NaN, null, List.of(7)}) {
            slots.replace(0, value);
            assertThat(all.has(slots, 0)).isFalse();
        }
        slots.replace(0, Double.NEGATIVE_INFINITY);
        assertThat(all.has(slots, 0)).isTrue();
    }
}
