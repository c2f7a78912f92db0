package io.presence.bench.store.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceUpsert;
import io.presence.bench.workload.People;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All candidates must agree with a table of deadlines on a random history, by a clock that the test moves. */
class StoreAgreementTest {

    private static final Duration TTL = Duration.ofSeconds(90);
    private static final int PEOPLE = 50;
    private static final int STEPS = 10_000;
    private static final String[] STATUSES = {"online", "away", "busy"};

    /* The finest wheel of Caffeine has buckets of 1.07 s, and expired entries count until their bucket is reached. */
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(1100);

    /* Its heartbeat does not return whether the entry existed. */
    private static final EnumSet<StoreCandidate> WITHOUT_ANSWER = EnumSet.of(StoreCandidate.CAFFEINE_POLICY);

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final AtomicLong now = new AtomicLong(random.nextLong());
    private final Map<Integer, ExpectedPresence> expected = new HashMap<>();

    private record ExpectedPresence(String status, long deadline) {}

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"MAP_BARE", "PRESENCE_THREAD"})
    void operations_whileTimePasses_agreeWithTable(StoreCandidate candidate) {
        try (Store store = candidate.create(now::get, TTL)) {
            for (int step = 0; step < STEPS; step++) {
                step(candidate, store, true);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void operations_whileTimeStandsStill_agreeWithTable(StoreCandidate candidate) {
        try (Store store = candidate.create(now::get, TTL)) {
            for (int step = 0; step < STEPS; step++) {
                step(candidate, store, false);
            }
        }
    }

    @Test
    void status_atDeadline_isNull() {
        for (StoreCandidate candidate : EnumSet.complementOf(EnumSet.of(StoreCandidate.MAP_BARE))) {
            try (Store store = candidate.create(now::get, TTL)) {
                store.put(whole(1, "online"));
                now.addAndGet(TTL.toNanos() - 1);
                assertThat(store.status(People.id(1))).as("%s", candidate).isEqualTo("online");
                now.incrementAndGet();
                assertThat(store.status(People.id(1))).as("%s", candidate).isNull();
            }
        }
    }

    private void step(StoreCandidate candidate, Store store, boolean timePasses) {
        int number = random.nextInt(PEOPLE);
        switch (random.nextInt(timePasses ? 6 : 5)) {
            case 0 -> put(store, number);
            case 1 -> touch(candidate, store, number);
            case 2 -> upsert(store, number);
            case 3 -> assertThat(store.status(People.id(number))).as(seed()).isEqualTo(statusOf(number));
            case 4 -> assertSize(store);
            default -> now.addAndGet(random.nextLong(TTL.toNanos() / PEOPLE * 3));
        }
        store.maintain();
    }

    private void put(Store store, int number) {
        String status = STATUSES[random.nextInt(STATUSES.length)];
        store.put(whole(number, status));
        live(number, status);
    }

    private void touch(StoreCandidate candidate, Store store, int number) {
        String status = statusOf(number);
        boolean renewed = store.touch(held(number, status == null ? "online" : status));
        if (!WITHOUT_ANSWER.contains(candidate)) {
            assertThat(renewed).as(seed()).isEqualTo(status != null);
        }
        if (status != null) {
            live(number, status);
        }
    }

    private void upsert(Store store, int number) {
        String status = STATUSES[random.nextInt(STATUSES.length)];
        store.upsert(held(number, "online"), status);
        live(number, status);
    }

    private void assertSize(Store store) {
        assertThat(store.size()).as(seed()).isBetween(aliveAt(now.get()), aliveAt(now.get() - LATE_NANOS));
    }

    private long aliveAt(long nanos) {
        return expected.values().stream()
                .filter(lived -> nanos - lived.deadline() < 0)
                .count();
    }

    private void live(int number, String status) {
        expected.put(number, new ExpectedPresence(status, now.get() + TTL.toNanos()));
    }

    private @Nullable String statusOf(int number) {
        ExpectedPresence lived = expected.get(number);
        return lived == null || now.get() - lived.deadline() >= 0 ? null : lived.status();
    }

    private static PlainPresence held(int number, String status) {
        return new PlainPresence(whole(number, status), Long.MAX_VALUE);
    }

    private static PresenceUpsert whole(int number, String status) {
        return PresenceUpsert.of(People.id(number), People.userId(number), status)
                .metadata(People.metadata(number));
    }

    private String seed() {
        return "seed " + seed;
    }
}
