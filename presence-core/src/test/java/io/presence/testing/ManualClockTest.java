package io.presence.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ManualClockTest {

    private final ManualClock clock = new ManualClock();

    @Test
    void advance_always_movesBothClocks() {
        long before = clock.getAsLong();
        clock.advance(Duration.ofSeconds(2));
        assertThat(clock.getAsLong() - before).isEqualTo(2_000_000_000L);
        assertThat(clock.instant()).isEqualTo(ManualClock.START.plusSeconds(2));
    }

    @Test
    void setWall_always_movesTheWallClockAlone() {
        long before = clock.getAsLong();
        clock.setWall(ManualClock.START.minusSeconds(60));
        assertThat(clock.getAsLong()).isEqualTo(before);
        assertThat(clock.instant()).isBefore(ManualClock.START);
    }

    @Test
    void advance_backwards_isRefused() {
        assertThatThrownBy(() -> clock.advance(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("time must not be negative: PT-0.000000001S");
    }
}
