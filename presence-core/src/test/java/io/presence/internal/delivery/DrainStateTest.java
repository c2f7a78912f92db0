package io.presence.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.fixture.Promise;
import org.junit.jupiter.api.Test;

/** The drain that begins, and the duty to schedule the next one. */
class DrainStateTest {

    private final DrainState turns = new DrainState();

    @Test
    void begin_ofNewestTicket_succeedsOnce() {
        int ticket = turns.signal();
        assertThat(turns.begin(ticket)).isTrue();
        assertThat(turns.begin(ticket)).isFalse();
    }

    @Test
    void begin_afterRenew_succeedsForTheNewTicketAlone() {
        int late = turns.signal();
        int renewed = turns.renew(late);
        assertThat(turns.begin(late)).isFalse();
        assertThat(turns.begin(renewed)).isTrue();
        assertThat(turns.end()).isTrue();
        assertThat(turns.begin(late)).isFalse();
    }

    @Test
    void renew_afterBegin_returnsNoTicket() {
        int ticket = turns.signal();
        turns.begin(ticket);
        assertThat(turns.renew(ticket)).isEqualTo(DrainState.NONE);
    }

    @Test
    void cancel_ofRunningDrain_doesNothing() {
        int ticket = turns.signal();
        turns.begin(ticket);
        turns.cancel(ticket);
        assertThat(turns.isIdle()).isFalse();
        assertThat(turns.signal()).isEqualTo(DrainState.NONE);
        assertThat(turns.end()).isFalse();
    }

    @Test
    @Promise("gate-released")
    void reset_ofSignalledDrain_letsTheNextSignalSchedule() {
        turns.begin(turns.signal());
        assertThat(turns.signal()).isEqualTo(DrainState.NONE);
        turns.abort();
        assertThat(turns.signal()).isNotEqualTo(DrainState.NONE);
    }

    @Test
    void scheduleNext_always_returnsANewTicket() {
        int former = turns.signal();
        turns.begin(former);
        int following = turns.scheduleNext();
        assertThat(turns.scheduled()).isEqualTo(following);
        assertThat(turns.begin(former)).isFalse();
        assertThat(turns.begin(following)).isTrue();
    }
}
