package io.presence.bench.expiry.peer;

import static io.presence.bench.expiry.peer.Timers.TICK_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.bench.expiry.peer.Timers.TimerConfig;
import io.presence.bench.expiry.peer.Timers.TimerRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All candidates must do the same work: the same timers expire at the same time, and extended timers do not. */
class TimerAgreementTest {

    private static final long SEED = 5;
    private static final int COUNT = 2000;
    private static final int TTL_TICKS = 3000;
    private static final int TICKS = 20_000;
    private static final int LATEST_TICKS = (int) (Duration.ofSeconds(3).toNanos() / TICK_NANOS);

    private final Map<String, Integer> expected = new HashMap<>();
    private final Map<String, Integer> ended = new HashMap<>();
    private int tick;

    @ParameterizedTest
    @EnumSource(names = {"STORE", "WHEEL"})
    void advance_library_expiresEachTimerAtItsTick(TimerCandidate candidate) {
        run(candidate::create);

        assertThat(ended).isEqualTo(expected);
    }

    @Test
    void advance_agrona_expiresEachTimerAtItsTick() {
        run(NamedAgronaTimers::new);

        assertThat(ended).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"CAFFEINE", "CAFFEINE_READ"})
    void advance_caffeine_expiresEachTimerWithinSecondsAndNotEarly(TimerCandidate candidate) {
        run(candidate::create);

        assertThat(ended).containsOnlyKeys(expected.keySet());
        assertThat(ended)
                .allSatisfy((id, at) -> assertThat(at - expected.get(id)).isBetween(0, LATEST_TICKS));
    }

    @ParameterizedTest
    @EnumSource(names = {"STORE_WITHOUT_LISTENER", "AGRONA_MAP"})
    void advance_otherCandidates_expireAllTimers(TimerCandidate candidate) {
        run(candidate::create, id -> {});

        assertThat(tick).isGreaterThan(Collections.max(expected.values()));
    }

    @ParameterizedTest
    @EnumSource(names = {"NETTY", "NETTY_MAP"})
    void arm_netty_expiresEachTimerOnce(TimerCandidate candidate) throws InterruptedException {
        CountDownLatch undelivered = new CountDownLatch(COUNT);
        List<String> delivered = Collections.synchronizedList(new ArrayList<>());
        TimerConfig config = new TimerConfig(System::nanoTime, Duration.ofSeconds(1), records(), id -> {
            delivered.add(id);
            undelivered.countDown();
        });
        try (Timers timers = candidate.create(config)) {
            IntStream.range(0, COUNT).forEach(timers::arm);
            IntStream.range(0, COUNT).forEach(timer -> timers.touch(timer, record(timer)));
            assertThat(undelivered.await(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(delivered).containsExactlyInAnyOrderElementsOf(ids());
    }

    @Test
    void expireAll_nettyBurst_expiresAllTimersThen() throws InterruptedException {
        List<String> delivered = Collections.synchronizedList(new ArrayList<>());
        int[] order = IntStream.range(0, COUNT).toArray();
        try (NettyExpiryBurst burst = new NettyExpiryBurst(records(), order, true, delivered::add)) {
            assertThat(delivered).isEmpty();
            burst.expireAll();
            assertThat(burst.remaining()).isZero();
        }

        assertThat(delivered).containsExactlyElementsOf(ids());
    }

    private void run(Function<TimerConfig, Timers> maker) {
        run(maker, this::ended);
    }

    /* Each timer is armed at a random tick and extended up to three times before it is due. */
    private void run(Function<TimerConfig, Timers> maker, Consumer<String> due) {
        Random random = new Random(SEED);
        Map<Integer, List<Integer>> actions = new HashMap<>();
        for (int timer = 0; timer < COUNT; timer++) {
            int at = random.nextInt(TTL_TICKS);
            for (int beats = random.nextInt(4); beats >= 0; beats--) {
                actions.computeIfAbsent(at, any -> new ArrayList<>()).add(timer);
                expected.put(record(timer).id(), at + TTL_TICKS);
                at += TTL_TICKS / 4 + random.nextInt(TTL_TICKS * 3 / 4);
            }
        }
        Duration ttl = Duration.ofNanos(TTL_TICKS * TICK_NANOS);
        try (Timers timers = maker.apply(new TimerConfig(() -> tick * TICK_NANOS, ttl, records(), due))) {
            play(timers, actions);
        }
    }

    private void play(Timers timers, Map<Integer, List<Integer>> actions) {
        boolean[] armed = new boolean[COUNT];
        for (tick = 0;
                tick < TICKS && (tick % LATEST_TICKS != 0 || tick < TTL_TICKS || timers.remaining() > 0);
                tick++) {
            timers.advance();
            for (int timer : actions.getOrDefault(tick, List.of())) {
                if (armed[timer]) {
                    timers.touch(timer, record(timer));
                } else {
                    timers.arm(timer);
                    armed[timer] = true;
                }
            }
        }
        assertThat(timers.remaining()).isZero();
    }

    private void ended(String id) {
        assertThat(ended.put(id, tick)).isNull();
    }

    private static List<TimerRecord> records() {
        return IntStream.range(0, COUNT).mapToObj(TimerAgreementTest::record).toList();
    }

    private static List<String> ids() {
        return records().stream().map(TimerRecord::id).toList();
    }

    private static TimerRecord record(int timer) {
        return new TimerRecord("presence-" + timer, "user-" + timer, "online");
    }

    /** Agrona's timers with the map from a timer's number to its id. */
    private static final class NamedAgronaTimers extends AgronaTimers {
        private final Map<Long, String> ids = new HashMap<>();
        private final Consumer<String> due;

        NamedAgronaTimers(TimerConfig config) {
            super(config);
            this.due = config.due();
        }

        @Override
        public void arm(int timer) {
            super.arm(timer);
            ids.put(timerId(timer), record(timer).id());
        }

        @Override
        public void touch(int timer, TimerRecord arrived) {
            super.touch(timer, arrived);
            ids.put(timerId(timer), arrived.id());
        }

        @Override
        void reached(long timerId) {
            due.accept(ids.get(timerId));
        }
    }
}
