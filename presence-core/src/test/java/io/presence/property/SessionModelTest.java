package io.presence.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceException;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.session.PresenceSession;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Two presences of one user against {@link SessionOracle}, over random histories of sessions that come, crash, return
 * within their grace and do things late, of trusted writes, and of clocks that jump: every result, every reading, and
 * every event of a prompt and of a slow listener.
 */
class SessionModelTest {

    private static final Principal ADA = Principal.user("ada").build();
    private static final int SLOTS = 3;

    /** The kinds of steps. A slot is one device, whose connection is replaced by OPEN. */
    enum Kind {
        OPEN,
        UPSERT,
        UPSERT_SHARED,
        UPSERT_UNHELD,
        UPDATE,
        UPDATE_LEASE,
        TOUCH,
        TOUCH_ALL,
        LATE_TOUCH,
        LATE_CLOSE,
        DELETE,
        CLOSE,
        CLOSE_WITH_GRACE,
        TRUSTED_UPSERT,
        TRUSTED_UPSERT_UNHELD,
        TRUSTED_UPDATE,
        TRUSTED_TOUCH,
        TRUSTED_DELETE,
        PASS,
        JUMP,
        PAUSE
    }

    /** One step; a kind uses some of the numbers. */
    record Step(Kind kind, int slot, String id, String status, long millis, boolean isDispatched) {}

    /** A session and its number in the model. */
    private record Connection(int number, PresenceSession session) {}

    private static final class World {
        final TestStore test = TestStore.create(builder -> builder.tick(Duration.ofMillis(1)));
        final SessionOracle oracle = new SessionOracle();
        final Recorder prompt = test.follow(test.store());
        final Recorder slow = Recorder.chained();
        final Subscription slowSubscription = test.store()
                .subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), slow);
        final List<Connection> opened = new ArrayList<>();
        final Connection[] slots = new Connection[SLOTS];
        boolean hasJumped;

        World() {
            test.drain();
            slowSubscription.pause();
        }

        Connection at(int slot) {
            if (slots[slot] == null) {
                open(slot);
            }
            return slots[slot];
        }

        /* The former connection of the slot crashes: it stays open, and can do something late. */
        void open(int slot) {
            slots[slot] = new Connection(opened.size(), test.store().open(ADA));
            opened.add(slots[slot]);
        }
    }

    @Property(tries = 1_000)
    @Promise("session-end")
    @Promise("session-fencing")
    @Promise("session-grace")
    void sessions_dispatchedAfterEachStep_agreeWithTheModel(@ForAll("histories") List<Step> history) {
        World world = run(history, true);
        List<String> lines = world.prompt.takeLines();
        for (String id : List.of(" a ", " b ")) {
            assertThat(lines.stream().filter(line -> line.contains(id)).toList())
                    .isEqualTo(world.oracle.happened.stream()
                            .filter(line -> line.contains(id))
                            .toList());
        }
        checkExits(world, world.prompt);
    }

    @Property(tries = 1_000)
    @Promise("session-end")
    void sessions_dispatchedAtTimes_deliverExactCauses(@ForAll("histories") List<Step> history) {
        World world = run(history, false);
        checkExits(world, world.prompt);
    }

    private static World run(List<Step> history, boolean isPrompt) {
        World world = new World();
        for (Step step : history) {
            apply(world, step);
            check(world);
            if (isPrompt || step.isDispatched()) {
                world.test.drain();
            }
        }
        world.test.drain();
        world.slowSubscription.resume();
        pass(world, 1);
        world.test.drain();
        checkExits(world, world.slow);
        assertThat(world.slow.assembled().keySet())
                .isEqualTo(world.prompt.assembled().keySet());
        world.test.close();
        return world;
    }

    private static void apply(World world, Step step) {
        SessionOracle oracle = world.oracle;
        var store = world.test.store();
        String id = step.id();
        Connection one = world.at(step.slot());
        Connection late = world.opened.get((int) (step.millis() % world.opened.size()));
        int number = one.number();
        PresenceUpsert byUser = PresenceUpsert.of(id, step.status()).expiresIn(Duration.ofMillis(step.millis()));
        PresenceUpsert trusted =
                PresenceUpsert.of(id, "ada", step.status()).expiresIn(Duration.ofMillis(step.millis()));
        PresencePatch status = PresencePatch.none().status(step.status());
        switch (step.kind()) {
            case OPEN -> world.open(step.slot());
            case UPSERT ->
                same(
                        one,
                        oracle.upsert(number, id, step.status(), step.millis(), false),
                        () -> one.session().upsert(byUser) != null);
            case UPSERT_SHARED ->
                same(
                        one,
                        oracle.upsert(number, id, step.status(), step.millis(), true),
                        () -> one.session().upsert(byUser.shared()) != null);
            case UPSERT_UNHELD ->
                same(
                        one,
                        oracle.upsertUnheld(id, step.status(), step.millis()),
                        () -> one.session().upsert(byUser.unheld()) != null);
            case UPDATE ->
                same(
                        one,
                        oracle.update(number, id, step.status(), 0),
                        () -> one.session().update(id, status) != null);
            case UPDATE_LEASE ->
                same(
                        one,
                        oracle.update(number, id, step.status(), step.millis()),
                        () -> one.session().update(id, status.expiresIn(Duration.ofMillis(step.millis()))) != null);
            case TOUCH ->
                same(one, oracle.touch(number, id), () -> one.session().touch(id));
            case TOUCH_ALL -> assertThat(one.session().touch()).isEqualTo(oracle.touchAll(number));
            case LATE_TOUCH -> {
                if (late.session().isOpen()) {
                    assertThat(late.session().touch()).isEqualTo(oracle.touchAll(late.number()));
                }
            }
            case LATE_CLOSE -> close(world, late, 0);
            case DELETE ->
                same(one, oracle.delete(number, id), () -> one.session().delete(id));
            case CLOSE -> close(world, one, 0);
            case CLOSE_WITH_GRACE -> close(world, one, step.millis());
            case TRUSTED_UPSERT ->
                same(
                        one,
                        oracle.upsert(null, id, step.status(), step.millis(), false),
                        () -> store.upsert(trusted) != null);
            case TRUSTED_UPSERT_UNHELD ->
                same(
                        one,
                        oracle.upsertUnheld(id, step.status(), step.millis()),
                        () -> store.upsert(trusted.unheld()) != null);
            case TRUSTED_UPDATE ->
                same(one, oracle.update(null, id, step.status(), 0), () -> store.update(id, status) != null);
            case TRUSTED_TOUCH -> same(one, oracle.touch(null, id), () -> store.touchAll(List.of(id)) == 1);
            case TRUSTED_DELETE -> same(one, oracle.delete(null, id), () -> store.delete(id));
            case PASS -> pass(world, step.millis());
            case JUMP -> {
                world.test.clock().setWall(world.test.clock().instant().plusSeconds(step.millis() - 20));
                world.hasJumped = true;
            }
            case PAUSE -> {
                world.slowSubscription.resume();
                world.test.drain();
                world.slowSubscription.pause();
            }
        }
    }

    private static void close(World world, Connection connection, long grace) {
        world.oracle.close(connection.number(), grace);
        connection.session().close(Duration.ofMillis(grace));
        for (int i = 0; i < SLOTS; i++) {
            if (world.slots[i] == connection) {
                world.slots[i] = null;
            }
        }
    }

    private static void pass(World world, long millis) {
        world.test.clock().advance(Duration.ofMillis(millis));
        world.oracle.pass(millis);
    }

    private static void same(Connection connection, String expected, Supplier<Boolean> operation) {
        String result;
        try {
            result = operation.get().toString();
        } catch (PresenceException refused) {
            result = refused.code().toString();
        }
        assertThat(result).as("by session %s", connection.number()).isEqualTo(expected);
    }

    private static void check(World world) {
        for (String id : List.of("a", "b")) {
            Presence found = world.test.store().get(id);
            SessionOracle.Life life = world.oracle.alive(id);
            assertThat(found == null ? null : found.status()).isEqualTo(life == null ? null : life.status);
            if (found != null && life != null && !world.hasJumped) {
                assertThat(millis(found.expiresAt())).isEqualTo(life.deadline);
                assertThat(millis(found.lastSeenAt())).isEqualTo(life.lastSeenAt(world.oracle.now()));
            }
        }
    }

    /* Each EXIT is the end of a life that was, with its cause and its times. */
    private static void checkExits(World world, Recorder recorder) {
        Map<String, Integer> seen = new TreeMap<>();
        for (PresenceEvent event : recorder.events()) {
            if (event.change() == Change.EXIT) {
                assertThat(world.oracle.ends).anyMatch(end -> isOf(world, event, end));
                seen.merge(event.presence().id(), 1, Integer::sum);
            }
        }
        seen.forEach((id, count) -> assertThat(count).isLessThanOrEqualTo((int)
                world.oracle.ends.stream().filter(end -> end.id().equals(id)).count()));
    }

    private static boolean isOf(World world, PresenceEvent event, SessionOracle.End end) {
        boolean isSame = event.presence().id().equals(end.id())
                && String.valueOf(event.cause()).equals(end.cause());
        return world.hasJumped
                ? isSame
                : isSame
                        && millis(event.presence().createdAt()) == end.createdAt()
                        && millis(event.endedAt()) == end.endedAt()
                        && millis(event.lastSeenAt()) == end.lastSeenAt();
    }

    private static long millis(Instant at) {
        return Duration.between(ManualClock.START, at).toMillis();
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Kind> kind = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(9, Arbitraries.of(Kind.values())),
                net.jqwik.api.Tuple.of(2, Arbitraries.of(Kind.UPSERT, Kind.UPSERT_SHARED)),
                net.jqwik.api.Tuple.of(2, Arbitraries.of(Kind.PASS, Kind.CLOSE_WITH_GRACE)));
        return Combinators.combine(
                        kind,
                        Arbitraries.integers().between(0, SLOTS - 1),
                        Arbitraries.of("a", "a", "b"),
                        Arbitraries.of("online", "online", "away"),
                        Arbitraries.of(1L, 2L, 3L, 5L, 8L, 10L, 10L, 20L, 40L),
                        Arbitraries.of(true, false, false))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }
}
