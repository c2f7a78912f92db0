package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.AttributePath;
import io.presence.query.fixture.Seed;
import io.presence.query.internal.plan.Bound;
import io.presence.query.internal.plan.Range;
import io.presence.query.internal.plan.Term;
import io.presence.query.internal.program.SlotTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TermIndexTest {

    private static final AttributePath X = AttributePath.of("x");

    private final SlotTable<Map<String, ?>> table = new SlotTable<>(Maps::reader);
    private final TermIndex<String> index = new TermIndex<>(table, Seed.SEED);

    private static final class One extends Posting<String> {
        @Override
        public String query() {
            return "q";
        }
    }

    @Test
    void add_boxesOverOneSlotAndManyOthers_eachPairHasItsGrid() {
        table.retain(X);
        List<Posting<String>> postings = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Term box = box(i);
            assertThat(index.accepts(box)).isTrue();
            index.add(box, () -> {
                postings.add(new One());
                return postings.get(postings.size() - 1);
            });
        }
        assertThat(index.of(table.slot(X)).grids().size()).isEqualTo(100);

        postings.forEach(index::remove);
        assertThat(index.isEmpty()).isTrue();
    }

    private Term box(int i) {
        AttributePath other = AttributePath.of("y" + i);
        table.retain(other);
        Range range = new Range(Range.Domain.NUMBER, Bound.ofNumber(0.25), Bound.ofNumber(0.75));
        return new Term.InBox(X, range, other, range);
    }
}
