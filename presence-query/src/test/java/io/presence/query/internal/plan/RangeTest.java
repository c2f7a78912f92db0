package io.presence.query.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Values;
import io.presence.query.fixture.RandomCases;
import io.presence.query.fixture.Seed;
import io.presence.query.internal.plan.Range.Domain;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RangeTest {

    private final RandomCases cases = new RandomCases(Seed.SEED);

    /** A range may hold a little more than it should, but never less. */
    @Test
    void contains_ofAnyValue_agreesWithItsOrder() {
        List<Object> values = Stream.generate(cases::valueOfRecord).limit(400).toList();
        int within = 0;
        for (int i = 0; i < 1_000; i++) {
            Object operand = cases.valueOfQuery();
            for (Domain domain : Domain.values()) {
                Bound from = Range.from(domain, operand);
                Bound to = Range.to(domain, operand);
                assertThat(from == null).isEqualTo(to == null);
                within += from == null ? 0 : assertContains(domain, from, to, operand, values);
            }
        }
        assertThat(within).isGreaterThan(10_000);
    }

    private static int assertContains(Domain domain, Bound from, Bound to, Object operand, List<Object> values) {
        int within = 0;
        for (Object value : values) {
            int order = Values.compare(value, operand).orElse(99);
            boolean atMost = atMost(domain, to).contains(value);
            boolean atLeast = atLeast(domain, from).contains(value);
            if (order != 99 && domain == domainOf(value)) {
                assertThat(atMost || order > 0)
                        .as("%s at most %s", value, operand)
                        .isTrue();
                assertThat(atLeast || order < 0)
                        .as("%s at least %s", value, operand)
                        .isTrue();
                assertThat(Range.isExact(operand) && (atMost && order > 0 || atLeast && order < 0))
                        .as("%s exactly %s", value, operand)
                        .isFalse();
                within++;
            } else {
                assertThat(atMost || atLeast).as("%s in %s", value, domain).isEqualTo(domain == domainOf(value));
            }
        }
        return within;
    }

    private static Range atLeast(Domain domain, Bound low) {
        return Range.of(domain, low, Bound.HIGHEST);
    }

    private static Range atMost(Domain domain, Bound high) {
        return Range.of(domain, Bound.LOWEST, high);
    }

    private static Domain domainOf(Object value) {
        if (value instanceof String) {
            return Domain.TEXT;
        }
        if (value instanceof Instant) {
            return Domain.TIME;
        }
        return value instanceof Number && Values.key(value) != null ? Domain.NUMBER : null;
    }

    @Test
    void intersect_ofAnyTwo_isTheCommonPart() {
        Range low = atLeast(Domain.NUMBER, Bound.ofNumber(1));
        Range high = atMost(Domain.NUMBER, Bound.ofNumber(2));

        assertThat(low.intersect(high)).isEqualTo(new Range(Domain.NUMBER, Bound.ofNumber(1), Bound.ofNumber(2)));
        assertThat(low.intersect(atMost(Domain.NUMBER, Bound.ofNumber(0)))).isNull();
        assertThat(low.intersect(atMost(Domain.NUMBER, Bound.ofNumber(1)))).isNotNull();
        assertThat(low.isBounded() || high.isBounded()).isFalse();
        assertThat(low.intersect(high).isBounded()).isTrue();
        assertThat(low).hasToString("[1.0, -]");
        assertThat(high).hasToString("[-, 2.0]");
    }
}
