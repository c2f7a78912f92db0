package io.presence.internal.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.fixture.Promise;
import org.junit.jupiter.api.Test;

/** The extent of the history, by number of changes and by weight. */
class HistoryTest {

    private static void fill(History history, int steps) {
        for (int i = 0; i < steps; i++) {
            history.add(null);
        }
    }

    @Test
    @Promise("history-size")
    void reaches_always_isTrueForTheGivenNumberOfChanges() {
        History history = new History(100, 1_000);
        fill(history, 250);
        assertThat(history.reaches(250)).isTrue();
        assertThat(history.reaches(150)).isTrue();
        assertThat(history.reaches(149)).isFalse();
        assertThat(history.reaches(251)).isFalse();
    }

    @Test
    void extend_true_keepsTwiceTheNumberUntilFalse() {
        History history = new History(100, 1_000);
        fill(history, 100);
        history.extend(true);
        fill(history, 100);
        assertThat(history.reaches(0)).isTrue();
        history.extend(false);
        fill(history, 1);
        assertThat(history.reaches(101)).isTrue();
        assertThat(history.reaches(100)).isFalse();
    }

    @Test
    void reaches_withoutChanges_isTrueForTheLastRevisionAlone() {
        History history = new History(0, 1_000);
        fill(history, 3);
        assertThat(history.reaches(3)).isTrue();
        assertThat(history.reaches(2)).isFalse();
    }

    @Test
    void add_thatFails_beginsAgainAfterTheChange() {
        int[] left = {3};
        History history = new History(100, 1_000, change -> {
            if (left[0]-- == 0) {
                throw new OutOfMemoryError("on purpose");
            }
            return 1;
        });
        fill(history, 3);
        assertThatThrownBy(() -> history.add(null)).isInstanceOf(OutOfMemoryError.class);
        assertThat(history.reaches(4)).isTrue();
        assertThat(history.reaches(3)).isFalse();
        assertThat(history.bytes()).isZero();
        fill(history, 2);
        assertThat(history.reaches(6)).isTrue();
        assertThat(history.reaches(4)).isTrue();
        assertThat(history.reaches(3)).isFalse();
    }
}
