package io.presence.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceException;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.SubscriptionOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way in which one thread can be overtaken at a reading of the clock, without threads: the store reads the clock
 * between its looks at a presence, and there the clock does what another thread might do at that moment. What runs
 * inside takes no lock that the overtaken write holds, so that each order of steps could be one of two real threads.
 */
class InterleavingTest {

    private static final long TTL = 10;
    private static final String ID = ObservedStore.ID;

    private long millis;
    private int readsUntilOvertaken;
    private boolean readsBefore;
    private boolean late;
    private @Nullable Runnable overtaker;
    private final ReceivedEvents delivered = new ReceivedEvents(() -> millis);
    private final PresenceStore store = PresenceStore.builder()
            .callerDriven()
            .tick(Duration.ofMillis(1))
            .nanoClock(this::nanos)
            .wallClock(() -> Instant.ofEpochMilli(millis))
            .build();

    private long nanos() {
        Runnable now = overtaker;
        long before = millis;
        if (now != null && --readsUntilOvertaken == 0) {
            overtaker = null;
            now.run();
            late = true;
        }
        return (readsBefore ? before : millis) * 1_000_000;
    }

    /** The op to be overtaken, at which reading, and whether it has read the clock before or after that. */
    record Point(String op, int reading, boolean readsBefore) {}

    static List<Point> points() {
        List<Point> points = new ArrayList<>();
        for (String op : List.of("touch", "touch with ttl", "upsert", "update", "update lifetime", "delete", "get")) {
            for (int reading = 1; reading <= 4; reading++) {
                points.add(new Point(op, reading, true));
                points.add(new Point(op, reading, false));
            }
        }
        return points;
    }

    private boolean run(String op) {
        return switch (op) {
            case "touch" -> store.touch(ID);
            case "touch with ttl" -> store.touch(ID, Duration.ofMillis(TTL));
            case "upsert" -> store.upsert(ObservedStore.upsert("away", TTL)) != null;
            case "update" -> updated(PresencePatch.none().status("away"));
            case "update lifetime" -> updated(PresencePatch.none().expiresIn(Duration.ofMillis(TTL)));
            case "delete" -> store.delete(ID);
            default -> store.get(ID) != null;
        };
    }

    private boolean updated(PresencePatch patch) {
        try {
            store.update(ID, patch);
            return true;
        } catch (PresenceException e) {
            return false;
        }
    }

    private boolean overtaken(Point point, Runnable by) {
        readsUntilOvertaken = point.reading();
        readsBefore = point.readsBefore();
        overtaker = by;
        boolean result = run(point.op());
        overtaker = null;
        readsBefore = false;
        return result;
    }

    private void begin() {
        store.subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), delivered);
        store.upsert(ObservedStore.upsert("online", TTL));
        drain();
        delivered.steps();
        millis += TTL - 1;
    }

    private void drain() {
        while (store.doWork() > 0) {
            assertThat(delivered.violations()).isEmpty();
        }
    }

    private List<String> steps() {
        drain();
        assertThat(delivered.violations()).isEmpty();
        assertThat(delivered.statuses().keySet())
                .isEqualTo(store.get(ID) == null ? java.util.Set.of() : java.util.Set.of(ID));
        return delivered.steps();
    }

    @ParameterizedTest
    @MethodSource("points")
    void anyOperation_overtakenByDeadlineAndRead_neverRevives(Point point) {
        begin();
        boolean[] found = {true};
        boolean result = overtaken(point, () -> {
            millis++;
            found[0] = store.get(ID) != null;
        });
        List<String> steps = steps();
        Presence after = store.get(ID);
        if (!late) {
            return;
        }
        switch (point.op()) {
            case "touch", "touch with ttl" -> {
                assertThat(found[0] && result)
                        .as("kept after it was found gone")
                        .isFalse();
                assertThat(result).isFalse();
                assertThat(steps).containsExactly("EXPIRED");
            }
            case "upsert" -> {
                assertThat(after).isNotNull();
                assertThat(steps).isEqualTo(found[0] ? List.of("UPDATE") : List.of("EXPIRED", "ENTER"));
            }
            case "update lifetime" -> {
                assertThat(after != null).isEqualTo(result);
                assertThat(result).as("succeeds only if nobody found it gone").isEqualTo(found[0]);
                assertThat(steps).containsExactly(result ? "UPDATE" : "EXPIRED");
            }
            case "update" -> assertThat(steps).isEqualTo(result ? List.of("UPDATE", "EXPIRED") : List.of("EXPIRED"));
            case "delete" -> {
                assertThat(found[0] && result).as("deleted before it was found").isFalse();
                assertThat(steps).containsExactly(result ? "DELETED" : "EXPIRED");
            }
            default -> assertThat(result).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("points")
    void anyOperation_overtakenByTouchThenOldDeadline_findsThePresence(Point point) {
        begin();
        boolean[] kept = {false};
        boolean result = overtaken(point, () -> {
            kept[0] = store.touch(ID);
            millis++;
        });
        if (!late || !kept[0]) {
            return;
        }
        assertThat(result).as("of a presence that was kept").isTrue();
        assertThat(store.get(ID) != null).isEqualTo(!point.op().equals("delete"));
        assertThat(steps()).as(point.op()).doesNotContain("EXPIRED");
    }

    /*
     * An operation that has read the old lease finds it expired, although a later lease has kept the incarnation
     * without a gap.
     */
    @ParameterizedTest
    @MethodSource("points")
    void readOrTouch_overtakenByUpsertThenOldDeadline_findsThePresence(Point point) {
        Predicate<String> takesNoLock = op -> op.startsWith("touch") || op.equals("get");
        if (!takesNoLock.test(point.op())) {
            return;
        }
        begin();
        boolean result = overtaken(point, () -> {
            store.upsert(ObservedStore.upsert("away", 1));
            assertThat(store.touch(ID, Duration.ofMillis(TTL))).isTrue();
            millis += 2;
        });
        if (late) {
            assertThat(result).as("of a life that never paused").isTrue();
        }
        assertThat(store.get(ID)).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("points")
    void readOrTouch_overtakenByDeleteAndUpsert_affectsNeither(Point point) {
        Predicate<String> takesNoLock = op -> op.startsWith("touch") || op.equals("get");
        if (!takesNoLock.test(point.op())) {
            return;
        }
        begin();
        overtaken(point, () -> {
            assertThat(store.delete(ID)).isTrue();
            drain();
            store.upsert(ObservedStore.upsert("again", 1));
        });
        if (late) {
            assertThat(store.get(ID)).isNotNull();
            assertThat(steps()).containsExactly("DELETED", "ENTER");
        }
    }
}
