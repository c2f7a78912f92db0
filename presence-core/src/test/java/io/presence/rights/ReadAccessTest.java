package io.presence.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresencePage;
import io.presence.Presences;
import io.presence.Scope;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.count.PresenceCounts;
import io.presence.fixture.Promise;
import io.presence.query.Query;
import io.presence.testing.RecordingListener;
import io.presence.user.UserPresence;
import io.presence.user.UserSubscription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every read by every person, of presences with every grant of one permission, is what the naive definition permits,
 * byte for byte. Grants of every two permissions are read by {@code get}, {@code list} and {@code count}.
 *
 * <p><b>Mutation evidence.</b> With the scope of writing asked for by {@code get}, without a scope asked for by {@code
 * counts}, with an unreadable presence in lists and counts or accepted as a cursor, with any label accepted, with
 * {@code update} taken as {@code read}, and with every user taken as verified, this fails for one of the first persons.
 */
class ReadAccessTest {

    private static final int PAGE = 7;
    private static final String ABSENT = "absent";

    @Test
    @Promise("access-by-definition")
    void read_ofEveryGrantByEveryPerson_isWhatTheDefinitionPermits() {
        try (World world = World.ofOneNode()) {
            world.writeAll(Written.grants());
            for (Person person : Person.withAllScopes()) {
                if (person.hasScope(Scope.PRESENCES_READ)) {
                    assertReads(world, person);
                } else {
                    assertRefusesReads(world, person);
                }
            }
        }
    }

    @Test
    @Promise("access-by-definition")
    void read_ofPresencesOfAnotherNode_isWhatTheDefinitionPermits() {
        try (World world = World.ofTwoNodes()) {
            world.writeAll(Written.sample());
            for (Person person : Person.all()) {
                assertReads(world, person);
            }
        }
    }

    @Test
    @Promise("access-by-definition")
    void read_ofEveryPairOfPermissions_isWhatTheDefinitionPermits() {
        try (World world = World.ofOneNode()) {
            world.writeAll(Written.pairs());
            for (Person person : Person.all()) {
                Presences view = world.as(person);
                long readable = 0;
                for (Written presence : world.written.values()) {
                    boolean isReadable = person.canRead(presence);
                    Check.same(
                            view.get(presence.id()),
                            isReadable ? world.present(presence.id()) : null,
                            presence,
                            person);
                    readable += isReadable ? 1 : 0;
                }
                assertThat(view.count()).as(person.toString()).isEqualTo(readable);
                assertThat(view.list(Query.limit(1)).total())
                        .as(person.toString())
                        .isEqualTo(readable);
            }
        }
    }

    private static void assertReads(World world, Person person) {
        Map<String, String> readable = world.readableBy(person);
        Presences view = world.as(person);
        assertThat(world.json.of(view.list(Query.limit(5_000)).presences()))
                .as(person.toString())
                .isEqualTo(readable);
        assertThat(view.list(Query.limit(1)).total()).isEqualTo(readable.size());
        assertThat(view.count()).isEqualTo(readable.size());
        assertGets(world, person, view);
        assertConditions(world, person, view);
        assertPages(readable, view);
        assertSnapshot(world, readable, view);
        assertCounts(world, person, view);
        assertUsers(world, person, view);
    }

    private static void assertGets(World world, Person person, Presences view) {
        String absent = Answers.of(() -> view.list(Query.cursorAfter(ABSENT)));
        assertThat(absent).startsWith("CURSOR_NOT_FOUND: ");
        for (Written presence : world.written.values()) {
            String id = presence.id();
            boolean isReadable = person.canRead(presence);
            Presence found = view.get(id);
            Check.same(
                    found == null ? null : world.json.of(found), isReadable ? world.json(id) : null, presence, person);
            Query one = Query.equal("$id", id);
            assertThat(view.count(one)).isEqualTo(isReadable ? 1 : 0);
            assertThat(view.list(one).total()).isEqualTo(isReadable ? 1 : 0);
            String after = Answers.of(
                    () -> view.list(Query.cursorAfter(id), Query.limit(1)).total());
            assertThat(after)
                    .as("cursor %s by %s", presence, person)
                    .isEqualTo(isReadable ? Long.toString(view.count()) : absent.replace(ABSENT, id));
        }
    }

    /* By the index of the attribute, by that of the owner, and by a scan. */
    private static void assertConditions(World world, Person person, Presences view) {
        for (Query.Filter filter : List.of(
                Query.equal("metadata.room", "room-2"),
                Query.equal("userId", "bob"),
                Query.notEqual("metadata.room", "room-2"))) {
            Map<String, String> matching =
                    world.json.of(world.store().list(filter, Query.limit(5_000)).presences());
            matching.keySet().removeIf(id -> !person.canRead(world.written.get(id)));
            assertThat(world.json.of(view.list(filter, Query.limit(5_000)).presences()))
                    .as("%s by %s", filter, person)
                    .isEqualTo(matching);
            assertThat(view.count(filter)).isEqualTo(matching.size());
        }
    }

    private static void assertPages(Map<String, String> readable, Presences view) {
        List<String> paged = new ArrayList<>();
        List<Query> queries = new ArrayList<>(List.of(Query.orderAsc("$id"), Query.limit(PAGE)));
        PresencePage page = view.list(queries.toArray(Query[]::new));
        while (true) {
            page.presences().forEach(presence -> paged.add(presence.id()));
            assertThat(page.total()).isEqualTo(readable.size());
            assertThat(page.nextCursor() != null).isEqualTo(paged.size() < readable.size());
            assertThat(page.previousCursor() != null).isEqualTo(paged.size() > PAGE);
            if (page.nextCursor() == null) {
                break;
            }
            page = view.list(Query.orderAsc("$id"), Query.limit(PAGE), Query.cursorAfter(page.nextCursor()));
        }
        assertThat(paged).containsExactlyElementsOf(readable.keySet());
    }

    private static void assertSnapshot(World world, Map<String, String> readable, Presences view) {
        RecordingListener recorder = RecordingListener.withSnapshot();
        try (Subscription snapshot = view.subscribe(
                Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), recorder)) {
            world.settle();
            assertThat(snapshot.pendingCount()).isZero();
            assertThat(world.json.of(recorder.present().values())).isEqualTo(readable);
            assertThat(recorder.events()).hasSize(readable.size());
        }
    }

    private static void assertCounts(World world, Person person, Presences view) {
        Map<String, List<Written>> rooms = new LinkedHashMap<>();
        for (Written presence : world.written.values()) {
            if (person.canRead(presence)) {
                rooms.computeIfAbsent(presence.room(), room -> new ArrayList<>())
                        .add(presence);
            }
        }
        try (PresenceCounts counts = view.counts("metadata.room")) {
            world.settle();
            assertThat(counts.size()).as(person.toString()).isEqualTo(rooms.size());
            assertThat(counts.presences())
                    .isEqualTo(rooms.values().stream().mapToInt(List::size).sum());
            for (int number = 0; number < PAGE; number++) {
                List<Written> there = rooms.getOrDefault("room-" + number, List.of());
                assertThat(counts.of("room-" + number).presences()).isEqualTo(there.size());
                assertThat((long) counts.of("room-" + number).users())
                        .isEqualTo(there.stream().map(Written::owner).distinct().count());
            }
        }
    }

    private static void assertUsers(World world, Person person, Presences view) {
        try (UserSubscription users = view.users(SubscriptionOptions.defaults(), event -> {})) {
            world.settle();
            int size = 0;
            for (String owner : List.of("ada", "bob")) {
                UserPresence merged = MergedUser.of(world, person, owner);
                assertThat(users.of(owner)).as(person.toString()).isEqualTo(merged);
                size += merged == null ? 0 : 1;
            }
            assertThat(users.size()).isEqualTo(size);
        }
    }

    private static void assertRefusesReads(World world, Person person) {
        Presences view = world.as(person);
        String refusal = "SCOPE_MISSING: principal must hold the scope presences.read: " + person.principal();
        for (String id : List.of("a0", "b1", ABSENT)) {
            assertThat(Answers.of(() -> view.get(id))).isEqualTo(refusal);
            assertThat(Answers.of(() -> view.list(Query.cursorAfter(id)))).isEqualTo(refusal);
            assertThat(Answers.of(() -> view.count(Query.equal("$id", id)))).isEqualTo(refusal);
        }
        SubscriptionOptions options = SubscriptionOptions.defaults();
        assertThat(Answers.of(() -> view.counts("metadata.room"))).isEqualTo(refusal);
        assertThat(Answers.of(() -> view.users(options, event -> {}))).isEqualTo(refusal);
        assertThat(Answers.of(() -> view.subscribe(Channel.presences(), event -> {})))
                .isEqualTo(refusal);
    }
}
