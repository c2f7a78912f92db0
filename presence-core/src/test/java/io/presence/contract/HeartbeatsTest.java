package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The heartbeats of a browser, as docs/guide/heartbeats.md describes them. A hidden tab beats once a minute. */
class HeartbeatsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration TICK = PresenceStoreBuilder.DEFAULT_TICK;
    private static final Principal ADA = Principal.user("ada").build();

    private final TestStore test = TestStore.create();
    private final PresenceStore store = test.store();
    private final Recorder received = test.follow(store);

    @AfterEach
    void close() {
        test.close();
    }

    private static PresenceUpsert tab(Duration ttl) {
        return PresenceUpsert.of("tab", "ada", "online").expiresIn(ttl);
    }

    @Test
    @Promise("hidden-tab")
    void hiddenTab_withATtlOf90Seconds_isNeverGone() {
        PresenceSession session = store.open(ADA);
        session.upsert(tab(Duration.ofSeconds(90)));
        for (int beat = 0; beat < 60; beat++) {
            test.pass(MINUTE);
            assertThat(session.touch()).isEqualTo(1);
        }
        assertThat(received.takeLines()).containsExactly("ENTER tab online");
        session.close();
    }

    @Test
    @Promise("hidden-tab")
    void hiddenTab_withAnUpsertAsHeartbeatAndATtlOf90Seconds_isNeverGone() {
        for (int beat = 0; beat < 60; beat++) {
            store.upsert(tab(Duration.ofSeconds(90)));
            test.pass(MINUTE);
        }
        assertThat(received.takeLines()).containsExactly("ENTER tab online");
    }

    /** The trap: a TTL that suits a tab in the foreground. At exactly one minute the heartbeat is too late as well. */
    @Test
    void hiddenTab_withAnUpsertAsHeartbeatAndATtlOfOneMinuteOrLess_flickers() {
        for (int seconds : new int[] {30, 45, 60}) {
            List<String> expected = new ArrayList<>();
            for (int beat = 0; beat < 3; beat++) {
                store.upsert(tab(Duration.ofSeconds(seconds)));
                test.drain();
                test.pass(MINUTE);
                test.pass(TICK);
                expected.addAll(List.of("ENTER tab online", "EXIT tab EXPIRED"));
            }
            assertThat(received.takeLines()).as("a TTL of %d s", seconds).isEqualTo(expected);
        }
    }

    /**
     * A heartbeat can't bring back what has ended. Its result is the only sign: the client must write again. With a
     * touch that returns true for what has ended, or a session that keeps it, this fails.
     */
    @Test
    @Promise("late-heartbeat")
    void heartbeat_afterTheDeadline_returnsThatNothingIsLeft() {
        PresenceSession session = store.open(ADA);
        session.upsert(tab(Duration.ofSeconds(45)));
        test.drain();
        test.pass(MINUTE);
        assertThat(session.touch()).isZero();
        assertThat(store.touch("tab")).isFalse();
        assertThat(store.touchAll(List.of("tab"))).isZero();
        test.pass(MINUTE);
        assertThat(received.takeLines()).containsExactly("ENTER tab online", "EXIT tab EXPIRED");

        session.upsert(tab(Duration.ofSeconds(45)));
        test.drain();
        assertThat(received.takeLines()).containsExactly("ENTER tab online");
        session.close();
    }

    /** A hidden tab is shown as away and stays, although it is heard once a minute only. */
    @Test
    @Promise("hidden-tab")
    void hiddenTab_withAnIdleLadder_isAwayAndNotGone() {
        PresenceSession session = store.open(ADA);
        session.upsert(tab(Duration.ofSeconds(90)).idle(Duration.ofMinutes(5), "away"));
        for (int beat = 0; beat < 10; beat++) {
            test.pass(MINUTE);
            session.touch();
        }
        assertThat(received.takeLines()).containsExactly("ENTER tab online", "UPDATE tab away");
        session.active();
        test.drain();
        assertThat(received.takeLines()).containsExactly("UPDATE tab online");
        session.close();
    }

    /** The socket is open and nothing arrives, as behind a cable that was pulled. No close is ever reported. */
    @Test
    @Promise("silent-client")
    void silentClient_whoseSocketNeverCloses_isGoneOneTtlAfterItsLastHeartbeat() {
        Duration ttl = Duration.ofSeconds(90);
        PresenceSession session = store.open(ADA);
        session.upsert(tab(ttl));
        test.pass(Duration.ofSeconds(20));
        session.touch();
        test.pass(ttl.minusNanos(1));
        assertThat(received.takeLines()).containsExactly("ENTER tab online");
        test.pass(TICK.plusNanos(1));
        assertThat(received.takeLines()).containsExactly("EXIT tab EXPIRED");

        session.close(Duration.ofSeconds(5));
        test.pass(MINUTE);
        assertThat(received.takeLines()).as("the close that comes much later").isEmpty();
    }

    /** A close takes the place of the deadline: the presence ends after the grace, which is shorter than the TTL. */
    @Test
    @Promise("silent-client")
    void lostClient_whoseSocketCloses_isGoneAfterTheGrace() {
        PresenceSession session = store.open(ADA);
        session.upsert(tab(Duration.ofSeconds(90)));
        test.pass(Duration.ofSeconds(20));
        session.close(Duration.ofSeconds(5));
        test.pass(Duration.ofSeconds(5).minusNanos(1));
        assertThat(received.takeLines()).containsExactly("ENTER tab online");
        test.pass(TICK.plusNanos(1));
        assertThat(received.takeLines()).containsExactly("EXIT tab DISCONNECTED");
    }
}
