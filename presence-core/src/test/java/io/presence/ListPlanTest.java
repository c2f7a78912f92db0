package io.presence;

import static io.presence.RefusalAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListPlanTest {

    @Test
    void considered_always_isCopied() {
        List<String> conditions = new ArrayList<>(List.of("equal status: not indexed"));
        ListPlan plan = new ListPlan("full scan", 3, 3, conditions);
        conditions.clear();
        assertThat(plan.considered())
                .containsExactly("equal status: not indexed")
                .isUnmodifiable();
    }

    @Test
    void toString_always_isOnePrintableLine() {
        assertThat(new ListPlan("index on metadata.a\nb", 1, 2, List.of("equal metadata.a\nb: x", "or: y")))
                .hasToString("index on metadata.a?b: 1 of 2 presences; equal metadata.a?b: x; or: y");
    }

    @Test
    void constructor_illegalComponent_isRefused() {
        assertRefused("candidates must not be negative: -1", () -> new ListPlan("$id", -1, 0, List.of()));
        assertRefused("presences must not be negative: -1", () -> new ListPlan("$id", 0, -1, List.of()));
        assertThatNullPointerException()
                .isThrownBy(() -> new ListPlan(null, 0, 0, List.of()))
                .withMessage("access must not be null");
    }
}
