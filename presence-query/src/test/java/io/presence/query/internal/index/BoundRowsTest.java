package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.internal.plan.Bound;
import org.junit.jupiter.api.Test;

class BoundRowsTest {

    private static final int ROWS = 20;

    private final BoundRows rows = new BoundRows(2, ROWS, false);

    private void insert(int count) {
        for (int i = 0; i < count; i++) {
            rows.insertRow(i);
            rows.set(i, BoundRows.LOW, Bound.ofNumber(i));
            rows.set(i, BoundRows.HIGH, Bound.ofNumber(i));
        }
    }

    @Test
    void reserve_noMoreThanThereIs_changesNothing() {
        rows.reserve(ROWS, false);

        assertThat(rows.length()).isEqualTo(ROWS);
        assertThat(rows.hasTexts()).isFalse();
    }

    @Test
    void reserve_more_growsByAStep() {
        rows.reserve(ROWS + 1, false);

        assertThat(rows.length()).isEqualTo(ROWS + 4);
    }

    @Test
    void reserve_theFirstText_keepsTheRows() {
        insert(3);
        rows.reserve(4, true);
        rows.set(1, BoundRows.HIGH, Bound.ofText("text"));

        assertThat(rows.length()).isEqualTo(ROWS);
        assertThat(rows.get(1, BoundRows.HIGH)).isEqualTo(Bound.ofText("text"));
        assertThat(rows.get(2, BoundRows.HIGH)).isEqualTo(Bound.ofNumber(2));
    }

    @Test
    void shrink_twoStepsAndMore_releasesMemory() {
        insert(12);
        rows.shrink();
        assertThat(rows.length()).isEqualTo(ROWS);

        rows.removeRow(11);
        rows.shrink();
        assertThat(rows.length()).isEqualTo(11 + 4);
        assertThat(rows.get(10, BoundRows.LOW)).isEqualTo(Bound.ofNumber(10));
    }
}
