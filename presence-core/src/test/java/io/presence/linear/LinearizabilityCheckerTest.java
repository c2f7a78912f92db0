package io.presence.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.linear.LinearizabilityChecker.Ordered;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories of a register by hand, legal and illegal. */
class LinearizabilityCheckerTest {

    /** A write of a value, or a read that has returned it. */
    private record Access(boolean isWrite, int value) {}

    /** A register that starts with 0. */
    private enum Register implements Specification<Integer, Access> {
        INSTANCE;

        @Override
        public Integer start() {
            return 0;
        }

        @Override
        public List<Integer> after(Integer state, Access step) {
            return step.isWrite() || step.value() == state ? List.of(step.value()) : List.of();
        }
    }

    private static Ordered<Access> write(int value, long predecessors) {
        return new Ordered<>(new Access(true, value), predecessors);
    }

    private static Ordered<Access> read(int value, long predecessors) {
        return new Ordered<>(new Access(false, value), predecessors);
    }

    private static boolean isLinearizable(List<Ordered<Access>> steps) {
        return LinearizabilityChecker.isLinearizable(Register.INSTANCE, steps);
    }

    @Test
    void reads_besideWrite_areOldThenNew() {
        assertThat(isLinearizable(List.of(write(1, 0), read(0, 0), read(1, 0b10))))
                .isTrue();
    }

    @Test
    void reads_besideWrite_areNotNewThenOld() {
        assertThat(isLinearizable(List.of(write(1, 0), read(1, 0), read(0, 0b10))))
                .isFalse();
    }

    @Test
    void read_afterWrite_isNotOld() {
        assertThat(isLinearizable(List.of(write(1, 0), read(0, 0b1)))).isFalse();
    }

    @Test
    void read_ofValueNeverWritten_isIllegal() {
        assertThat(isLinearizable(List.of(write(1, 0), read(2, 0)))).isFalse();
    }

    @Test
    void reads_ofTwoThreadsBesideTwoWrites_seeOneOrder() {
        assertThat(isLinearizable(List.of(write(1, 0), write(2, 0), read(1, 0b11), read(1, 0b11))))
                .isTrue();
        assertThat(isLinearizable(List.of(write(1, 0), write(2, 0), read(1, 0b11), read(2, 0b11))))
                .isFalse();
    }

    /* Without the memo it would try 13! orders. */
    @Test
    void isLinearizable_ofManyOverlappingSteps_ends() {
        List<Ordered<Access>> steps = new ArrayList<>(Collections.nCopies(12, write(1, 0)));
        steps.add(read(2, 0));
        assertThat(isLinearizable(steps)).isFalse();
    }

    @Test
    void isLinearizable_ofTooManySteps_isRefused() {
        assertThatThrownBy(() -> isLinearizable(Collections.nCopies(64, write(1, 0))))
                .hasMessage("steps must be fewer than 64: 64");
    }
}
