package io.presence.locks;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Presence;
import io.presence.PresenceException;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.lock.SoftLock;
import io.presence.query.Query;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/**
 * Two locks and the sessions of two users against {@link LockOracle}, over random histories of sessions that come,
 * crash, return within their grace and do things late, of waits that are granted, cancelled and time out, and of clocks
 * that jump: every result, every answer, every token, and every event of a prompt and of a slow listener.
 *
 * <p>Tried: both fail within 2 tries if {@code Grants.isKeptFor} ignores the grace or {@code HeldPresences.findHeld}
 * the version, and within 400 if {@code LockQueues.takeFirst} does not arm the timer again. The second one fails
 * within 10 if {@code SoftLocks.grantIfFree} ignores the queue.
 */
class LockModelTest {

    private static final List<String> RESOURCES = List.of("a", "b");
    private static final List<String> USERS = List.of("ada", "ada", "bob");

    /** The kinds of steps. A slot is one device, whose connection is replaced by OPEN. */
    enum Kind {
        OPEN,
        TRY,
        LOCK,
        STEAL,
        RELEASE,
        LATE_RELEASE,
        RENEW,
        TOUCH,
        LATE_TOUCH,
        LATE_CLOSE,
        CANCEL,
        CLOSE,
        CLOSE_WITH_GRACE,
        PASS,
        JUMP,
        PAUSE
    }

    /** One step; a kind uses some of the numbers. */
    record Step(Kind kind, int slot, String resource, long millis, boolean isDispatched) {}

    private record Connection(int number, String user, PresenceSession session) {}

    private static final class World {
        final LockStore locks =
                LockStore.create(Duration.ofMillis(10), builder -> builder.stealRule((thief, held) -> true));
        final LockOracle oracle = new LockOracle();
        final Recorder slow = Recorder.chained();
        final Subscription slowSubscription =
                locks.store.locks().subscribe(SubscriptionOptions.defaults().withSnapshot(), slow);
        final List<Connection> opened = new ArrayList<>();
        final Connection[] slots = new Connection[USERS.size()];
        final Map<Integer, SoftLock> granted = new TreeMap<>();
        final List<CompletableFuture<SoftLock>> waits = new ArrayList<>();
        final Map<String, Long> tokens = new TreeMap<>();
        long greatest = Long.MIN_VALUE;

        World() {
            locks.test.drain();
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
            String user = USERS.get(slot);
            slots[slot] = new Connection(opened.size(), user, locks.open(user));
            opened.add(slots[slot]);
        }

        void close(Connection connection, long millis) {
            oracle.close(connection.number(), millis * 1_000);
            connection.session().close(Duration.ofMillis(millis));
            for (int i = 0; i < slots.length; i++) {
                slots[i] = slots[i] == connection ? null : slots[i];
            }
        }

        void same(LockOracle.@Nullable Grant expected, @Nullable SoftLock lock) {
            assertThat(lock != null).isEqualTo(expected != null);
            if (lock != null && expected != null) {
                granted.put(expected.number(), lock);
                Long last = tokens.put(expected.resource(), lock.token());
                assertThat(lock.token()).isGreaterThan(last == null ? Long.MIN_VALUE : last);
            }
        }

        /* A grant has a greater token than each grant of an earlier step. */
        void checkTokens() {
            long floor = greatest;
            for (int i = tokensChecked; i < oracle.grants.size(); i++) {
                assertThat(granted.get(i).token()).isGreaterThan(floor);
                greatest = Math.max(greatest, granted.get(i).token());
            }
            tokensChecked = oracle.grants.size();
        }

        private int tokensChecked;
    }

    @Property(tries = 1_000)
    @Promise("lock-one-holder")
    @Promise("lock-fencing")
    @Promise("lock-grace")
    @Promise("lock-fifo")
    void locks_dispatchedAfterEachStep_agreeWithTheModel(@ForAll("histories") List<Step> history) {
        World world = run(history, true);
        for (String resource : RESOURCES) {
            assertThat(lines(world.locks.seen, resource))
                    .isEqualTo(world.oracle.delivered.stream()
                            .filter(line -> line.contains(" " + resource + " "))
                            .toList());
        }
    }

    @Property(tries = 1_000)
    @Promise("lock-one-holder")
    @Promise("lock-fencing")
    void locks_dispatchedAtTimes_agreeWithTheModel(@ForAll("histories") List<Step> history) {
        run(history, false);
    }

    private static World run(List<Step> history, boolean isPrompt) {
        World world = new World();
        for (Step step : history) {
            apply(world, step);
            if (isPrompt || step.isDispatched()) {
                dispatch(world);
            }
            check(world);
        }
        dispatch(world);
        check(world);
        world.slowSubscription.resume();
        world.locks.test.drain();
        assertThat(world.slow.assembled().keySet())
                .isEqualTo(world.locks.seen.assembled().keySet());
        world.locks.close();
        return world;
    }

    private static void dispatch(World world) {
        world.oracle.dispatch(RESOURCES);
        world.locks.test.drain();
        assertThat(world.locks.store.health().failures()).isEmpty();
    }

    private static void apply(World world, Step step) {
        LockOracle oracle = world.oracle;
        String resource = step.resource();
        Connection one = world.at(step.slot());
        Connection late = world.opened.get((int) (step.millis() % world.opened.size()));
        int number = one.number();
        switch (step.kind()) {
            case OPEN -> world.open(step.slot());
            case TRY ->
                world.same(
                        oracle.tryLock(resource, number, one.user()),
                        one.session().tryLock(resource).orElse(null));
            case STEAL ->
                world.same(
                        oracle.steal(resource, number, one.user()),
                        one.session().stealLock(resource).orElse(null));
            case LOCK -> {
                Duration timeout = Duration.ofMillis(step.millis());
                oracle.lock(resource, number, one.user(), TimeUnit.NANOSECONDS.toMicros(timeout.toNanos()));
                CompletionStage<SoftLock> wait = one.session().lock(resource, timeout);
                world.waits.add(wait.toCompletableFuture());
            }
            case RELEASE, LATE_RELEASE -> {
                for (LockOracle.Grant grant : pick(world, step)) {
                    assertThat(world.granted.get(grant.number()).release()).isEqualTo(oracle.release(grant));
                }
            }
            case RENEW -> {
                for (LockOracle.Grant grant : pick(world, step)) {
                    assertThat(world.granted.get(grant.number()).renew()).isEqualTo(oracle.renew(grant));
                }
            }
            case TOUCH, LATE_TOUCH -> {
                Connection toucher = step.kind() == Kind.TOUCH ? one : late;
                if (toucher.session().isOpen()) {
                    oracle.touch(toucher.number());
                    toucher.session().touch();
                }
            }
            case LATE_CLOSE -> world.close(late, 0);
            case CANCEL -> {
                if (!world.waits.isEmpty()) {
                    int wait = (int) (step.millis() % world.waits.size());
                    oracle.cancel(oracle.waits.get(wait));
                    world.waits.get(wait).cancel(true);
                }
            }
            case CLOSE -> world.close(one, 0);
            case CLOSE_WITH_GRACE -> world.close(one, step.millis());
            case PASS -> {
                world.locks.test.clock().advance(Duration.ofMillis(step.millis()));
                oracle.pass(step.millis() * 1_000);
            }
            case JUMP ->
                world.locks
                        .test
                        .clock()
                        .setWall(world.locks.test.clock().instant().plusSeconds(step.millis() - 20));
            case PAUSE -> {
                world.slowSubscription.resume();
                dispatch(world);
                world.slowSubscription.pause();
            }
        }
    }

    /* The last grant of the resource, or any earlier grant. */
    private static List<LockOracle.Grant> pick(World world, Step step) {
        List<LockOracle.Grant> all = world.oracle.grants.stream()
                .filter(grant -> step.kind() != Kind.RELEASE || grant.resource().equals(step.resource()))
                .toList();
        if (all.isEmpty()) {
            return List.of();
        }
        return List.of(all.get(
                step.kind() == Kind.RELEASE ? all.size() - 1 : all.size() - 1 - (int) (step.millis() % all.size())));
    }

    private static void check(World world) {
        checkWaits(world);
        world.checkTokens();
        var view = world.locks.store.locks();
        for (String resource : RESOURCES) {
            Presence found = view.get(resource);
            LockOracle.Grant current = world.oracle.current(resource);
            assertThat(found == null ? null : found.userId()).isEqualTo(current == null ? null : current.user());
            assertThat(view.count(Query.equal("metadata.resource", resource))).isEqualTo(current == null ? 0 : 1);
        }
        for (LockOracle.Grant grant : world.oracle.grants) {
            SoftLock lock = world.granted.get(grant.number());
            assertThat(lock.isHeld()).as("%s is held", grant).isEqualTo(world.oracle.isHeld(grant));
            assertThat(view.validate(grant.resource(), lock.token()))
                    .as("token of %s", grant)
                    .isEqualTo(world.oracle.current(grant.resource()) == grant);
        }
    }

    private static void checkWaits(World world) {
        for (int i = 0; i < world.waits.size(); i++) {
            LockOracle.Wait wait = world.oracle.waits.get(i);
            CompletableFuture<SoftLock> future = world.waits.get(i);
            assertThat(future.isDone()).as("wait %s is done", i).isEqualTo(!wait.isPending());
            assertThat(reason(future)).isEqualTo(wait.error);
            LockOracle.Grant grant = wait.grant;
            if (grant != null && !world.granted.containsKey(grant.number())) {
                world.same(grant, future.join());
            }
        }
    }

    private static @Nullable String reason(CompletableFuture<SoftLock> future) {
        if (future.isCancelled()) {
            return "CANCELLED";
        }
        String[] reason = new String[1];
        var unused = future.whenComplete((lock, thrown) -> reason[0] = thrown == null
                ? null
                : thrown instanceof PresenceException refused
                        ? refused.code().toString()
                        : thrown.getClass().getSimpleName());
        return reason[0];
    }

    private static List<String> lines(Recorder recorder, String resource) {
        return recorder.events().stream()
                .filter(event -> event.presence().metadata().get("resource").equals(resource))
                .map(event -> event.change() + " " + resource + " "
                        + (event.cause() == null ? event.presence().userId() : event.cause()))
                .toList();
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Kind> kind = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(7, Arbitraries.of(Kind.values())),
                net.jqwik.api.Tuple.of(4, Arbitraries.of(Kind.TRY, Kind.LOCK)),
                net.jqwik.api.Tuple.of(3, Arbitraries.of(Kind.PASS, Kind.CLOSE_WITH_GRACE, Kind.RELEASE)));
        return Combinators.combine(
                        kind,
                        Arbitraries.integers().between(0, USERS.size() - 1),
                        Arbitraries.of("a", "a", "b"),
                        Arbitraries.of(1L, 2L, 3L, 5L, 8L, 10L, 10L, 20L, 40L),
                        Arbitraries.of(true, false, false))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(50);
    }
}
