package io.presence.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceException;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.UserCounts;
import io.presence.query.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A caller-driven store with an index, others' presences, and a listener that assembles the visible presences.
 *
 * <p><b>Threads.</b> For one thread.
 */
final class StoreWorld {

    static final String ID = "p";
    static final Duration TTL = Duration.ofSeconds(10);

    final PresenceStore store;
    private final int most;
    private final Map<String, String> delivered = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private long nanos;

    /**
     * Makes a world.
     *
     * @param others how many presences others have, all dispatched
     * @param spare how many more there may be
     */
    StoreWorld(int others, int spare) {
        this(others, spare, PresenceStore.builder());
    }

    StoreWorld(int others, int spare, PresenceStoreBuilder options) {
        most = others + spare;
        store = options.callerDriven()
                .maxPresences(most)
                .index("status")
                .nanoClock(() -> nanos)
                .wallClock(() -> Instant.ofEpochSecond(0, nanos))
                .build();
        store.subscribe(
                Channel.presences(),
                SubscriptionOptions.defaults().withSnapshot().onDispatcher(),
                this::onEvent);
        for (int i = 0; i < others; i++) {
            store.upsert(PresenceUpsert.of("other" + i, "eve", "online").expiresIn(Duration.ofDays(1)));
        }
        drain();
    }

    private void onEvent(PresenceEvent event) {
        String id = event.presence().id();
        if (delivered.containsKey(id) == (event.change() == Change.ENTER)) {
            violations.add(event.toString());
        }
        if (event.change() == Change.EXIT) {
            delivered.remove(id);
        } else {
            delivered.put(id, event.presence().status());
        }
    }

    void upsert(String status) {
        store.upsert(PresenceUpsert.of(ID, "ada", status).expiresIn(TTL));
    }

    void drain() {
        int rounds = 0;
        while (store.doWork() > 0) {
            assertThat(rounds++).as("rounds until there is nothing to do").isLessThan(1_000);
        }
    }

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    /** The state of the presence as one word, for comparison. */
    String says() {
        Presence found = store.get(ID);
        return found == null ? "none" : found.status() + " " + found.permissions() + " until " + found.expiresAt();
    }

    /** Checks that all is consistent, that the id can be written and is delivered, and that all is released. */
    void check(boolean exactPostings) {
        drain();
        checkDelivered();
        upsert("again");
        drain();
        assertThat(delivered.get(ID)).isEqualTo("again");
        assertThat(store.touch(ID)).isTrue();
        checkDelivered();
        assertThat(store.delete(ID)).isTrue();
        drain();
        checkDelivered();
        store.list(Query.limit(100))
                .presences()
                .forEach(presence -> assertThat(store.touch(presence.id())).isTrue());
        checkAllIsGivenBack(exactPostings);
    }

    private void checkDelivered() {
        assertThat(violations).isEmpty();
        Map<String, String> listed = statuses(list());
        assertThat(delivered).isEqualTo(listed);
        Map<String, Long> counts = new TreeMap<>();
        listed.values().forEach(status -> counts.merge(status, 1L, Long::sum));
        assertThat(store.statusCounts()).isEqualTo(counts);
        counts.forEach((status, count) ->
                assertThat(store.count(Query.equal("status", status))).isEqualTo(count));
        assertThat(store.stats().presences()).isEqualTo(listed.size());
    }

    private List<Presence> list() {
        return store.list(Query.limit(100)).presences();
    }

    private static Map<String, String> statuses(List<Presence> presences) {
        Map<String, String> statuses = new TreeMap<>();
        presences.forEach(presence -> statuses.put(presence.id(), presence.status()));
        return statuses;
    }

    private void checkAllIsGivenBack(boolean exactPostings) {
        pass(Duration.ofDays(2));
        drain();
        assertThat(delivered).isEmpty();
        assertThat(store.statusCounts()).isEmpty();
        assertThat(store.stats().presences()).isZero();
        if (exactPostings) {
            assertThat(entries().postings()).isZero();
        }
        for (int i = 0; i < most; i++) {
            store.upsert(PresenceUpsert.of("last" + i, "ada", "online"));
        }
        assertThatThrownBy(() -> store.upsert(PresenceUpsert.of("one-more", "ada", "online")))
                .isInstanceOf(PresenceException.class);
    }

    private PresenceTable entries() {
        return (PresenceTable) field(store, "table");
    }

    /** The number of live presences of each user. */
    Map<String, Long> living() {
        Map<String, Long> living = new TreeMap<>();
        list().forEach(presence -> living.merge(presence.userId(), 1L, Long::sum));
        return living;
    }

    /** The counted presences of a user, in a store with limits for each user. */
    int counted(String user) {
        return ((UserCounts) field(field(field(entries(), "changes"), "capacity"), "users")).count(user);
    }

    private static Object field(Object of, String name) {
        try {
            var field = of.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(of);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    @Nullable String delivered() {
        return delivered.get(ID);
    }
}
