package io.presence.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.presence.PresenceException;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gauges of the values of an attribute in a simple registry: they appear, change and go away. */
class CountMetricsTest {

    private static final String PRESENCES = "presence.count.presences";
    private static final String USERS = "presence.count.users";

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final TestStore test = TestStore.create(builder -> builder.name("chat"));
    private final PresenceStore store = test.store();

    @AfterEach
    void close() {
        test.close();
    }

    private void enter(String id, String user, Object room) {
        store.upsert(PresenceUpsert.of(id, user, "online")
                .metadata(Map.of("room", room))
                .expiresIn(Duration.ofSeconds(30)));
        test.drain();
    }

    private static Map<String, Double> rooms(MeterRegistry registry, String name) {
        Map<String, Double> rooms = new TreeMap<>();
        registry.find(name).gauges().forEach(gauge -> rooms.put(gauge.getId().getTag("value"), gauge.value()));
        return rooms;
    }

    private double values() {
        return registry.get("presence.count.values").gauge().value();
    }

    @Test
    @Promise("meters-removed")
    void gauges_ofRooms_appearChangeAndGoAway() {
        new CountMetrics(store, "metadata.room", 10, Tags.of("region", "eu")).bindTo(registry);
        assertThat(values()).isZero();
        enter("tab-1", "ada", "lobby");
        enter("tab-2", "ada", "lobby");
        enter("tab-3", "bob", "kitchen");
        assertThat(rooms(registry, PRESENCES)).isEqualTo(Map.of("lobby", 2.0, "kitchen", 1.0));
        assertThat(rooms(registry, USERS)).isEqualTo(Map.of("lobby", 1.0, "kitchen", 1.0));
        assertThat(values()).isEqualTo(2);
        enter("tab-3", "bob", "lobby");
        assertThat(rooms(registry, PRESENCES)).isEqualTo(Map.of("lobby", 3.0));
        assertThat(rooms(registry, USERS)).isEqualTo(Map.of("lobby", 2.0));
        test.pass(Duration.ofSeconds(31));
        assertThat(rooms(registry, PRESENCES)).isEmpty();
        assertThat(rooms(registry, USERS)).isEmpty();
        enter("tab-4", "bob", "lobby");
        assertThat(rooms(registry, PRESENCES)).isEqualTo(Map.of("lobby", 1.0));
        Meter.Id id = registry.get(PRESENCES).gauge().getId();
        assertThat(id.getTag("store")).isEqualTo("chat");
        assertThat(id.getTag("attribute")).isEqualTo("metadata.room");
        assertThat(id.getTag("region")).isEqualTo("eu");
    }

    @Test
    void gauges_ofPresentRooms_areRegisteredByBindTo() {
        enter("tab-1", "ada", "lobby");
        new CountMetrics(store, "metadata.room", 10).bindTo(registry);
        test.drain();
        assertThat(rooms(registry, PRESENCES)).isEqualTo(Map.of("lobby", 1.0));
    }

    @Test
    void gauges_ofMoreRoomsThanTheBound_areForTheFirst() {
        new CountMetrics(store, "metadata.room", 2).bindTo(registry);
        enter("tab-1", "ada", "a");
        enter("tab-2", "ada", "b");
        enter("tab-3", "ada", "c");
        assertThat(rooms(registry, PRESENCES)).containsOnlyKeys("a", "b");
        assertThat(values()).isEqualTo(3);
        store.delete("tab-1");
        test.drain();
        assertThat(rooms(registry, PRESENCES)).containsOnlyKeys("b");
        enter("tab-4", "bob", "c");
        assertThat(rooms(registry, PRESENCES)).isEqualTo(Map.of("b", 1.0, "c", 2.0));
    }

    @Test
    void gauges_ofValuesWithOneText_areThoseOfTheFirst() {
        new CountMetrics(store, "metadata.room", 10).bindTo(registry);
        enter("tab-1", "ada", 7);
        enter("tab-2", "ada", "7");
        enter("tab-3", "ada", "7");
        assertThat(rooms(registry, PRESENCES)).isEqualTo(Map.of("7", 1.0));
        store.delete("tab-2");
        store.delete("tab-3");
        test.drain();
        assertThat(rooms(registry, PRESENCES)).isEqualTo(Map.of("7", 1.0));
        store.delete("tab-1");
        test.drain();
        assertThat(rooms(registry, PRESENCES)).isEmpty();
    }

    @Test
    void close_ofStore_removesAllGauges() {
        new CountMetrics(store, "metadata.room", 10).bindTo(registry);
        enter("tab-1", "ada", "lobby");
        store.close();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void close_ofBinder_removesAllGaugesAndStopsFollowing() {
        CountMetrics metrics = new CountMetrics(store, "metadata.room", 10);
        metrics.bindTo(registry);
        enter("tab-1", "ada", "lobby");
        metrics.close();
        metrics.close();
        enter("tab-2", "ada", "kitchen");
        assertThat(registry.getMeters()).isEmpty();
        assertThat(store.stats().subscriptions()).isZero();
    }

    @Test
    void twoStores_inOneRegistry_haveTheirOwnRooms() {
        try (TestStore game = TestStore.create(builder -> builder.name("game"))) {
            new CountMetrics(store, "metadata.room", 10).bindTo(registry);
            new CountMetrics(game.store(), "metadata.room", 10).bindTo(registry);
            new CountMetrics(store, "status", 10).bindTo(registry);
            enter("tab-1", "ada", "lobby");
            game.store().upsert(PresenceUpsert.of("p", "ada", "online").metadata(Map.of("room", "lobby")));
            game.drain();
            assertThat(registry.find(PRESENCES).tag("value", "lobby").gauges()).hasSize(2);
            assertThat(registry.find(PRESENCES).tag("attribute", "status").gauges())
                    .hasSize(1);
            game.store().close();
            assertThat(registry.find(PRESENCES).tag("value", "lobby").gauges())
                    .extracting(gauge -> gauge.getId().getTag("store"))
                    .containsExactly("chat");
        }
    }

    @Test
    void bindTo_thatIsRefused_leavesNothing() {
        assertThatThrownBy(() -> new CountMetrics(store, "name", 10).bindTo(registry))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CountMetrics(store, "status", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxValues must be positive: 0");
        CountMetrics status = new CountMetrics(store, "status", 10);
        status.bindTo(registry);
        assertThatThrownBy(() -> status.bindTo(registry))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("store must have another name or tags than one that is bound: [");
        status.close();
        store.close();
        assertThatThrownBy(() -> new CountMetrics(store, "status", 10).bindTo(registry))
                .isInstanceOf(PresenceException.class);
        assertThat(registry.getMeters()).isEmpty();
    }

    /**
     * Moves between rooms, against a plain map of who is where. If the gauges of a room that is empty are not removed,
     * this fails at the first case.
     */
    @Property(tries = 200)
    void gauges_afterAnyMoves_areTheRoomsWithSomebodyIn(
            @ForAll @Size(max = 40) List<@IntRange(max = 24) Integer> moves) {
        MeterRegistry meters = new SimpleMeterRegistry();
        try (TestStore world = TestStore.create()) {
            new CountMetrics(world.store(), "metadata.room", 100).bindTo(meters);
            Map<String, String> where = new HashMap<>();
            for (int move : moves) {
                String id = "tab-" + move % 5;
                String room = "room-" + move / 5;
                if (move / 5 == 4) {
                    world.store().delete(id);
                    where.remove(id);
                } else {
                    world.store().upsert(PresenceUpsert.of(id, "ada", "online").metadata(Map.of("room", room)));
                    where.put(id, room);
                }
                if (move % 3 == 0) {
                    world.drain();
                }
            }
            world.drain();
            Map<String, Double> expected = new TreeMap<>();
            where.values().forEach(room -> expected.merge(room, 1.0, Double::sum));
            assertThat(rooms(meters, PRESENCES)).isEqualTo(expected);
            assertThat(rooms(meters, USERS).keySet()).isEqualTo(expected.keySet());
        }
    }
}
