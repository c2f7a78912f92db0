package io.presence.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The lease word of one incarnation, by one thread. The races for it are in {@code TouchStress} and {@code
 * WriteStress}.
 */
class LeaseTest {

    /* A lease whose state is always the one that is asked for. */
    private static final class Unentered extends Lease {
        Unentered(long now, long ttl) {
            super(now, ttl);
        }

        @Override
        boolean isPublished(long stateWord) {
            return true;
        }
    }

    private final Lease lease = new Unentered(0, 100);

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
    void renew_withAnotherTtlAndTheSameDeadline_failsHeartbeatsThatReadTheFormerTtl() {
        long seen = lease.word();

        assertThat(lease.renew(50, 50)).isTrue();
        assertThat(lease.extend(seen, seen, 50, 100)).isFalse();
        assertThat(lease.deadline()).isEqualTo(100);
        assertThat(extend(60)).isTrue();
        assertThat(lease.deadline()).isEqualTo(110);
    }

    @Test
    void anyMethod_atDeadline_findsTheLeaseExpiredForGood() {
        assertThat(lease.isAlive(99)).isTrue();
        assertThat(lease.isAlive(100)).isFalse();

        assertThat(lease.deadline()).isEqualTo(Lease.ENDED);
        assertThat(lease.isAlive(50)).isFalse();
        assertThat(extend(50, 100)).isFalse();
        assertThat(extend(50)).isFalse();
        assertThat(lease.renew(50, 200)).isFalse();
        assertThat(lease.extendAtLeast(50, 200)).isFalse();
        assertThat(lease.endAfter(new Grace(150), 50)).isFalse();
        assertThat(lease.terminate(50)).isFalse();
        assertThat(lease.endedAt()).isEqualTo(100);
        assertThat(lease.ttl()).isEqualTo(100);
    }

    @Test
    void terminate_firstAfterDeadline_leavesTheTimeOfTheEnd() {
        assertThat(lease.terminate(130)).isFalse();

        assertThat(lease.isAlive(0)).isFalse();
        assertThat(lease.endedAt()).isEqualTo(100);
        assertThat(lease.ttl()).isEqualTo(100);
    }

    @Test
    void terminate_beforeDeadline_recordsTheTimeSinceTheLastHeartbeat() {
        extend(30);

        assertThat(lease.terminate(70)).isTrue();
        assertThat(lease.endedAt()).isEqualTo(70);
        assertThat(lease.ttl()).isEqualTo(40);
    }

    @Test
    void terminate_afterLongerHeartbeat_recordsThatAsNow() {
        extend(30, 500);

        assertThat(lease.terminate(70)).isTrue();
        assertThat(lease.ttl()).isZero();
    }

    @Test
    void extendAtLeast_laterDeadline_setsIt() {
        assertThat(lease.extendAtLeast(30, 500)).isTrue();
        assertThat(lease.deadline()).isEqualTo(530);
        assertThat(lease.ttl()).isEqualTo(500);
    }

    @Test
    void endAfter_always_setsTheDeadlineAndLeavesTheTtl() {
        Grace grace = new Grace(60);
        extend(30);

        assertThat(lease.endAfter(grace, 40)).isTrue();
        assertThat(lease.deadline()).isEqualTo(60);
        assertThat(lease.ttl()).isEqualTo(100);
        assertThat(grace.lastSeen).isEqualTo(30);
    }

    @Test
    void fence_always_failsHeartbeatsOfEarlierWordsAlone() {
        long before = lease.word();
        lease.fence();

        assertThat(lease.deadline()).isEqualTo(100);
        assertThat(lease.extend(before, before, 30, 100)).isFalse();
        assertThat(lease.deadline()).isEqualTo(100);
        assertThat(lease.extend(lease.word(), before, 30, 100)).isTrue();
        assertThat(lease.deadline()).isEqualTo(130);
    }

    @Test
    void fence_endedLease_changesNothing() {
        lease.terminate(50);
        long ended = lease.word();
        lease.fence();
        assertThat(lease.word()).isEqualTo(ended);
    }

    @Test
    void anyMethod_firstAfterDeadline_endsTheLease() {
        assertThat(lease.isAlive(100)).isFalse();
        assertThat(lease.deadline()).isEqualTo(Lease.ENDED);
        assertThat(extend(100, 100)).isFalse();

        Lease other = new Unentered(0, 100);
        assertThat(other.renew(100, 100)).isFalse();
        assertThat(other.deadline()).isEqualTo(Lease.ENDED);
    }

    @Test
    void terminate_always_returnsWhetherItWasAlive() {
        assertThat(lease.terminate(99)).isTrue();
        assertThat(new Unentered(0, 100).terminate(100)).isFalse();
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
    void advanceEpoch_wordOfCurrentEpoch_changesNothing() {
        long next = Lease.nextEpoch(lease.word(), 50);
        lease.advanceEpoch(next);
        assertThat(extend(10, 300)).isTrue();

        lease.advanceEpoch(next);
        assertThat(lease.deadline()).isEqualTo(310);
    }

    @Test
    void advanceEpoch_endedLease_changesNothing() {
        long next = Lease.nextEpoch(lease.word(), 500);
        assertThat(lease.terminate(50)).isTrue();

        lease.advanceEpoch(next);
        assertThat(lease.deadline()).isEqualTo(Lease.ENDED);
    }

    @Test
    void extendAtLeast_shorterTtl_keepsTheDeadlineUntilTheEpochBegins() {
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
