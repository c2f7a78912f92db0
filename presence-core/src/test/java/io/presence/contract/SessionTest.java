package io.presence.contract;

import static io.presence.contract.ErrorCodes.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Permission;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceException;
import io.presence.PresenceException.Code;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Role;
import io.presence.Scope;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.session.PresenceSession;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holding and fencing: the presences of a session, as their user, other sessions and listeners see them. */
class SessionTest {

    private static final Duration TTL = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Duration TICK = Duration.ofMillis(8);
    private static final Principal ADA = Principal.user("ada").build();
    private static final Principal BOB = Principal.user("bob").build();
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

    private static void assertFenced(PresenceSession session) {
        assertRefused(Code.FENCED, () -> session.touch("tab"));
        assertRefused(
                Code.FENCED, () -> session.update("tab", PresencePatch.none().status("busy")));
        assertRefused(Code.FENCED, () -> session.delete("tab"));
        assertThat(session.touch()).isZero();
    }

    /* Stories. */

    @Test
    @Promise("session-end")
    void multiTab_oneTabCloses_onlyItsPresenceEnds() {
        PresenceSession one = open();
        PresenceSession two = open();
        one.upsert(PresenceUpsert.of("tab-1", "online"));
        two.upsert(PresenceUpsert.of("tab-2", "online"));
        one.close();

        assertThat(store.get("tab-2")).isNotNull();
        assertThat(events()).containsExactly("ENTER tab-2 online");
        two.close();
        assertThat(events()).containsExactly("EXIT tab-2 DISCONNECTED");
    }

    @Test
    @Promise("session-end")
    void firstInLastOut_sharedByTabs_entersAndExitsOnce() {
        List<PresenceSession> tabs = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            PresenceSession tab = open();
            tab.upsert(TAB.shared());
            tabs.add(tab);
        }
        assertThat(events()).containsExactly("ENTER tab online");
        for (int i = 0; i < 15; i++) {
            tabs.get((i * 7) % 16).close();
            assertThat(tabs.get((15 * 7) % 16).touch("tab")).isTrue();
        }
        assertThat(events()).isEmpty();
        tabs.get((15 * 7) % 16).close();
        assertThat(events()).containsExactly("EXIT tab DISCONNECTED");
    }

    @Test
    @Promise("session-fencing")
    void leaveBeforeJoin_newTabFirst_lateLeaveEndsNothing() {
        PresenceSession old = open();
        old.upsert(TAB);
        PresenceSession fresh = open();
        fresh.upsert(PresenceUpsert.of("tab", "busy").expiresIn(TTL));
        old.close();
        assertThat(events()).containsExactly("ENTER tab busy");
        assertThat(fresh.touch()).isEqualTo(1);
    }

    @Test
    @Promise("session-end")
    void zombieAfterCrash_noClose_expiresOneTtlAfterTheLastHeartbeat() {
        PresenceSession crashed = open();
        crashed.upsert(TAB);
        test.pass(Duration.ofSeconds(10));
        assertThat(crashed.touch()).isEqualTo(1);
        test.pass(TTL.minusNanos(1));
        assertThat(events()).containsExactly("ENTER tab online");
        test.pass(TICK);
        assertThat(events()).containsExactly("EXIT tab EXPIRED");
        assertThat(last().lastSeenAt()).isEqualTo(ManualClock.START.plusSeconds(10));
        assertThat(crashed.touch()).isZero();
        assertThat(crashed.touch("tab")).isFalse();
    }

    @Test
    @Promise("session-fencing")
    void staleConnectionsLateClose_afterEqualTakeover_changesNothing() {
        PresenceSession old = open();
        old.upsert(TAB);
        PresenceSession fresh = open();
        fresh.upsert(TAB);
        var before = store.get("tab").expiresAt();
        old.close(GRACE);
        assertThat(store.get("tab").expiresAt()).isEqualTo(before);
        assertThat(events()).containsExactly("ENTER tab online");
        fresh.close();
        assertThat(events()).containsExactly("EXIT tab DISCONNECTED");
    }

    @Test
    @Promise("session-fencing")
    void staleConnectionsLateHeartbeat_afterTakeover_isFenced() {
        PresenceSession old = open();
        old.upsert(TAB.expiresIn(Duration.ofMinutes(10)));
        PresenceSession fresh = open();
        fresh.upsert(TAB);
        test.pass(Duration.ofSeconds(10));

        assertFenced(old);
        assertThat(store.get("tab").expiresAt()).isEqualTo(ManualClock.START.plus(TTL));
        test.pass(Duration.ofSeconds(20));
        assertThat(events()).containsExactly("ENTER tab online", "EXIT tab EXPIRED");
    }

    @Test
    void aPutBetweenDeadlineAndSweep_bySession_startsAWholeNewLife() {
        open().upsert(TAB);
        test.drain();
        test.clock().advance(TTL);
        PresenceSession fresh = open();
        fresh.upsert(TAB);
        assertThat(events()).containsExactly("ENTER tab online", "EXIT tab EXPIRED", "ENTER tab online");
        fresh.close();
        assertThat(events()).containsExactly("EXIT tab DISCONNECTED");
    }

    /* Holding. */

    @Test
    void close_always_endsNowWithTheTimes() {
        PresenceSession session = open();
        session.upsert(TAB);
        test.pass(Duration.ofSeconds(3));
        session.close();
        assertThat(store.get("tab")).isNull();
        assertThat(events()).containsExactly("ENTER tab online", "EXIT tab DISCONNECTED");
        assertThat(last().endedAt()).isEqualTo(ManualClock.START.plusSeconds(3));
        assertThat(last().lastSeenAt()).isEqualTo(ManualClock.START);
        assertThat(last().action()).isEqualTo(PresenceEvent.Action.DELETE);
        assertThat(Cause.DISCONNECTED.isEnd()).isTrue();
    }

    @Test
    void close_afterTheDeadline_isAnExpiry() {
        PresenceSession session = open();
        session.upsert(TAB);
        test.drain();
        test.clock().advance(TTL);
        session.close();
        assertThat(events()).containsExactly("ENTER tab online", "EXIT tab EXPIRED");
    }

    @Test
    void trustedWrite_ofHeldPresence_leavesTheHolder() {
        PresenceSession session = open();
        session.upsert(TAB);
        test.drain();
        store.upsert(PresenceUpsert.of("tab", "ada", "busy").expiresIn(TTL));
        store.as(ADA).update("tab", PresencePatch.none().status("away"));
        assertThat(session.touch("tab")).isTrue();
        test.drain();
        session.close();
        assertThat(events()).containsExactly("ENTER tab online", "UPDATE tab away", "EXIT tab DISCONNECTED");
    }

    @Test
    @Promise("session-fencing")
    void unheldUpsert_ofHeldPresence_leavesNoHolder() {
        PresenceSession one = open();
        PresenceSession two = open();
        one.upsert(TAB.shared());
        two.upsert(TAB.shared());
        test.drain();
        store.as(ADA).upsert(TAB.unheld());
        assertFenced(one);
        assertFenced(two);
        one.close();
        two.close(GRACE);
        assertThat(events()).containsExactly("ENTER tab online");
        test.clock().advance(TTL);
        assertThat(events()).containsExactly("EXIT tab EXPIRED");
    }

    @Test
    void unheldUpsert_withinAGrace_endsByItsTtl() {
        PresenceSession session = open();
        session.upsert(TAB);
        session.close(GRACE);
        store.as(ADA).upsert(TAB.unheld());
        test.drain();
        test.clock().advance(TTL);
        assertThat(events()).containsExactly("ENTER tab online", "EXIT tab EXPIRED");
    }

    @Test
    void unheldUpsert_bySession_isNeitherHeldNorTouched() {
        PresenceSession session = open();
        session.upsert(TAB);
        assertThat(session.upsert(TAB.unheld()).presence().status()).isEqualTo("online");
        assertFenced(session);
        session.upsert(PresenceUpsert.of("note", "typing").expiresIn(TTL).unheld());
        assertThat(session.touch()).isZero();
        session.close();
        assertThat(store.get("tab")).isNotNull();
        assertThat(store.get("note")).isNotNull();
    }

    @Test
    void trustedDelete_ofHeldPresence_endsTheHold() {
        PresenceSession session = open();
        session.upsert(TAB);
        assertThat(store.delete("tab")).isTrue();
        store.upsert(PresenceUpsert.of("tab", "ada", "busy").expiresIn(TTL));
        assertFenced(session);
        session.close();
        assertThat(store.get("tab")).isNotNull();
    }

    @Test
    @Promise("session-fencing")
    void takeover_ofSharedPresence_fencesAllHolders() {
        PresenceSession one = open();
        PresenceSession two = open();
        one.upsert(TAB.shared());
        two.upsert(TAB.shared());
        PresenceSession three = open();
        three.upsert(TAB);
        assertFenced(one);
        assertFenced(two);
        two.close();
        one.close();
        assertThat(three.touch()).isEqualTo(1);
    }

    @Test
    void upsert_byOneHolderAlone_dropsTheOthers() {
        PresenceSession one = open();
        PresenceSession two = open();
        one.upsert(TAB.shared());
        two.upsert(TAB.shared());
        one.upsert(TAB);
        assertFenced(two);
        one.upsert(TAB);
        assertThat(one.touch()).isEqualTo(1);
        one.close();
        assertThat(store.get("tab")).isNull();
    }

    @Test
    void shared_byTheSeventeenth_isRefusedAndChangesNothing() {
        for (int i = 0; i < 16; i++) {
            open().upsert(TAB.shared());
        }
        PresenceSession more = open();
        assertThatThrownBy(() -> more.upsert(PresenceUpsert.of("tab", "busy").shared()))
                .isInstanceOf(PresenceException.class)
                .hasMessage("sessions that hold a presence must be at most 16: tab");
        assertThat(store.get("tab").status()).isEqualTo("online");
        assertFenced(more);
    }

    @Test
    void shared_ofAnotherUser_isRefused() {
        open().upsert(TAB.shared());
        assertRefused(Code.ID_UNAVAILABLE, () -> store.open(BOB).upsert(TAB.shared()));
    }

    @Test
    void operations_onUnreadablePresence_doNotDiscloseIt() {
        PresenceSession stranger = store.open(BOB);
        open().upsert(TAB);
        assertThat(stranger.touch("tab")).isFalse();
        assertThat(stranger.delete("tab")).isFalse();
        assertRefused(Code.NOT_FOUND, () -> stranger.update("tab", PresencePatch.none()));
        open().upsert(TAB.permissions(Permission.read(Role.any())));
        assertFenced(stranger);
    }

    @Test
    void delete_byTheHolder_isDeleted() {
        PresenceSession session = open();
        session.upsert(TAB);
        assertThat(session.delete("tab")).isTrue();
        assertThat(session.delete("tab")).isFalse();
        test.drain();
        session.upsert(TAB);
        test.drain();
        assertThat(session.delete("tab")).isTrue();
        assertThat(events()).containsExactly("ENTER tab online", "EXIT tab DELETED");
    }

    @Test
    void update_byTheHolder_changesThePresence() {
        PresenceSession session = open();
        session.upsert(TAB);
        assertThat(session.update("tab", PresencePatch.none().status("busy"))
                        .presence()
                        .status())
                .isEqualTo("busy");
        assertThat(events()).containsExactly("ENTER tab busy");
    }

    @Test
    void takeovers_byTwoSessionsInTurn_takeNoMoreMemory() {
        PresenceSession one = open();
        PresenceSession two = open();
        for (int i = 0; i < 1_000; i++) {
            one.upsert(TAB);
            two.upsert(TAB);
        }
        assertThat(two.touch()).isEqualTo(1);
        one.close();
        assertThat(events()).containsExactly("ENTER tab online");
    }

    /* The session itself. */

    @Test
    void closedSession_anyOperation_isRefused() {
        PresenceSession session = open();
        assertThat(store.stats().sessions()).isEqualTo(1);
        session.close();
        session.close();
        session.close(GRACE);
        assertThat(session.isOpen()).isFalse();
        assertThat(store.stats().sessions()).isZero();
        assertRefused(Code.SESSION_CLOSED, () -> session.upsert(TAB));
        assertRefused(Code.SESSION_CLOSED, () -> session.update("tab", PresencePatch.none()));
        assertRefused(Code.SESSION_CLOSED, session::touch);
        assertRefused(Code.SESSION_CLOSED, () -> session.touch("tab"));
        assertRefused(Code.SESSION_CLOSED, () -> session.delete("tab"));
        assertRefused(Code.SESSION_CLOSED, session::pause);
        assertRefused(Code.SESSION_CLOSED, session::resume);
        assertRefused(Code.SESSION_CLOSED, () -> session.switchPrincipal(BOB));
    }

    @Test
    void scopes_ofThePrincipal_areRequired() {
        PresenceSession reader =
                store.open(Principal.user("ada").scopes(Scope.PRESENCES_READ).build());
        assertRefused(Code.SCOPE_MISSING, () -> reader.upsert(TAB));
        assertRefused(Code.SCOPE_MISSING, reader::touch);
    }

    @Test
    void closedStore_sessionOperations_areRefusedAndCloseIsQuiet() {
        TestStore other = TestStore.create();
        PresenceSession session = other.store().open(ADA);
        session.upsert(TAB);
        other.close();
        assertRefused(Code.STORE_CLOSED, session::touch);
        assertRefused(Code.STORE_CLOSED, () -> session.upsert(TAB));
        assertRefused(Code.STORE_CLOSED, () -> other.store().open(ADA));
        session.close();
        assertThat(session.isOpen()).isFalse();
    }

    @Test
    void deliverUnchanged_equalTakeover_isAnUpdate() {
        try (TestStore other = TestStore.create(builder -> builder.deliverUnchanged(true))) {
            Recorder delivered = other.follow(other.store());
            PresenceSession old = other.store().open(ADA);
            old.upsert(TAB);
            other.drain();
            old.close(GRACE);
            other.store().open(ADA).upsert(TAB);
            other.drain();
            assertThat(delivered.takeLines()).containsExactly("ENTER tab online", "UPDATE tab online");
        }
    }
}
