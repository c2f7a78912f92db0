package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.PresenceEvent;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.session.PresenceSession;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The grace after the close of a session: its end, its cause, and the ways out of it. */
class SessionGraceTest {

    private static final Duration TTL = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration TICK = Duration.ofMillis(8);
    private static final Principal ADA = Principal.user("ada").build();
    private static final PresenceUpsert TAB = PresenceUpsert.of("tab", "online").expiresIn(TTL);

    private final TestStore test = TestStore.create();
    private final PresenceStore store = test.store();
    private Recorder seen;

    @BeforeEach
    void follow() {
        seen = test.follow(store);
    }

    @AfterEach
    void close() {
        test.close();
    }

    private List<String> events() {
        test.drain();
        return seen.takeLines();
    }

    private PresenceEvent last() {
        return seen.events().get(seen.events().size() - 1);
    }

    private PresenceSession open() {
        return store.open(ADA);
    }

    @Test
    @Promise("session-grace")
    void flickerAtReload_returnWithinGrace_deliversNothing() {
        PresenceSession old = open();
        old.upsert(TAB);
        assertThat(events()).containsExactly("ENTER tab online");
        old.close(GRACE);
        test.pass(GRACE.minusNanos(1));

        PresenceSession fresh = open();
        fresh.upsert(TAB);
        assertThat(events()).isEmpty();
        assertThat(store.get("tab").expiresAt())
                .isEqualTo(ManualClock.START.plus(GRACE).plus(TTL).minusMillis(1));
        test.pass(TTL.minusNanos(1));
        assertThat(events()).isEmpty();
        test.pass(TICK);
        assertThat(events()).containsExactly("EXIT tab EXPIRED");
    }

    @Test
    @Promise("session-grace")
    void grace_shorterThanTheTtl_endsExactlyThen() {
        PresenceSession session = open();
        session.upsert(TAB);
        test.pass(Duration.ofSeconds(2));
        session.close(GRACE);
        assertThat(store.get("tab").expiresAt()).isEqualTo(ManualClock.START.plusSeconds(7));
        assertThat(store.get("tab").lastSeenAt()).isEqualTo(ManualClock.START);
        test.pass(GRACE.minusNanos(1));
        assertThat(store.get("tab")).isNotNull();
        assertThat(events()).containsExactly("ENTER tab online");
        test.clock().advance(Duration.ofNanos(1));
        assertThat(store.get("tab")).isNull();
        test.pass(TICK);
        assertThat(events()).containsExactly("EXIT tab DISCONNECTED");
        assertThat(last().endedAt()).isEqualTo(ManualClock.START.plusSeconds(7));
        assertThat(last().lastSeenAt()).isEqualTo(ManualClock.START);
    }

    @Test
    @Promise("session-grace")
    void grace_longerThanTheTtl_endsExactlyThen() {
        PresenceSession session = open();
        session.upsert(TAB.expiresIn(Duration.ofSeconds(3)));
        test.pass(Duration.ofSeconds(2));
        session.touch();
        session.close(Duration.ofMinutes(1));
        test.pass(Duration.ofMinutes(1).minusNanos(1));
        assertThat(store.get("tab").lastSeenAt()).isEqualTo(ManualClock.START.plusSeconds(2));
        test.pass(TICK);
        assertThat(events()).containsExactly("ENTER tab online", "EXIT tab DISCONNECTED");
        assertThat(last().endedAt()).isEqualTo(ManualClock.START.plusSeconds(62));
        assertThat(last().lastSeenAt()).isEqualTo(ManualClock.START.plusSeconds(2));
    }

    @Test
    @Promise("session-grace")
    void grace_trustedTouch_renewsByTheTtlAndExpires() {
        PresenceSession session = open();
        session.upsert(TAB);
        session.close(GRACE);
        test.pass(Duration.ofSeconds(4));
        assertThat(store.touch("tab")).isTrue();
        assertThat(store.get("tab").expiresAt()).isEqualTo(ManualClock.START.plusSeconds(34));
        assertThat(store.get("tab").lastSeenAt()).isEqualTo(ManualClock.START.plusSeconds(4));
        test.pass(TTL.plus(TICK));
        assertThat(events()).containsExactly("ENTER tab online", "EXIT tab EXPIRED");
    }

    @Test
    @Promise("session-grace")
    void grace_trustedWriteThatEndsAtTheSameTime_hasExpired() {
        PresenceSession session = open();
        session.upsert(TAB);
        session.close(GRACE);
        test.pass(Duration.ofSeconds(4));
        store.update("tab", PresencePatch.none().expiresIn(Duration.ofSeconds(1)));
        test.pass(Duration.ofSeconds(1).plus(TICK));
        assertThat(events()).containsExactly("ENTER tab online", "EXIT tab EXPIRED");
    }

    @Test
    @Promise("session-grace")
    void grace_patchWithoutLifetime_leavesTheEnd() {
        PresenceSession session = open();
        session.upsert(TAB);
        session.close(GRACE);
        store.update("tab", PresencePatch.none().status("away"));
        test.drain();
        test.pass(GRACE.plus(TICK));
        assertThat(events()).containsExactly("ENTER tab away", "EXIT tab DISCONNECTED");
        assertThat(last().lastSeenAt()).isEqualTo(ManualClock.START);
    }

    @Test
    void grace_deletedMeanwhile_isDeleted() {
        PresenceSession session = open();
        session.upsert(TAB);
        test.pass(Duration.ofSeconds(1));
        session.close(GRACE);
        test.pass(Duration.ofSeconds(1));
        assertThat(store.delete("tab")).isTrue();
        assertThat(events()).containsExactly("ENTER tab online", "EXIT tab DELETED");
        assertThat(last().lastSeenAt()).isEqualTo(ManualClock.START);
        assertThat(last().endedAt()).isEqualTo(ManualClock.START.plusSeconds(2));
    }

    @Test
    @Promise("session-grace")
    void grace_putBetweenItsEndAndSweep_exitsDisconnectedAndEnters() {
        PresenceSession session = open();
        session.upsert(TAB);
        session.close(GRACE);
        test.drain();
        test.clock().advance(GRACE);
        store.upsert(PresenceUpsert.of("tab", "ada", "online"));
        assertThat(events()).containsExactly("ENTER tab online", "EXIT tab DISCONNECTED", "ENTER tab online");
    }

    @Test
    void close_graceOutOfRange_isRefusedAndSessionStaysOpen() {
        PresenceSession session = open();
        session.upsert(TAB);
        for (Duration wrong :
                List.of(Duration.ofMillis(-1), Duration.ofMinutes(1).plusNanos(1))) {
            assertThatThrownBy(() -> session.close(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("grace must not be negative, and must be at most maxGrace, PT1M: " + wrong);
        }
        assertThat(session.isOpen()).isTrue();
        assertThat(session.touch()).isEqualTo(1);
    }

    @Test
    void maxGrace_ofTheBuilder_isTheLimit() {
        try (TestStore other = TestStore.create(builder -> builder.maxGrace(Duration.ofHours(1)))) {
            PresenceSession session = other.store().open(ADA);
            session.upsert(TAB);
            session.close(Duration.ofHours(1));
            other.pass(Duration.ofMinutes(59));
            assertThat(other.store().get("tab")).isNotNull();
        }
    }
}
