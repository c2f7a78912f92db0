package io.presence.contract;

import static io.presence.contract.ErrorCodes.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Channel;
import io.presence.PresenceException.Code;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Subscription.CloseReason;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The drain of a store: its sessions are closed one after the other, and no further one is opened. */
class SessionDrainTest {

    private static final Principal ADA = Principal.user("ada").build();

    private static List<PresenceSession> open(PresenceStore store, int number) {
        List<PresenceSession> sessions = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            PresenceSession session = store.open(ADA);
            session.upsert(PresenceUpsert.of("tab-" + i, "online"));
            sessions.add(session);
        }
        return sessions;
    }

    @Test
    @Promise("session-drain")
    void drain_overTime_closesSessionsEvenly() {
        try (TestStore test = TestStore.create()) {
            Recorder seen = test.follow(test.store());
            List<PresenceSession> sessions = open(test.store(), 4);
            Recorder own = Recorder.chained();
            sessions.get(2).subscribe(Channel.presences(), own);
            test.store().upsert(PresenceUpsert.of("other", "ada", "online"));
            test.drain();
            seen.takeLines();

            test.store().drain(Duration.ofSeconds(8));
            assertRefused(Code.DRAINING, () -> test.store().open(ADA));
            for (int closed = 0; closed < 4; closed++) {
                test.pass(Duration.ofSeconds(2).minusNanos(1));
                assertThat(test.store().stats().sessions()).isEqualTo(4 - closed);
                test.pass(Duration.ofNanos(1));
                assertThat(test.store().stats().sessions()).isEqualTo(3 - closed);
                assertThat(sessions.stream().filter(PresenceSession::isOpen)).hasSize(3 - closed);
                assertThat(seen.takeLines()).singleElement().asString().endsWith(" SHUTDOWN");
            }
            assertThat(own.closed()).containsExactly(CloseReason.DRAINED);
            assertThat(test.store().stats().subscriptions()).isEqualTo(1);
            assertThat(test.store().get("other")).isNotNull();
            test.store().drain(Duration.ZERO);
            test.drain();
        }
    }

    @Test
    @Promise("session-drain")
    void drain_atOnce_closesManySessions() {
        try (TestStore test = TestStore.create()) {
            open(test.store(), 500);
            test.store().drain(Duration.ZERO);
            test.drain();
            assertThat(test.store().stats().sessions()).isZero();
            assertThat(test.store().count()).isZero();
        }
    }

    @Test
    void drain_timeOutOfRange_isRefused() {
        try (TestStore test = TestStore.create()) {
            for (Duration over :
                    new Duration[] {Duration.ofNanos(-1), Duration.ofHours(25), Duration.ofDays(200_000)}) {
                assertThatThrownBy(() -> test.store().drain(over))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("over must be from PT0S to PT24H: " + over);
            }
            test.store().open(ADA).close();
        }
    }

    @Test
    void drain_ofStoreWithThread_wakesItInTime() throws Exception {
        try (PresenceStore store = PresenceStore.builder().build()) {
            PresenceSession session = open(store, 1).get(0);
            var closed =
                    session.subscribe(Channel.presences(), Recorder.loose()).closeFuture();
            store.drain(Duration.ofMillis(20));
            assertThat(closed.toCompletableFuture().get(30, TimeUnit.SECONDS)).isEqualTo(CloseReason.DRAINED);
            assertThat(session.isOpen()).isFalse();
        }
    }
}
