package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Role;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The event of each transition of a presence. */
class StoreEventsTest {

    private static final Query ONLINE = Query.equal("status", "online");
    private static final PresencePatch AWAY = PresencePatch.none().status("away");
    private static final PresencePatch BACK = PresencePatch.none().status("online");
    private static final Permission ALL_READ = Permission.read(Role.users());

    private final TestStore test = TestStore.create();
    private final PresenceStore store = test.store();
    private final Presences bob = test.user("bob");

    @AfterEach
    void close() {
        test.close();
    }

    private static PresenceUpsert online(String id) {
        return PresenceUpsert.of(id, "ada", "online").permissions(ALL_READ).expiresIn(Duration.ofSeconds(30));
    }

    private void does(Runnable write) {
        write.run();
        test.drain();
    }

    @Test
    @Promise("event-order")
    void upsert_ofNewPresence_deliversEnter() {
        Recorder delivered = test.follow(bob);
        Presence written = store.upsert(online("p")).presence();
        test.drain();
        PresenceEvent event = delivered.takeOne();
        assertThat(event.change()).isEqualTo(Change.ENTER);
        assertThat(event.action()).isEqualTo(Action.UPSERT);
        assertThat(event.cause()).isNull();
        assertThat(event.presence()).isEqualTo(written);
        assertThat(event.previous()).isNull();
    }

    @Test
    @Promise("event-order")
    void upsert_ofVisiblePresence_deliversUpdateWithPrevious() {
        Recorder delivered = test.follow(bob);
        Presence first = store.upsert(online("p")).presence();
        test.drain();
        delivered.take();
        Presence second = store.update("p", AWAY).presence();
        test.drain();
        PresenceEvent event = delivered.takeOne();
        assertThat(event.change()).isEqualTo(Change.UPDATE);
        assertThat(event.action()).isEqualTo(Action.UPDATE);
        assertThat(event.cause()).isNull();
        assertThat(event.presence()).isEqualTo(second);
        assertThat(event.previous()).isEqualTo(first);

        Presence third = store.upsert(online("p").source("web")).presence();
        test.drain();
        event = delivered.takeOne();
        assertThat(event.change()).isEqualTo(Change.UPDATE);
        assertThat(event.action()).isEqualTo(Action.UPSERT);
        assertThat(event.previous()).isEqualTo(second);
        assertThat(event.presence()).isEqualTo(third);
    }

    @Test
    @Promise("event-order")
    void delete_ofVisiblePresence_deliversExitWithLastState() {
        Recorder delivered = test.follow(bob);
        does(() -> store.upsert(online("p")));
        Presence last = store.update("p", AWAY).presence();
        test.drain();
        delivered.take();
        does(() -> store.delete("p"));
        assertExit(delivered.takeOne(), Action.DELETE, Cause.DELETED, last);
        assertThat(delivered.assembled()).isEmpty();
    }

    @Test
    void expiry_ofVisiblePresence_deliversExitWithLastState() {
        Recorder delivered = test.follow(bob);
        Presence last = store.upsert(online("p")).presence();
        test.drain();
        delivered.take();
        test.pass(Duration.ofSeconds(31));
        assertExit(delivered.takeOne(), Action.DELETE, Cause.EXPIRED, last);
    }

    private static void assertExit(PresenceEvent event, Action action, Cause cause, Presence last) {
        assertThat(event.change()).isEqualTo(Change.EXIT);
        assertThat(event.action()).isEqualTo(action);
        assertThat(event.cause()).isEqualTo(cause);
        assertThat(event.presence()).isEqualTo(last);
        assertThat(event.previous()).isNull();
    }

    @Test
    void update_changingTheMatch_deliversEnterOrExit() {
        Recorder delivered = test.follow(bob, ONLINE);
        does(() -> store.upsert(online("p")));
        Presence last = delivered.takeOne().presence();
        does(() -> store.update("p", AWAY));
        assertExit(delivered.takeOne(), Action.UPDATE, Cause.NO_LONGER_MATCHES, last);
        does(() -> store.update("p", PresencePatch.none().source("web")));
        assertThat(delivered.takeLines()).isEmpty();
        does(() -> store.update("p", BACK));
        PresenceEvent event = delivered.takeOne();
        assertThat(event.change()).isEqualTo(Change.ENTER);
        assertThat(event.action()).isEqualTo(Action.UPDATE);
        assertThat(event.previous()).isNull();
        assertThat(event.presence().source()).isEqualTo("web");
    }

    @Test
    void delete_ofInvisiblePresence_deliversNothing() {
        Recorder delivered = test.follow(bob, ONLINE);
        does(() -> store.upsert(online("p")));
        does(() -> store.update("p", AWAY));
        delivered.take();
        does(() -> store.delete("p"));
        does(() -> store.upsert(PresenceUpsert.of("q", "ada", "away").permissions(ALL_READ)));
        test.pass(Duration.ofHours(1));
        assertThat(delivered.takeLines()).isEmpty();
    }

    @Test
    void update_changingReadability_deliversEnterOrExit() {
        Recorder delivered = test.follow(bob);
        does(() -> store.upsert(online("p")));
        Presence last = delivered.takeOne().presence();
        does(() -> store.update("p", PresencePatch.none().permissions(List.of())));
        assertExit(delivered.takeOne(), Action.UPDATE, Cause.NO_LONGER_READABLE, last);
        does(() -> store.update("p", AWAY));
        does(() -> store.touch("p"));
        assertThat(delivered.takeLines()).isEmpty();
        does(() -> store.update("p", PresencePatch.none().permissions(ALL_READ)));
        assertThat(delivered.takeLines()).containsExactly("ENTER p away");
    }

    @Test
    @Promise("no-leak")
    void exit_byLossOfReadability_hidesTheNewState() {
        Recorder delivered = test.follow(bob);
        does(() -> store.upsert(online("p").metadata(Map.of("open", 1))));
        delivered.take();
        does(() -> store.upsert(PresenceUpsert.of("p", "ada", "secret")
                .metadata(Map.of("secret", 1))
                .source("x")));
        PresenceEvent event = delivered.takeOne();
        assertThat(event.cause()).isEqualTo(Cause.NO_LONGER_READABLE);
        assertThat(event.presence().status()).isEqualTo("online");
        assertThat(event.presence().metadata()).isEqualTo(Map.of("open", 1));
        assertThat(event.presence().source()).isNull();
        assertThat(event.previous()).isNull();
        assertThat(event.toString()).doesNotContain("secret");
    }

    @Test
    @Promise("no-leak")
    void exit_byLossOfReadability_hidesWhetherItMatches() {
        Recorder delivered = test.follow(bob, ONLINE);
        does(() -> store.upsert(online("p")));
        delivered.take();
        does(() -> store.upsert(PresenceUpsert.of("p", "ada", "secret")));
        assertThat(delivered.takeLines()).containsExactly("EXIT p NO_LONGER_READABLE");
    }

    @Test
    void exit_whenHiddenAndDeletedBetweenCycles_hidesTheLastState() {
        Recorder delivered = test.follow(bob);
        does(() -> store.upsert(online("p")));
        delivered.take();
        store.upsert(PresenceUpsert.of("p", "ada", "secret"));
        store.delete("p");
        test.drain();
        PresenceEvent event = delivered.takeOne();
        assertThat(event.change()).isEqualTo(Change.EXIT);
        assertThat(event.presence().status()).isEqualTo("online");
    }

    @Test
    void change_seenByTwoSubscriptions_isEnterForOneAndExitForOther() {
        Recorder online = test.follow(bob, ONLINE);
        Recorder away = test.follow(bob, Query.equal("status", "away"));
        Recorder all = test.follow(bob);
        does(() -> store.upsert(online("p")));
        does(() -> store.update("p", AWAY));
        assertThat(online.takeLines()).containsExactly("ENTER p online", "EXIT p NO_LONGER_MATCHES");
        assertThat(away.takeLines()).containsExactly("ENTER p away");
        assertThat(all.takeLines()).containsExactly("ENTER p online", "UPDATE p away");
    }

    @Test
    void upsert_twiceBetweenCycles_deliversOneEventOfLatestState() {
        Recorder delivered = test.follow(bob);
        store.upsert(online("p"));
        store.update("p", AWAY);
        store.update("p", PresencePatch.none().source("web"));
        test.drain();
        PresenceEvent event = delivered.takeOne();
        assertThat(event.change()).isEqualTo(Change.ENTER);
        assertThat(event.action()).isEqualTo(Action.UPSERT);
        assertThat(event.presence()).isEqualTo(store.get("p"));
    }

    @Test
    void action_ofConflatedUpdateAndUpsert_isUpsert() {
        Recorder delivered = test.follow(bob);
        does(() -> store.upsert(online("p")));
        delivered.take();
        store.update("p", AWAY);
        store.upsert(online("p"));
        store.update("p", PresencePatch.none().status("busy"));
        test.drain();
        PresenceEvent event = delivered.takeOne();
        assertThat(event.change()).isEqualTo(Change.UPDATE);
        assertThat(event.action()).isEqualTo(Action.UPSERT);
        assertThat(event.presence().status()).isEqualTo("busy");

        store.update("p", AWAY);
        store.update("p", BACK);
        test.drain();
        assertThat(delivered.takeOne().action()).isEqualTo(Action.UPDATE);
    }

    @Test
    void update_awayAndBackBetweenCycles_deliversNoExit() {
        Recorder delivered = test.follow(bob, ONLINE);
        does(() -> store.upsert(online("p")));
        delivered.take();
        store.update("p", AWAY);
        store.update("p", BACK);
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("UPDATE p online");
    }

    @Test
    void upsert_afterDeleteBetweenCycles_deliversExitAndEnter() {
        Recorder delivered = test.follow(bob);
        does(() -> store.upsert(online("p")));
        delivered.take();
        store.delete("p");
        store.upsert(online("p").source("again"));
        test.drain();
        assertThat(delivered.events()).extracting(PresenceEvent::action).endsWith(Action.DELETE, Action.UPSERT);
        assertThat(delivered.takeLines()).containsExactly("EXIT p DELETED", "ENTER p online");
    }

    @Test
    void delete_afterUpdateBetweenCycles_deliversUpdateThenExit() {
        Recorder delivered = test.follow(bob);
        does(() -> store.upsert(online("p")));
        delivered.take();
        store.update("p", AWAY);
        store.delete("p");
        store.upsert(online("p"));
        test.drain();
        assertThat(delivered.events())
                .extracting(PresenceEvent::action)
                .endsWith(Action.UPDATE, Action.DELETE, Action.UPSERT);
        assertThat(delivered.takeLines()).containsExactly("UPDATE p away", "EXIT p DELETED", "ENTER p online");
    }

    @Test
    void upsert_ofManyIncarnationsBetweenCycles_deliversFirstExitAndLastEnter() {
        Recorder delivered = test.follow(bob);
        does(() -> store.upsert(online("p")));
        delivered.take();
        test.clock().advance(Duration.ofSeconds(30));
        store.upsert(online("p").source("second"));
        store.delete("p");
        store.upsert(online("p").source("third"));
        store.delete("p");
        store.upsert(online("p").source("fourth"));
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("EXIT p EXPIRED", "ENTER p online");
        assertThat(delivered.assembled().get("p").source()).isEqualTo("fourth");
    }

    @Test
    void delete_ofUndispatchedPresence_deliversNothing() {
        Recorder delivered = test.follow(bob);
        store.upsert(online("p"));
        store.delete("p");
        test.drain();
        store.upsert(online("q"));
        test.clock().advance(Duration.ofSeconds(30));
        test.drain();
        test.pass(Duration.ofSeconds(60));
        assertThat(delivered.takeLines()).isEmpty();
    }

    @Test
    void upsert_byNewOwner_deliversExitToFormerReaders() {
        Recorder delivered = test.follow(bob);
        does(() -> store.upsert(online("p")));
        delivered.take();
        store.delete("p");
        store.upsert(PresenceUpsert.of("p", "eve", "secret"));
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("EXIT p DELETED");
    }

    @Test
    void upsert_ofEqualState_deliversNothing() {
        Recorder delivered = test.follow(bob);
        does(() -> store.upsert(online("p")));
        does(() -> store.upsert(online("p")));
        assertThat(delivered.takeLines()).containsExactly("ENTER p online");
    }

    @Test
    void revision_ofEachChange_risesByOne() {
        Recorder all = test.follow(store);
        Recorder mine = test.follow(bob);
        does(() -> store.upsert(online("a")));
        does(() -> store.upsert(PresenceUpsert.of("b", "ada", "online")));
        does(() -> store.update("a", AWAY));
        does(() -> store.delete("b"));
        does(() -> store.delete("a"));
        assertThat(all.events()).extracting(PresenceEvent::revision).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(mine.events()).extracting(PresenceEvent::revision).containsExactly(1L, 3L, 5L);
    }

    @Test
    void events_ofSeveralPresences_areInOrderOfFirstWrite() {
        Recorder delivered = test.follow(store);
        store.upsert(online("b"));
        store.upsert(online("a"));
        store.upsert(online("c"));
        store.update("b", AWAY);
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("ENTER b away", "ENTER a online", "ENTER c online");
    }

    @Test
    void channel_ofOneId_deliversThatPresenceAlone() {
        Recorder delivered = Recorder.chained();
        bob.subscribe(Channel.presence("a.b"), delivered);
        does(() -> store.upsert(online("a.b")));
        does(() -> store.upsert(online("a")));
        does(() -> store.upsert(online("a.b.c")));
        does(() -> store.update("a.b", AWAY));
        does(() -> store.delete("a.b"));
        assertThat(delivered.takeLines()).containsExactly("ENTER a.b online", "UPDATE a.b away", "EXIT a.b DELETED");
    }

    @Test
    void channel_ofOneAction_deliversThatActionAlone() {
        Recorder upserts = Recorder.loose();
        Recorder updates = Recorder.loose();
        Recorder deletes = Recorder.loose();
        bob.subscribe(Channel.presences().upsert(), upserts);
        bob.subscribe(Channel.presences().update(), updates);
        bob.subscribe(Channel.presence("p").delete(), deletes);
        does(() -> store.upsert(online("p")));
        does(() -> store.update("p", AWAY));
        does(() -> store.upsert(online("p")));
        does(() -> store.delete("p"));
        does(() -> store.upsert(online("p")));
        test.pass(Duration.ofSeconds(31));
        does(() -> store.upsert(online("q")));
        does(() -> store.delete("q"));
        assertThat(upserts.takeLines())
                .containsExactly("ENTER p online", "UPDATE p online", "ENTER p online", "ENTER q online");
        assertThat(updates.takeLines()).containsExactly("UPDATE p away");
        assertThat(deletes.takeLines()).containsExactly("EXIT p DELETED", "EXIT p EXPIRED");
    }

    @Test
    void channel_ofEachConflatedAction_deliversUnderThatAction() {
        Recorder upserts = Recorder.loose();
        Recorder updates = Recorder.loose();
        bob.subscribe(Channel.presences().upsert(), upserts);
        bob.subscribe(Channel.presences().update(), updates);
        store.upsert(online("p"));
        store.update("p", AWAY);
        test.drain();
        assertThat(upserts.takeOne().action()).isEqualTo(Action.UPSERT);
        assertThat(updates.takeOne().action()).isEqualTo(Action.UPDATE);
        does(() -> store.delete("p"));
        assertThat(upserts.takeLines()).isEmpty();
        assertThat(updates.takeLines()).isEmpty();
    }
}
