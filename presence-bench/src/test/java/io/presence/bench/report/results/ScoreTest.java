package io.presence.bench.report.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScoreTest {

    @Test
    void ofForks_oddNumber_takesMiddleMean() {
        assertThat(Score.ofForks(new double[][] {{9, 11}, {1, 2, 3}, {20}})).isEqualTo(new Score(10, 2, 20));
    }

    @Test
    void ofForks_evenNumber_averagesMiddleMeans() {
        assertThat(Score.ofForks(new double[][] {{8}, {1}, {2}, {4}})).isEqualTo(new Score(3, 1, 8));
    }

    @Test
    void ofForks_oneFork_usesItsIterations() {
        assertThat(Score.ofForks(new double[][] {{4, 1, 2}})).isEqualTo(new Score(2, 1, 4));
    }

    @Test
    void ofForks_withoutIterations_throws() {
        assertThatThrownBy(() -> Score.ofForks(new double[][] {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("forks must not be empty");
        assertThatThrownBy(() -> Score.ofForks(new double[][] {{1}, {}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("iterations of a fork must not be empty");
    }
}
