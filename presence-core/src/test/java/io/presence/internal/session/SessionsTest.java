package io.presence.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.presence.PresenceException;
import io.presence.PresenceException.Code;
import io.presence.Principal;
import io.presence.SubscriptionOptions;
import io.presence.fixture.StoreParts;
import io.presence.internal.store.Clocks;
import io.presence.internal.store.PresenceTable;
import io.presence.session.PresenceSession;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The sessions of a store without a dispatcher, and the times at which a drain closes them. */
class SessionsTest {

    private static final Duration MAX_GRACE = Duration.ofMinutes(5);
    private static final Principal ADA = Principal.user("ada").build();
    private static final int MAX_IN_CYCLE = 64;
    private static final long SECOND = 1_000_000_000;

    private final ManualClock clock = new ManualClock();
    private final Clocks clocks = new Clocks(clock, clock);
    private final PresenceTable table = StoreParts.table(clocks);
    private final Sessions sessions = new Sessions(
            table,
            access -> {
                throw new AssertionError("no session must subscribe: " + access);
            },
            MAX_GRACE);

    private List<PresenceSession> open(int number) {
        return Stream.generate(() -> sessions.open(ADA)).limit(number).toList();
    }

    @Test
    void drain_ofSessions_closesThemEvenly() {
        List<PresenceSession> open = open(4);
        assertThat(sessions.idleNanos(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(sessions.advance(0)).isZero();
        sessions.startDrain(Duration.ofSeconds(8), 0);

        for (int closed = 0; closed < 4; closed++) {
            long due = 2 * SECOND * (closed + 1);
            assertThat(sessions.idleNanos(due - 5)).isEqualTo(5);
            assertThat(sessions.advance(due - 5)).isZero();
            assertThat(sessions.idleNanos(due + 5)).isZero();
            assertThat(sessions.advance(due)).isEqualTo(1);
            assertThat(sessions.size()).isEqualTo(3 - closed);
        }
        assertThat(open).noneMatch(PresenceSession::isOpen);
        assertThat(sessions.idleNanos(9 * SECOND)).isEqualTo(Long.MAX_VALUE);
        assertThat(sessions.advance(9 * SECOND)).isZero();
    }

    @Test
    void drain_startedLater_countsFromItsStart() {
        open(1);
        sessions.startDrain(Duration.ofSeconds(8), 100 * SECOND);

        assertThat(sessions.idleNanos(101 * SECOND)).isEqualTo(7 * SECOND);
        assertThat(sessions.advance(107 * SECOND)).isZero();
        assertThat(sessions.advance(108 * SECOND)).isEqualTo(1);
    }

    @Test
    void drain_afterItsTime_closesTheRestByBudget() {
        open(MAX_IN_CYCLE + 2);
        sessions.startDrain(Duration.ZERO, 0);

        assertThat(sessions.idleNanos(0)).isZero();
        assertThat(sessions.advance(0)).isEqualTo(MAX_IN_CYCLE);
        assertThat(sessions.idleNanos(0)).isZero();
        assertThat(sessions.advance(0)).isEqualTo(2);
        assertThat(sessions.size()).isZero();
    }

    @Test
    void startDrain_twice_keepsTheFirst() {
        open(1);
        sessions.startDrain(Duration.ofSeconds(8), 0);
        sessions.startDrain(Duration.ZERO, 0);

        assertThat(sessions.advance(SECOND)).isZero();
        assertThatThrownBy(() -> sessions.startDrain(Duration.ofNanos(-1), 0))
                .hasMessage("over must be from PT0S to PT24H: PT-0.000000001S");
        table.close();
        assertThat(code(() -> sessions.startDrain(Duration.ZERO, 0))).isEqualTo(Code.STORE_CLOSED);
    }

    @Test
    void open_duringADrain_isRefused() {
        sessions.startDrain(Duration.ofSeconds(8), 0);

        assertThat(code(() -> sessions.open(ADA))).isEqualTo(Code.DRAINING);
        assertThat(sessions.size()).isZero();
    }

    @Test
    void close_ofASession_isCountedNoMore() {
        List<PresenceSession> open = open(2);
        assertThat(sessions.size()).isEqualTo(2);
        open.get(0).close();
        open.get(0).close(MAX_GRACE);

        assertThat(sessions.size()).isEqualTo(1);
        assertThat(open.get(1).isOpen()).isTrue();
        assertThat(open.get(1)).hasToString("session of " + ADA);
    }

    @Test
    void graceNanos_atTheMaximum_isAccepted() {
        assertThat(sessions.graceNanos(MAX_GRACE)).isEqualTo(MAX_GRACE.toNanos());
        assertThat(sessions.graceNanos(Duration.ZERO)).isZero();

        assertThatThrownBy(() -> sessions.graceNanos(MAX_GRACE.plusNanos(1)))
                .hasMessage("grace must not be negative, and must be at most maxGrace, PT5M: PT5M0.000000001S");
        assertThatThrownBy(() -> sessions.graceNanos(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void locks_ofAStoreWithout_areRefused() {
        PresenceSession session = sessions.open(ADA);

        assertThat(code(() -> session.tryLock("doc"))).isEqualTo(Code.DENIED);
        assertThatThrownBy(() -> session.subscribeLocks(SubscriptionOptions.defaults(), event -> {}))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Code code(ThrowingCallable call) {
        PresenceException refusal = catchThrowableOfType(PresenceException.class, call);
        assertThat(refusal).as("refusal").isNotNull();
        return refusal.code();
    }
}
