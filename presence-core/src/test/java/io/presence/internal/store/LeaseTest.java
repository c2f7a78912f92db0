package io.presence.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The word of one life, by one thread. The races for it are in {@code TouchStress} and {@code WriteStress}. */
class LeaseTest {
    private final Lease lease = new Lease(0, 100) {};

    @Test
    void extend_movesTheDeadlineLaterOnly() {
        assertThat(lease.extend(30, 0)).isTrue();
        assertThat(lease.deadline()).isEqualTo(130);

        assertThat(lease.extend(40, 10)).isTrue();
        assertThat(lease.deadline()).isEqualTo(130);
    }

    @Test
    void renew_setsTheDeadlineAndWhatHeartbeatsGive_evenIfThatIsEarlier() {
        assertThat(lease.renew(30, 10)).isTrue();
        assertThat(lease.deadline()).isEqualTo(40);

        assertThat(lease.extend(35, 0)).isTrue();
        assertThat(lease.deadline()).isEqualTo(45);
    }

    @Test
    void renew_takesBackWhatALongerHeartbeatGave() {
        lease.extend(10, 500);

        assertThat(lease.renew(30, 100)).isTrue();
        assertThat(lease.deadline()).isEqualTo(130);
    }

    @Test
    void atItsDeadlineItIsDead_andStaysSo() {
        assertThat(lease.isAlive(99)).isTrue();
        assertThat(lease.isAlive(100)).isFalse();

        assertThat(lease.deadline()).isEqualTo(Lease.DEAD);
        assertThat(lease.isAlive(50)).isFalse();
        assertThat(lease.extend(50, 100)).isFalse();
        assertThat(lease.renew(50, 100)).isFalse();
        assertThat(lease.kill(50)).isFalse();
    }

    @Test
    void whoeverComesTooLate_decidesTheEnd() {
        assertThat(lease.extend(100, 100)).isFalse();
        assertThat(lease.deadline()).isEqualTo(Lease.DEAD);

        Lease other = new Lease(0, 100) {};
        assertThat(other.renew(100, 100)).isFalse();
        assertThat(other.deadline()).isEqualTo(Lease.DEAD);
    }

    @Test
    void kill_tellsWhetherItWasAlive() {
        assertThat(lease.kill(99)).isTrue();
        assertThat(new Lease(0, 100) {}.kill(100)).isFalse();
    }
}
