package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.AttributePath;
import io.presence.query.fixture.Seed;
import io.presence.query.internal.plan.Bound;
import io.presence.query.internal.plan.Range;
import io.presence.query.internal.plan.Term;
import io.presence.query.internal.posting.Filing;
import io.presence.query.internal.slots.SlotTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostingsTest {
    private static final AttributePath X = AttributePath.of("x");

    private final SlotTable<Map<String, ?>> table = new SlotTable<>(Maps::reader);
    private final Postings<String> postings = new Postings<>(table, Seed.SEED);

    private static final class One extends Filing<String> {
        @Override
        public String query() {
            return "q";
        }
    }

    @Test
    void add_boxesOverOneSlotAndManyOthers_eachPairHasItsGrid() {
        table.retain(X);
        List<Filing<String>> filings = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Term box = box(i);
            assertThat(postings.accepts(box)).isTrue();
            postings.add(box, () -> {
                filings.add(new One());
                return filings.get(filings.size() - 1);
            });
        }
        assertThat(postings.of(table.slot(X)).grids().size()).isEqualTo(100);

        filings.forEach(postings::remove);
        assertThat(postings.isEmpty()).isTrue();
    }

    private Term box(int i) {
        AttributePath other = AttributePath.of("y" + i);
        table.retain(other);
        Range range = new Range(Range.Domain.NUMBER, Bound.ofNumber(0.25), Bound.ofNumber(0.75));
        return new Term.InBox(X, range, other, range);
    }
}
