package io.presence.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which turn begins, and who must schedule the next. */
class DrainStateTest {

    private final DrainState turns = new DrainState();

    @Test
    void begin_ofTheNewestTicket_succeedsOnce() {
        int ticket = turns.signal();
        assertThat(turns.begin(ticket)).isTrue();
        assertThat(turns.begin(ticket)).isFalse();
    }

    @Test
    void begin_afterRenew_isForTheNewTicketOnly() {
        int late = turns.signal();
        int renewed = turns.renew(late);
        assertThat(turns.begin(late)).isFalse();
        assertThat(turns.begin(renewed)).isTrue();
        assertThat(turns.end()).isTrue();
        assertThat(turns.begin(late)).isFalse();
    }

    @Test
    void renew_afterBegin_givesNoTicket() {
        int ticket = turns.signal();
        turns.begin(ticket);
        assertThat(turns.renew(ticket)).isEqualTo(DrainState.NONE);
    }

    @Test
    void abandon_ofATurnThatHasBegun_doesNothing() {
        int ticket = turns.signal();
        turns.begin(ticket);
        turns.cancel(ticket);
        assertThat(turns.isIdle()).isFalse();
        assertThat(turns.signal()).isEqualTo(DrainState.NONE);
        assertThat(turns.end()).isFalse();
    }

    @Test
    void giveUp_ofASignalledTurn_letsTheNextSignalScheduleOne() {
        turns.begin(turns.signal());
        assertThat(turns.signal()).isEqualTo(DrainState.NONE);
        turns.reset();
        assertThat(turns.signal()).isNotEqualTo(DrainState.NONE);
    }

    @Test
    void follow_givesATicketThatTheFormerDoesNotHave() {
        int former = turns.signal();
        turns.begin(former);
        int following = turns.scheduleNext();
        assertThat(turns.scheduled()).isEqualTo(following);
        assertThat(turns.begin(former)).isFalse();
        assertThat(turns.begin(following)).isTrue();
    }
}
