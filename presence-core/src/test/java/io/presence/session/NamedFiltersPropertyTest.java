package io.presence.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceListener;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.Role;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.ManualExecutor;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import io.presence.session.NamedFilterEvent.NamedChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * One listener with named filters against one ordinary subscription for each name, over random histories of writes,
 * expirations, revoked permissions and changes of principal, with prompt and slow listeners and resets.
 */
class NamedFiltersPropertyTest {

    private static final List<String> USERS = List.of("ada", "bob");
    private static final List<Query.Filter> FILTERS = List.of(
            Query.equal("status", "s0"),
            Query.equal("status", "s0", "s1"),
            Query.equal("metadata.room", "r0"),
            Query.and(Query.equal("metadata.room", "r1"), Query.notEqual("status", "s2")),
            Query.notEqual("userId", "ada"),
            Query.everything(),
            Query.nothing());

    enum Kind {
        WRITE,
        WRITE_HIDDEN,
        DELETE,
        PASS,
        DISPATCH,
        DELIVER,
        SWITCH,
        REST
    }

    record Move(Kind kind, String id, int status, int room) {}

    @Provide
    Arbitrary<List<Move>> histories() {
        Arbitrary<Kind> kinds = Arbitraries.of(
                Kind.WRITE,
                Kind.WRITE,
                Kind.WRITE,
                Kind.WRITE_HIDDEN,
                Kind.DELETE,
                Kind.PASS,
                Kind.DISPATCH,
                Kind.DISPATCH,
                Kind.DELIVER,
                Kind.SWITCH,
                Kind.REST);
        return Combinators.combine(
                        kinds,
                        Arbitraries.of("a", "b", "c"),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 1))
                .as(Move::new)
                .list()
                .ofMinSize(10)
                .ofMaxSize(80);
    }

    @Provide
    Arbitrary<List<Query.Filter>> filters() {
        return Arbitraries.of(FILTERS).list().ofMinSize(1).ofMaxSize(4);
    }

    /** The presences that one name has, with the rules of the chain. */
    private static final class NameView {
        private final Map<String, Presence> present = new TreeMap<>();
        private final List<String> lines = new ArrayList<>();

        void add(PresenceEvent event, Change change, Cause cause) {
            String id = event.presence().id();
            Presence last = change == Change.EXIT ? present.remove(id) : present.put(id, event.presence());
            assertThat(last == null).as("chain of %s", event).isEqualTo(change == Change.ENTER);
            assertThat(last).as("chain of %s", event).isEqualTo(change == Change.UPDATE ? event.previous() : last);
            /* The presence of an EXIT is the one delivered last, which is the previous one if another name matches. */
            Presence shown = change == Change.EXIT ? last : event.presence();
            lines.add(change + " " + id + " " + shown.status() + " " + cause);
        }

        Map<String, String> statuses() {
            return present.values().stream()
                    .collect(Collectors.toMap(Presence::id, NameView::text, (a, b) -> a, TreeMap::new));
        }

        private static String text(Presence presence) {
            return presence.status() + presence.metadata();
        }
    }

    /** The listener under test. */
    private static final class Named implements NamedFilterListener {
        private final Map<String, NameView> views = new TreeMap<>();

        Named(NamedFilters filters) {
            filters.names().forEach(name -> views.put(name, new NameView()));
        }

        @Override
        public void onEvent(NamedFilterEvent event) {
            assertThat(event.changes()).extracting(NamedChange::name).doesNotHaveDuplicates();
            for (NamedChange change : event.changes()) {
                views.get(change.name()).add(event.event(), change.change(), change.cause());
            }
        }

        @Override
        public void onReset() {
            views.values().forEach(view -> view.present.clear());
        }
    }

    /** An ordinary subscription for one name. */
    private static final class Single implements PresenceListener {
        private final NameView view = new NameView();

        @Override
        public void onEvent(PresenceEvent event) {
            view.add(event, event.change(), event.cause());
        }

        @Override
        public void onReset() {
            view.present.clear();
        }
    }

    /** A store with the listener under test and the ordinary subscriptions. */
    private static final class Scene implements AutoCloseable {
        private final TestStore test = TestStore.create();
        private final ManualExecutor executor = new ManualExecutor();
        private final List<Subscription> subscriptions = new ArrayList<>();
        private final Map<String, Single> singles = new TreeMap<>();
        private final Named named;
        private final NamedFilters filters;
        private String user = "ada";

        Scene(List<Query.Filter> list, boolean isSlow, int maxPending) {
            NamedFilters all = NamedFilters.of("n0", list.get(0));
            for (int i = 1; i < list.size(); i++) {
                all = all.and("n" + i, list.get(i));
            }
            filters = all;
            named = new Named(filters);
            SubscriptionOptions prompt =
                    SubscriptionOptions.defaults().withSnapshot().onDispatcher();
            SubscriptionOptions options = isSlow
                    ? SubscriptionOptions.defaults()
                            .withSnapshot()
                            .executor(executor)
                            .maxPending(maxPending)
                    : prompt;
            Presences view = test.user(user);
            subscriptions.add(view.subscribe(Channel.presences(), options, named, filters));
            for (String name : filters.names()) {
                singles.put(name, new Single());
                subscriptions.add(view.subscribe(Channel.presences(), prompt, singles.get(name), filters.filter(name)));
            }
            test.drain();
        }

        void run(Move move) {
            switch (move.kind()) {
                case WRITE -> write(move, List.of(Permission.read(Role.any())));
                case WRITE_HIDDEN -> write(move, List.of());
                case DELETE -> test.store().delete(move.id());
                case PASS -> test.clock().advance(Duration.ofMillis(700));
                case DISPATCH -> test.drain();
                case DELIVER -> executor.runAll();
                case SWITCH -> {
                    user = USERS.get(1 - USERS.indexOf(user));
                    subscriptions.forEach(
                            one -> one.switchPrincipal(Principal.user(user).build()));
                }
                case REST -> rest();
            }
        }

        private void write(Move move, List<Permission> permissions) {
            test.store()
                    .upsert(PresenceUpsert.of(move.id(), move.id().equals("a") ? "ada" : "bob", "s" + move.status())
                            .metadata(Map.of("room", "r" + move.room()))
                            .permissions(permissions)
                            .expiresIn(Duration.ofSeconds(2)));
        }

        /** At rest each name has what its ordinary subscription has, which is what a list has. */
        void rest() {
            test.clock().advance(PresenceStoreBuilder.DEFAULT_TICK);
            do {
                test.drain();
                executor.runAll();
                test.drain();
            } while (executor.size() > 0);
            assertThat(test.takeErrors()).isEmpty();
            for (String name : filters.names()) {
                Map<String, String> expected = singles.get(name).view.statuses();
                assertThat(named.views.get(name).statuses())
                        .as("%s of %s", name, filters)
                        .isEqualTo(expected);
                assertThat(test.user(user).list(filters.filter(name)).presences())
                        .extracting(Presence::id)
                        .containsExactlyElementsOf(expected.keySet());
            }
        }

        @Override
        public void close() {
            test.close();
        }
    }

    @Property(tries = 300)
    void changes_ofPromptListener_equalThoseOfOneSubscriptionForEachName(
            @ForAll("histories") List<Move> history, @ForAll("filters") List<Query.Filter> list) {
        try (Scene scene = new Scene(list, false, 0)) {
            for (Move move : history) {
                scene.run(move);
                scene.test.drain();
            }
            scene.rest();
            scene.singles.forEach((name, single) ->
                    assertThat(scene.named.views.get(name).lines).isEqualTo(single.view.lines));
        }
    }

    @Property(tries = 300)
    void changes_ofSlowListener_leadToTheSameStateForEachName(
            @ForAll("histories") List<Move> history, @ForAll("filters") List<Query.Filter> list) {
        try (Scene scene = new Scene(list, true, Integer.MAX_VALUE)) {
            history.forEach(scene::run);
            scene.rest();
        }
    }

    @Property(tries = 300)
    void changes_ofListenerThatIsReset_leadToTheSameStateForEachName(
            @ForAll("histories") List<Move> history, @ForAll("filters") List<Query.Filter> list) {
        try (Scene scene = new Scene(list, true, 1)) {
            history.forEach(scene::run);
            scene.rest();
        }
    }
}
