package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresenceListener;
import io.presence.PresencePage;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Role;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** After any writes, a store with indexes gives the same answers and events as one without. */
class IndexTest {

    private static final Duration TTL = Duration.ofSeconds(30);
    private static final List<List<Query>> QUESTIONS = List.of(
            List.of(),
            List.of(Query.equal("$id", "a", "b", "x")),
            List.of(Query.equal("$id", null, "a")),
            List.of(Query.equal("userId", "ada")),
            List.of(Query.equal("userId", "ada", "bob", "bob")),
            List.of(Query.equal("userId", "nobody")),
            List.of(Query.equal("status", "online")),
            List.of(Query.equal("status", "online", "away"), Query.orderDesc("$id"), Query.limit(2)),
            List.of(Query.equal("status", "online", null)),
            List.of(Query.equal("status", (Object) null)),
            List.of(Query.equal("source", "web", "app")),
            List.of(Query.isNull("source")),
            List.of(Query.equal("metadata.room", "r1")),
            List.of(Query.equal("metadata.room", 7)),
            List.of(Query.equal("metadata.room", 7.0, true, "r1")),
            List.of(Query.equal("metadata.room", List.of(List.of("r1")))),
            List.of(Query.equal("metadata.room", List.of("r1", List.of("r1"), Map.of("x", 1)))),
            List.of(Query.notEqual("metadata.room", "r1")),
            List.of(Query.equal("status", "online"), Query.equal("metadata.room", "r1")),
            List.of(Query.and(Query.equal("userId", "ada"), Query.and(Query.equal("status", "away")))),
            List.of(Query.or(Query.equal("userId", "ada"), Query.equal("status", "away"))));

    private final TestStore plain = TestStore.create();
    private final TestStore indexed =
            TestStore.create(builder -> builder.index("status").index("source").index("metadata.room"));

    @AfterEach
    void close() {
        plain.close();
        indexed.close();
    }

    private void both(Consumer<TestStore> deed) {
        deed.accept(plain);
        deed.accept(indexed);
        assertAlike();
    }

    private void upsert(PresenceUpsert upsert) {
        both(test -> test.store().upsert(upsert.expiresIn(TTL)));
    }

    private void update(String id, PresencePatch patch) {
        both(test -> test.store().update(id, patch));
    }

    private void assertAlike() {
        for (List<Query> question : QUESTIONS) {
            Query[] queries = question.toArray(Query[]::new);
            assertThat(answers(indexed.store(), queries))
                    .as("what is answered to %s", question)
                    .isEqualTo(answers(plain.store(), queries));
            assertThat(answers(indexed.user("ada"), queries)).isEqualTo(answers(plain.user("ada"), queries));
        }
    }

    /** A page without its cursors, which are good for one store. */
    private record Answer(long total, List<Presence> presences, boolean hasPrevious, boolean hasNext) {}

    private static Answer answers(Presences view, Query... queries) {
        PresencePage page = view.list(queries);
        assertThat(page.presences()).as("each once").doesNotHaveDuplicates();
        Query[] filters = List.of(queries).stream()
                .filter(query -> query.method().isFilter())
                .toArray(Query[]::new);
        assertThat(view.count(filters)).isEqualTo(page.total());
        return new Answer(page.total(), page.presences(), page.hasPrevious(), page.hasNext());
    }

    private static PresenceUpsert of(String id, String userId, String status) {
        return PresenceUpsert.of(id, userId, status);
    }

    private void populate() {
        upsert(of("a", "ada", "online").source("web").metadata(Map.of("room", "r1")));
        upsert(of("b", "bob", "away").source("app").metadata(Map.of("room", 7L)));
        upsert(of("c", "ada", "away").metadata(Map.of("room", new BigDecimal("7.0"))));
        upsert(of("d", "dan", "online").metadata(Map.of("room", List.of("r1"))));
        upsert(of("e", "dan", "busy").permissions(Permission.read(Role.users())));
    }

    @Test
    void list_afterDispatch_agreesWithUnindexedStore() {
        populate();
        both(TestStore::drain);
        assertThat(indexed.store().list(Query.equal("status", "online")).total())
                .isEqualTo(2);
        assertThat(indexed.store().list(Query.equal("metadata.room", 7)).total())
                .isEqualTo(2);
    }

    @Test
    void list_afterReplacement_agreesWithUnindexedStore() {
        for (int round = 0; round < 3; round++) {
            populate();
            upsert(of("a", "ada", "away").metadata(Map.of("room", "r2")));
            both(TestStore::drain);
            upsert(of("b", "bob", "online").source("web"));
            upsert(of("b", "bob", "away").source("app").metadata(Map.of("room", 7L)));
            both(TestStore::drain);
        }
    }

    @Test
    void list_afterPatches_agreesWithUnindexedStore() {
        populate();
        both(TestStore::drain);
        update("a", PresencePatch.none().status("away"));
        update("a", PresencePatch.none().status("online"));
        update("b", PresencePatch.none().metadata(Map.of("room", true)));
        both(TestStore::drain);
        update("b", PresencePatch.none().metadata(Map.of()));
        update("d", PresencePatch.none().source("web").status("online"));
        both(TestStore::drain);
        update("e", PresencePatch.none().expiresIn(TTL).permissions(Permission.read(Role.any())));
        both(TestStore::drain);
    }

    @Test
    void list_afterDelete_agreesWithUnindexedStore() {
        populate();
        both(test -> test.store().delete("a"));
        both(TestStore::drain);
        both(test -> test.store().delete("b"));
        update("c", PresencePatch.none().status("online"));
        both(test -> test.store().delete("c"));
        both(TestStore::drain);
    }

    @Test
    void list_afterExpiry_agreesWithUnindexedStore() {
        populate();
        both(TestStore::drain);
        update("a", PresencePatch.none().expiresIn(TTL.multipliedBy(3)));
        both(test -> test.clock().advance(TTL));
        both(TestStore::drain);
        both(test -> test.pass(TTL.multipliedBy(2)));
        assertThat(indexed.store().count()).isZero();
    }

    @Test
    void list_afterNewIncarnationOnTombstone_agreesWithUnindexedStore() {
        populate();
        both(TestStore::drain);
        both(test -> test.store().delete("a"));
        upsert(of("a", "ada", "online").metadata(Map.of("room", "r1")));
        both(TestStore::drain);
        both(test -> test.clock().advance(TTL));
        upsert(of("a", "ada", "busy"));
        both(TestStore::drain);
    }

    @Test
    void list_afterChangeOfOwner_agreesWithUnindexedStore() {
        populate();
        both(TestStore::drain);
        both(test -> test.store().delete("a"));
        upsert(of("a", "bob", "online"));
        both(TestStore::drain);
        both(test -> test.pass(TTL));
        upsert(of("a", "dan", "away"));
        assertThat(indexed.store().count(Query.equal("userId", "ada", "bob"))).isZero();
        both(TestStore::drain);
    }

    @Test
    void list_ofManyPresencesWithOneValue_agreesWithUnindexedStore() {
        for (int i = 0; i < 30; i++) {
            upsert(of("p" + i, "user" + i % 3, "online"));
        }
        both(TestStore::drain);
        for (int i = 0; i < 30; i++) {
            update("p" + i, PresencePatch.none().status("away"));
            if (i % 4 == 0) {
                both(TestStore::drain);
            }
        }
        both(TestStore::drain);
    }

    private String snapshot(TestStore test, Query... filters) {
        return String.join(" ", test.follow(test.store(), filters).takeLines());
    }

    @Test
    void snapshot_ofUndispatchedWrites_showsLastDispatchedValues() {
        populate();
        both(TestStore::drain);
        for (TestStore test : List.of(plain, indexed)) {
            Recorder delivered = Recorder.chained();
            test.store().update("a", PresencePatch.none().status("gone"));
            test.store().delete("d");
            test.store()
                    .subscribe(
                            Channel.presences(),
                            SubscriptionOptions.defaults().withSnapshot(),
                            delivered,
                            Query.equal("status", "online"));
            test.drain();
            assertThat(delivered.takeLines()).isEmpty();
            assertThat(snapshot(test, Query.equal("status", "gone", "online"))).isEqualTo("ENTER a gone");
        }
    }

    /* The one met last has been written, and not dispatched, when the snapshot comes to it. */
    @Test
    void snapshot_duringWrites_showsLastDispatchedValues() {
        for (TestStore test : List.of(plain, indexed)) {
            PresenceStore store = test.store();
            store.upsert(of("one", "ada", "online"));
            store.upsert(of("other", "ada", "online"));
            test.drain();
            Recorder delivered = Recorder.chained();
            PresenceListener writing = event -> {
                if (delivered.assembled().isEmpty()) {
                    String last = event.presence().id().equals("one") ? "other" : "one";
                    store.update(last, PresencePatch.none().status("away"));
                }
                delivered.onEvent(event);
            };
            store.subscribe(
                    Channel.presences(),
                    SubscriptionOptions.defaults().withSnapshot(),
                    writing,
                    Query.equal("status", "online"));
            test.drain();
            assertThat(delivered.takeLines()).hasSize(3).anyMatch(line -> line.endsWith(" NO_LONGER_MATCHES"));
            assertThat(delivered.assembled()).hasSize(1);
        }
    }

    @Test
    void list_byIndexOfPrincipal_hasReadablePresencesAlone() {
        populate();
        Query dans = Query.equal("userId", "dan");
        assertThat(indexed.user("ada").list(dans).presences())
                .extracting(Presence::id)
                .containsExactly("e");
        assertThat(indexed.user("ada").count(dans)).isEqualTo(1);
        assertThat(indexed.store().count(dans)).isEqualTo(2);
    }
}
