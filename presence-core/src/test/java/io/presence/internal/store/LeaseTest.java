package io.presence.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a write that sets the lifetime makes of a lease: every other rule shows in the store's own tests. */
class LeaseTest {

    private final Lease lease = new Lease(100, 100);

    @Test
    void renewed_asAHeartbeatWould_goesOnWithTheSame() {
        assertThat(lease.renewed(30, 100)).isSameAs(lease);
        assertThat(lease.deadline()).isEqualTo(130);
    }

    @Test
    void renewed_forLonger_isAnotherLease_andTheOldOneLastsAsLong() {
        Lease renewed = lease.renewed(30, 200);
        assertThat(renewed).isNotNull().isNotSameAs(lease);
        assertThat(renewed.ttl()).isEqualTo(200);
        assertThat(renewed.deadline()).isEqualTo(230);
        assertThat(lease.deadline()).isEqualTo(230);
    }

    @Test
    void renewed_forShorter_isAnotherLease_andTheOldOneKeepsItsDeadline() {
        Lease renewed = lease.renewed(30, 10);
        assertThat(renewed).isNotNull().isNotSameAs(lease);
        assertThat(renewed.deadline()).isEqualTo(40);
        assertThat(lease.deadline()).isEqualTo(100);
    }

    @Test
    void renewed_forWhatItHas_afterALongerHeartbeat_isAnotherLease() {
        assertThat(lease.extend(10, 500)).isTrue();
        Lease renewed = lease.renewed(30, 100);
        assertThat(renewed).isNotNull().isNotSameAs(lease);
        assertThat(renewed.deadline()).isEqualTo(130);
    }

    @Test
    void renewed_atItsDeadline_isNone_andTheEndIsDecided() {
        assertThat(lease.renewed(100, 100)).isNull();
        assertThat(lease.deadline()).isEqualTo(Lease.DEAD);
        assertThat(lease.renewed(0, 100)).isNull();
    }
}
