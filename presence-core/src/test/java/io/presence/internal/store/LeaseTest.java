package io.presence.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The lease word of one incarnation, by one thread. The races for it are in {@code TouchStress} and {@code
 * WriteStress}.
 */
class LeaseTest {

    private final Lease lease = new Lease(0, 100) {};

    private boolean extend(long now, long ttl) {
        return lease.extend(lease.word(), lease.word(), now, ttl);
    }

    private boolean extend(long now) {
        return lease.extend(lease.word(), lease.word(), now);
    }

    @Test
    void extend_toEarlierDeadline_isIgnored() {
        assertThat(extend(30)).isTrue();
        assertThat(lease.deadline()).isEqualTo(130);

        assertThat(extend(40, 10)).isTrue();
        assertThat(lease.deadline()).isEqualTo(130);
    }

    @Test
    void renew_toEarlierDeadline_setsItAndTheTtl() {
        assertThat(lease.renew(30, 10)).isTrue();
        assertThat(lease.deadline()).isEqualTo(40);

        assertThat(extend(35)).isTrue();
        assertThat(lease.deadline()).isEqualTo(45);
    }

    @Test
    void renew_afterLongerHeartbeat_revertsIt() {
        extend(10, 500);

        assertThat(lease.renew(30, 100)).isTrue();
        assertThat(lease.deadline()).isEqualTo(130);
    }

    @Test
    void anyMethod_atDeadline_findsTheLeaseExpiredForGood() {
        assertThat(lease.isAlive(99)).isTrue();
        assertThat(lease.isAlive(100)).isFalse();

        assertThat(lease.deadline()).isEqualTo(Lease.ENDED);
        assertThat(lease.isAlive(50)).isFalse();
        assertThat(extend(50, 100)).isFalse();
        assertThat(lease.renew(50, 100)).isFalse();
        assertThat(lease.terminate(50)).isFalse();
    }

    @Test
    void anyMethod_firstAfterDeadline_endsTheLease() {
        assertThat(lease.isAlive(100)).isFalse();
        assertThat(lease.deadline()).isEqualTo(Lease.ENDED);
        assertThat(extend(100, 100)).isFalse();

        Lease other = new Lease(0, 100) {};
        assertThat(other.renew(100, 100)).isFalse();
        assertThat(other.deadline()).isEqualTo(Lease.ENDED);
    }

    @Test
    void kill_always_returnsWhetherItWasAlive() {
        assertThat(lease.terminate(99)).isTrue();
        assertThat(new Lease(0, 100) {}.terminate(100)).isFalse();
    }

    @Test
    void extend_wordOfEarlierEpoch_changesNothing() {
        long before = lease.word();
        assertThat(lease.extendAtLeast(0, 100)).isTrue();
        lease.advanceEpoch(Lease.nextEpoch(before, 100));

        assertThat(lease.deadline()).isEqualTo(100);
        assertThat(lease.extend(before, before, 0, 500)).isFalse();
        assertThat(lease.deadline()).isEqualTo(100);
    }

    @Test
    void extend_wordBehindTheState_beginsItsEpochAndExtendsNothing() {
        long next = Lease.nextEpoch(lease.word(), 50);
        assertThat(lease.extend(lease.word(), next, 10, 500)).isFalse();
        assertThat(lease.deadline()).isEqualTo(50);
        assertThat(lease.extend(lease.word(), next, 10, 500)).isTrue();
        assertThat(lease.deadline()).isEqualTo(510);
    }

    @Test
    void settle_wordOfCurrentEpoch_changesNothing() {
        long next = Lease.nextEpoch(lease.word(), 50);
        lease.advanceEpoch(next);
        assertThat(extend(10, 300)).isTrue();

        lease.advanceEpoch(next);
        assertThat(lease.deadline()).isEqualTo(310);
    }

    @Test
    void settle_endedLease_changesNothing() {
        long next = Lease.nextEpoch(lease.word(), 500);
        assertThat(lease.terminate(50)).isTrue();

        lease.advanceEpoch(next);
        assertThat(lease.deadline()).isEqualTo(Lease.ENDED);
    }

    @Test
    void secure_shorterTtl_keepsTheDeadlineUntilTheEpochBegins() {
        assertThat(lease.extendAtLeast(30, 10)).isTrue();
        assertThat(lease.deadline()).isEqualTo(100);

        lease.advanceEpoch(Lease.nextEpoch(lease.word(), 40));
        assertThat(lease.deadline()).isEqualTo(40);
        assertThat(extend(35)).isTrue();
        assertThat(lease.deadline()).isEqualTo(45);
    }

    @Test
    void epoch_afterOverflow_differsFromThePrevious() {
        long word = lease.word();
        for (int i = 0; i < 9; i++) {
            long next = Lease.nextEpoch(word, 100);
            assertThat(next).isNotEqualTo(word);
            lease.advanceEpoch(next);
            assertThat(lease.word()).isEqualTo(next);
            assertThat(lease.deadline()).isEqualTo(100);
            word = next;
        }
    }
}
