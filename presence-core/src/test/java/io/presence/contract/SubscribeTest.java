package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Role;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import io.presence.query.QueryException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The start of a subscription, with and without a snapshot. */
class SubscribeTest {

    private static final SubscriptionOptions SNAPSHOT =
            SubscriptionOptions.defaults().withSnapshot();
    private static final PresencePatch AWAY = PresencePatch.none().status("away");

    private final TestStore test = TestStore.create();
    private final PresenceStore store = test.store();

    @AfterEach
    void close() {
        test.close();
    }

    private Presence upsert(String id) {
        return store.upsert(PresenceUpsert.of(id, "ada", "online")).presence();
    }

    @Test
    void upsert_afterSubscribe_isDeliveredByALaterCycle() {
        Recorder delivered = Recorder.chained();
        store.subscribe(Channel.presences(), delivered);
        upsert("p");
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("ENTER p online");
    }

    @Test
    void subscribe_withoutSnapshot_treatsVisiblePresencesAsEntered() {
        Presence known = upsert("p");
        test.drain();
        Recorder delivered = Recorder.chained(known);
        store.subscribe(Channel.presences(), delivered);
        test.drain();
        assertThat(delivered.takeLines()).isEmpty();
        store.update("p", AWAY);
        upsert("q");
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("UPDATE p away", "ENTER q online");
        store.delete("p");
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("EXIT p DELETED");
        assertThat(delivered.synced()).isEmpty();
    }

    @Test
    void upsert_ofExistingPresenceAfterSubscribe_isDelivered() {
        Presence known = upsert("p");
        test.drain();
        Recorder delivered = Recorder.chained(known);
        store.subscribe(Channel.presences(), delivered);
        store.delete("p");
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("EXIT p DELETED");
    }

    @Test
    void upsert_undispatchedAtSubscribe_isDelivered() {
        upsert("p");
        Recorder delivered = Recorder.chained();
        store.subscribe(Channel.presences(), delivered);
        store.update("p", AWAY);
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("ENTER p away");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void snapshot_always_deliversVisiblePresencesThenOnSynced(boolean rounds) {
        upsert("p");
        upsert("q");
        store.upsert(PresenceUpsert.of("r", "ada", "away"));
        if (rounds) {
            test.drain();
        }
        Recorder delivered = test.follow(store, Query.equal("status", "online"));
        assertThat(delivered.takeLines()).containsExactlyInAnyOrder("ENTER p online", "ENTER q online");
        assertThat(delivered.synced()).hasSize(1);
        assertThat(delivered.assembled().values())
                .containsExactlyElementsOf(
                        store.list(Query.equal("status", "online")).presences());
    }

    @Test
    @Promise("snapshot-join")
    void snapshot_always_isOfOneRevisionBeforeLiveEvents() {
        upsert("p");
        upsert("q");
        test.drain();
        Recorder delivered = test.follow(store);
        assertThat(delivered.synced()).containsExactly(2L);
        assertThat(delivered.take()).extracting(PresenceEvent::revision).containsExactly(2L, 2L);
        store.update("p", AWAY);
        test.drain();
        assertThat(delivered.takeOne().revision()).isEqualTo(3);
        assertThat(delivered.synced()).hasSize(1);
    }

    @Test
    @Promise("snapshot-join")
    void snapshot_followedByLiveEvents_hasNoGapAndNoDuplicate() {
        for (int i = 0; i < 20; i++) {
            upsert("p" + i);
        }
        test.drain();
        upsert("late");
        store.delete("p1");
        store.update("p2", AWAY);
        Recorder delivered = Recorder.chained();
        store.subscribe(Channel.presences(), SNAPSHOT, delivered);
        store.delete("p3");
        store.update("p4", AWAY);
        upsert("later");
        store.delete("p5");
        upsert("p5");
        test.drain();
        assertThat(delivered.synced()).hasSize(1);
        assertThat(delivered.assembled()).isEqualTo(listed());
    }

    private Map<String, Presence> listed() {
        return store.list(Query.limit(5000)).presences().stream()
                .collect(Collectors.toMap(Presence::id, presence -> presence));
    }

    @Test
    void snapshot_withoutPresences_syncsAtOnce() {
        Recorder delivered = test.follow(store);
        assertThat(delivered.synced()).containsExactly(0L);
        assertThat(delivered.takeLines()).isEmpty();
    }

    @Test
    void snapshot_onChannelOfOneId_hasThatPresenceAlone() {
        upsert("p");
        upsert("q");
        test.drain();
        Recorder delivered = Recorder.chained();
        Recorder none = Recorder.chained();
        store.subscribe(Channel.presence("p"), SNAPSHOT, delivered);
        store.subscribe(Channel.presence("x"), SNAPSHOT, none);
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("ENTER p online");
        assertThat(delivered.synced()).hasSize(1);
        assertThat(none.takeLines()).isEmpty();
        assertThat(none.synced()).hasSize(1);
    }

    @Test
    void snapshot_ofPrincipal_hasReadablePresencesAlone() {
        upsert("mine");
        store.upsert(PresenceUpsert.of("open", "ada", "online").permissions(Permission.read(Role.users())));
        store.upsert(PresenceUpsert.of("bobs", "bob", "online"));
        test.drain();
        Recorder delivered = test.follow(test.user("bob"));
        assertThat(delivered.assembled()).containsOnlyKeys("open", "bobs");
    }

    @Test
    void snapshot_meetingExpiredPresence_stillDeliversItsExit() {
        store.upsert(PresenceUpsert.of("p", "ada", "online").expiresIn(Duration.ofSeconds(30)));
        test.drain();
        test.clock().advance(Duration.ofSeconds(30));
        Recorder delivered = test.follow(store);
        test.pass(Duration.ofMillis(8));
        assertThat(delivered.assembled()).isEmpty();
    }

    @Test
    void snapshot_onChannelOfOneAction_isRefused() {
        for (Channel channel :
                List.of(Channel.presences().upsert(), Channel.presence("p").delete())) {
            assertThatThrownBy(() -> store.subscribe(channel, SNAPSHOT, event -> {}))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("snapshot must not be set for a channel of one action: " + channel);
        }
    }

    @Test
    void subscribe_queryThatIsNoFilter_isRefusedByName() {
        for (Query option : List.of(
                Query.orderAsc("status"),
                Query.orderDesc("$id"),
                Query.limit(5),
                Query.offset(5),
                Query.cursorAfter("p"),
                Query.cursorBefore("p"),
                Query.select("status"))) {
            QueryException refusal = refusal(option);
            assertThat(refusal.code()).as(option.toString()).isEqualTo(QueryException.Code.NOT_ALLOWED);
            assertThat(refusal).hasMessageContaining(option.method().wireName());
        }
        for (Query filter : List.of(
                Query.isNotNull("expiresAt"),
                Query.greaterThan("expiresAt", "2026-01-01T00:00:00Z"),
                Query.exists("expiresAt"),
                Query.or(Query.equal("status", "online"), Query.isNull("expiresAt")))) {
            QueryException refusal = refusal(filter);
            assertThat(refusal.code()).isEqualTo(QueryException.Code.UNKNOWN_ATTRIBUTE);
            assertThat(refusal).hasMessageContaining("expiresAt");
        }
    }

    private QueryException refusal(Query query) {
        return catchThrowableOfType(
                QueryException.class, () -> store.subscribe(Channel.presences(), event -> {}, query));
    }

    @Test
    void subscribe_selectAll_isAccepted() {
        Recorder delivered = test.follow(store, Query.select("*"));
        upsert("p");
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("ENTER p online");
    }

    @Test
    void subscribe_withLambda_deliversEvents() {
        StringBuilder delivered = new StringBuilder();
        PresenceListener listener = event -> delivered.append(event.presence().id());
        store.subscribe(Channel.presences(), SNAPSHOT, listener);
        upsert("p");
        test.drain();
        store.close();
        assertThat(delivered).hasToString("p");
    }

    @Test
    void subscribe_oneListenerTwice_deliversForEach() {
        Recorder delivered = Recorder.loose();
        store.subscribe(Channel.presences(), delivered);
        store.subscribe(Channel.presence("p"), delivered);
        upsert("p");
        test.drain();
        assertThat(delivered.takeLines()).containsExactly("ENTER p online", "ENTER p online");
    }
}
