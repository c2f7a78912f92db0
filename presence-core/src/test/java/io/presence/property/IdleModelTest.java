package io.presence.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceException;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.Version;
import io.presence.count.PresenceCounts;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.property.IdleOracle.Rung;
import io.presence.query.Query;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Two presences with idle ladders against {@link IdleOracle}, over random histories of sessions that come, crash,
 * return within their grace and do things late, of trusted writes, and of clocks that jump: every reading, every
 * status that a prompt listener received, what a slow one has in the end, and the versions.
 *
 * <p>Tried: fails if an equal upsert or a takeover starts the idle clock again, if a rung is numbered as a write is, if
 * the next write is not numbered after all rungs, if activity does not start the idle clock while the written status is
 * shown, if the entry is scheduled at its deadline alone, if a presence climbs one rung at a time, or if a rung and the
 * return do not cancel out.
 */
class IdleModelTest {

    private static final Principal ADA = Principal.user("ada").build();
    private static final List<String> IDS = List.of("a", "b");
    private static final List<String> STATUSES = List.of("online", "away", "asleep", "gone");
    private static final int SLOTS = 2;
    private static final List<List<Rung>> LADDERS = List.of(
            List.of(),
            List.of(new Rung(3, "away")),
            List.of(new Rung(2, "away"), new Rung(5, "gone")),
            List.of(new Rung(2, "away"), new Rung(5, "gone")),
            List.of(new Rung(1, "asleep"), new Rung(8, "away"), new Rung(10, "gone")));

    /** The kinds of steps. */
    enum Kind {
        OPEN,
        UPSERT,
        UPSERT_SHARED,
        UPDATE,
        UPDATE_LEASE,
        TOUCH_ALL,
        ACTIVE,
        LATE_TOUCH,
        LATE_ACTIVE,
        LATE_CLOSE,
        CLOSE,
        CLOSE_WITH_GRACE,
        TRUSTED_UPSERT,
        TRUSTED_TOUCH,
        TRUSTED_ACTIVE,
        TRUSTED_DELETE,
        PASS,
        JUMP,
        PAUSE
    }

    /** One step; a kind uses some of the values. */
    record Step(Kind kind, int slot, String id, String status, List<Rung> ladder, long seconds, boolean isDispatched) {}

    private record Connection(int number, PresenceSession session) {}

    private static final class World {
        final boolean deliversUnchanged;
        final TestStore test;
        final PresenceStore store;
        final SessionOracle sessions = new SessionOracle();
        final IdleOracle idle = new IdleOracle();
        final Recorder prompt;
        final Recorder away;
        final Recorder slow = Recorder.chained();
        final PresenceCounts counts;
        final Subscription slowSubscription;
        final List<Connection> opened = new ArrayList<>();
        final Connection[] slots = new Connection[SLOTS];
        final Map<String, List<SessionOracle.Life>> lives = new HashMap<>();
        final Map<Version, String> versions = new HashMap<>();

        World(boolean deliversUnchanged) {
            this.deliversUnchanged = deliversUnchanged;
            test = TestStore.create(builder ->
                    builder.tick(Duration.ofMillis(1)).index("status").deliverUnchanged(deliversUnchanged));
            store = test.store();
            prompt = test.follow(store);
            away = test.follow(store, Query.equal("status", "away"));
            counts = store.counts("status");
            slowSubscription = store.subscribe(
                    Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), slow);
            test.drain();
            slowSubscription.pause();
        }

        Connection at(int slot) {
            if (slots[slot] == null) {
                open(slot);
            }
            return slots[slot];
        }

        void open(int slot) {
            slots[slot] = new Connection(opened.size(), store.open(ADA));
            opened.add(slots[slot]);
        }

        void dispatch() {
            test.drain();
            for (String id : IDS) {
                SessionOracle.Life life = sessions.alive(id);
                if (life != null) {
                    idle.dispatched(life, sessions.now());
                }
            }
        }

        void wrote(Step step, boolean isPatch) {
            SessionOracle.Life life = sessions.alive(step.id());
            if (life == null) {
                return;
            }
            List<SessionOracle.Life> all = lives.computeIfAbsent(step.id(), id -> new ArrayList<>());
            if (!all.contains(life)) {
                all.add(life);
            }
            if (isPatch) {
                idle.patched(life, sessions.now(), step.status());
            } else {
                idle.wrote(life, sessions.now(), step.status(), step.ladder());
            }
        }

        void active(String id) {
            SessionOracle.Life life = sessions.alive(id);
            if (life != null) {
                idle.active(life, sessions.now());
            }
        }
    }

    @Property(tries = 1_000)
    @Promise("idle-rung")
    @Promise("idle-heartbeat")
    @Promise("idle-queries")
    void ladders_dispatchedAfterEachStep_agreeWithTheModel(@ForAll("histories") List<Step> history) {
        World world = run(history, new World(false), true);
        for (String id : IDS) {
            List<List<String>> expected = world.lives.getOrDefault(id, List.of()).stream()
                    .map(world.idle::statuses)
                    .toList();
            assertThat(received(world.prompt, id)).isEqualTo(expected);
        }
    }

    @Property(tries = 1_000)
    @Promise("idle-rung")
    @Promise("idle-version")
    @Promise("idle-conflation")
    void ladders_dispatchedAtTimes_agreeWithTheModel(@ForAll("histories") List<Step> history) {
        run(history, new World(false), false);
    }

    /* Each equal upsert is an UPDATE and has a new version; it is still no activity. */
    @Property(tries = 1_000)
    @Promise("idle-heartbeat")
    @Promise("idle-conflation")
    void ladders_deliveredUnchanged_agreeWithTheModel(@ForAll("histories") List<Step> history) {
        run(history, new World(true), false);
    }

    private static World run(List<Step> history, World world, boolean isPrompt) {
        for (Step step : history) {
            apply(world, step);
            check(world);
            if (isPrompt || step.isDispatched()) {
                world.dispatch();
                check(world);
                checkFollowers(world);
            }
        }
        world.slowSubscription.resume();
        world.dispatch();
        check(world);
        checkFollowers(world);
        assertThat(world.slow.assembled()).isEqualTo(world.prompt.assembled());
        List.of(world.prompt, world.away, world.slow).forEach(IdleModelTest::checkUpdates);
        world.test.close();
        return world;
    }

    private static void apply(World world, Step step) {
        SessionOracle sessions = world.sessions;
        String id = step.id();
        Connection one = world.at(step.slot());
        Connection late = world.opened.get((int) (step.seconds() % world.opened.size()));
        PresenceUpsert byUser = laddered(PresenceUpsert.of(id, step.status()), step);
        PresenceUpsert trusted = laddered(PresenceUpsert.of(id, "ada", step.status()), step);
        PresencePatch status = PresencePatch.none().status(step.status());
        switch (step.kind()) {
            case OPEN -> world.open(step.slot());
            case UPSERT, UPSERT_SHARED -> {
                boolean isShared = step.kind() == Kind.UPSERT_SHARED;
                sessions.upsert(one.number(), id, step.status(), step.seconds(), isShared);
                one.session().upsert(isShared ? byUser.shared() : byUser);
                world.wrote(step, false);
            }
            case UPDATE -> update(world, one, step, status, 0);
            case UPDATE_LEASE ->
                update(world, one, step, status.expiresIn(Duration.ofSeconds(step.seconds())), step.seconds());
            case TOUCH_ALL -> assertThat(one.session().touch()).isEqualTo(sessions.touchAll(one.number()));
            case ACTIVE -> active(world, one);
            case LATE_TOUCH -> {
                if (late.session().isOpen()) {
                    assertThat(late.session().touch()).isEqualTo(sessions.touchAll(late.number()));
                }
            }
            case LATE_ACTIVE -> active(world, late);
            case LATE_CLOSE -> close(world, late, 0);
            case CLOSE -> close(world, one, 0);
            case CLOSE_WITH_GRACE -> close(world, one, step.seconds());
            case TRUSTED_UPSERT -> {
                sessions.upsert(null, id, step.status(), step.seconds(), false);
                world.store.upsert(trusted);
                world.wrote(step, false);
            }
            case TRUSTED_TOUCH -> {
                sessions.touch(null, id);
                world.store.touch(id);
            }
            case TRUSTED_ACTIVE -> {
                assertThat(world.store.active(id)).isEqualTo(sessions.alive(id) != null);
                world.active(id);
            }
            case TRUSTED_DELETE -> {
                sessions.delete(null, id);
                world.store.delete(id);
            }
            case PASS -> {
                world.test.clock().advance(Duration.ofSeconds(step.seconds()));
                sessions.pass(step.seconds());
            }
            case JUMP -> world.test.clock().setWall(world.test.clock().instant().plusSeconds(step.seconds() - 20));
            case PAUSE -> {
                world.slowSubscription.resume();
                world.dispatch();
                world.slowSubscription.pause();
            }
        }
    }

    private static PresenceUpsert laddered(PresenceUpsert upsert, Step step) {
        PresenceUpsert laddered = upsert.expiresIn(Duration.ofSeconds(step.seconds()));
        for (Rung rung : step.ladder()) {
            laddered = laddered.idle(Duration.ofSeconds(rung.after()), rung.status());
        }
        return laddered;
    }

    private static void update(World world, Connection one, Step step, PresencePatch patch, long lifetime) {
        String expected = world.sessions.update(one.number(), step.id(), step.status(), lifetime);
        String result;
        try {
            one.session().update(step.id(), patch);
            result = SessionOracle.TRUE;
            world.wrote(step, true);
        } catch (PresenceException refused) {
            result = refused.code().toString();
        }
        assertThat(result).isEqualTo(expected);
    }

    /* A session that holds nothing reports no activity: the heartbeat of the model names what it holds. */
    private static void active(World world, Connection connection) {
        if (!connection.session().isOpen()) {
            return;
        }
        List<String> held = IDS.stream()
                .filter(id -> {
                    SessionOracle.Life life = world.sessions.alive(id);
                    return life != null && life.isHeldBy(connection.number());
                })
                .toList();
        assertThat(connection.session().active()).isEqualTo(held.size());
        held.forEach(world::active);
    }

    private static void close(World world, Connection connection, long grace) {
        world.sessions.close(connection.number(), grace);
        connection.session().close(Duration.ofSeconds(grace));
        for (int i = 0; i < SLOTS; i++) {
            if (world.slots[i] == connection) {
                world.slots[i] = null;
            }
        }
    }

    private static void check(World world) {
        for (String id : IDS) {
            Presence found = world.store.get(id);
            SessionOracle.Life life = world.sessions.alive(id);
            assertThat(found == null).isEqualTo(life == null);
            if (found != null && life != null) {
                assertThat(found.status()).isEqualTo(world.idle.shown(life));
                assertThat(found.writtenStatus()).isEqualTo(world.idle.written(life));
                if (world.deliversUnchanged) {
                    continue;
                }
                String write = id + world.lives.get(id).indexOf(life) + "." + world.idle.writes(life);
                String former = world.versions.putIfAbsent(found.version(), write);
                assertThat(former).isIn(null, write);
            }
        }
        assertThat(world.versions.values()).doesNotHaveDuplicates();
    }

    /* Lists, a filter on the status, and counts agree. */
    private static void checkFollowers(World world) {
        for (String status : STATUSES) {
            List<String> shown = IDS.stream()
                    .filter(id -> {
                        SessionOracle.Life life = world.sessions.alive(id);
                        return life != null && world.idle.shown(life).equals(status);
                    })
                    .toList();
            List<String> listed = world.store.list(Query.equal("status", status)).presences().stream()
                    .map(Presence::id)
                    .toList();
            assertThat(listed).isEqualTo(shown);
            assertThat(world.counts.of(status).presences()).isEqualTo(shown.size());
            if (status.equals("away")) {
                assertThat(world.away.assembled().keySet()).containsExactlyElementsOf(shown);
            }
        }
    }

    /* The statuses that a listener received for each life, without repetitions. */
    private static List<List<String>> received(Recorder recorder, String id) {
        List<List<String>> lives = new ArrayList<>();
        for (PresenceEvent event : recorder.events()) {
            if (!event.presence().id().equals(id) || event.change() == Change.EXIT) {
                continue;
            }
            if (event.change() == Change.ENTER) {
                lives.add(new ArrayList<>());
            }
            List<String> statuses = lives.get(lives.size() - 1);
            String status = event.presence().status();
            if (statuses.isEmpty() || !statuses.get(statuses.size() - 1).equals(status)) {
                statuses.add(status);
            }
        }
        return lives;
    }

    /* Each UPDATE has a write or a rung as its cause, and exactly one of both. */
    private static void checkUpdates(Recorder recorder) {
        for (PresenceEvent event : recorder.events()) {
            Presence previous = event.previous();
            if (previous != null) {
                boolean isWrite = !event.presence().version().equals(previous.version());
                assertThat(event.isIdleChange()).isEqualTo(!isWrite);
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Kind> kind = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(9, Arbitraries.of(Kind.values())),
                net.jqwik.api.Tuple.of(3, Arbitraries.of(Kind.UPSERT, Kind.UPSERT_SHARED, Kind.TOUCH_ALL)),
                net.jqwik.api.Tuple.of(5, Arbitraries.of(Kind.PASS)));
        Arbitrary<Step> step = Combinators.combine(
                        kind,
                        Arbitraries.integers().between(0, SLOTS - 1),
                        Arbitraries.of("a", "a", "b"),
                        Arbitraries.of("online", "online", "online", "away"),
                        Arbitraries.of(LADDERS),
                        Arbitraries.of(1L, 2L, 3L, 5L, 10L, 20L, 20L, 40L),
                        Arbitraries.of(true, false, false))
                .as(Step::new);
        return step.list().ofMinSize(5).ofMaxSize(60);
    }
}
