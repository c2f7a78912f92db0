package io.presence.bench.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogScaleTest {

    @Test
    void at_powersOfTen_areEquidistant() {
        LogScale scale = new LogScale(1_000, 1_000_000, 0, 300);
        assertThat(scale.at(1_000)).isCloseTo(0, within(1e-9));
        assertThat(scale.at(10_000)).isCloseTo(100, within(1e-9));
        assertThat(scale.at(1_000_000)).isCloseTo(300, within(1e-9));
    }

    @Test
    void at_descendingLine_placesDownwards() {
        assertThat(new LogScale(10, 1_000, 400, 0).at(100)).isCloseTo(200, within(1e-9));
    }

    @Test
    void ticks_wideRange_arePowersOfTen() {
        assertThat(new LogScale(1_000, 10_000_000, 0, 1).ticks()).containsExactly(1e3, 1e4, 1e5, 1e6, 1e7);
    }

    @Test
    void ticks_narrowRange_encloseTheNumbers() {
        assertThat(new LogScale(24, 170, 0, 1).ticks()).containsExactly(20.0, 50.0, 100.0, 200.0);
    }

    @Test
    void ticks_oneNumber_areTwo() {
        assertThat(new LogScale(100, 100, 0, 1).ticks()).contains(100.0, 1000.0);
    }

    @Test
    void constructor_zero_throws() {
        assertThatThrownBy(() -> new LogScale(0, 1, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("least must be between 0 and 1.0: 0.0");
    }
}
