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

/** That all candidates do the same work: what is timed is who ends, when, and that those who are put off do not. */
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
    void theLibraryEndsEachTimerAtItsTick(TimerCandidate candidate) {
        live(candidate::create);

        assertThat(ended).isEqualTo(expected);
    }

    @Test
    void agronaEndsEachTimerAtItsTick() {
        live(NamedAgronaTimers::new);

        assertThat(ended).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"CAFFEINE", "CAFFEINE_READ"})
    void caffeineEndsEachTimerNotEarlyAndWithinSeconds(TimerCandidate candidate) {
        live(candidate::create);

        assertThat(ended).containsOnlyKeys(expected.keySet());
        assertThat(ended)
                .allSatisfy((id, at) -> assertThat(at - expected.get(id)).isBetween(0, LATEST_TICKS));
    }

    @ParameterizedTest
    @EnumSource(names = {"STORE_WITHOUT_LISTENER", "AGRONA_MAP"})
    void othersEndAllInTheEnd(TimerCandidate candidate) {
        live(candidate::create, id -> {});

        assertThat(tick).isGreaterThan(Collections.max(expected.values()));
    }

    @ParameterizedTest
    @EnumSource(names = {"NETTY", "NETTY_MAP"})
    void nettyEndsEachTimerOnce(TimerCandidate candidate) throws InterruptedException {
        CountDownLatch undelivered = new CountDownLatch(COUNT);
        List<String> delivered = Collections.synchronizedList(new ArrayList<>());
        TimerConfig setting = new TimerConfig(System::nanoTime, Duration.ofSeconds(1), records(), id -> {
            delivered.add(id);
            undelivered.countDown();
        });
        try (Timers timers = candidate.create(setting)) {
            IntStream.range(0, COUNT).forEach(timers::arm);
            IntStream.range(0, COUNT).forEach(timer -> timers.touch(timer, record(timer)));
            assertThat(undelivered.await(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(delivered).containsExactlyInAnyOrderElementsOf(ids());
    }

    @Test
    void aHerdOfNettyEndsWhenItIsToldTo() throws InterruptedException {
        List<String> delivered = Collections.synchronizedList(new ArrayList<>());
        int[] order = IntStream.range(0, COUNT).toArray();
        try (NettyExpiryBurst burst = new NettyExpiryBurst(records(), order, true, delivered::add)) {
            assertThat(delivered).isEmpty();
            burst.expireAll();
            assertThat(burst.remaining()).isZero();
        }

        assertThat(delivered).containsExactlyElementsOf(ids());
    }

    private void live(Function<TimerConfig, Timers> maker) {
        live(maker, this::ended);
    }

    /* Each is armed at some tick, and put off some time before it is due, a few times. */
    private void live(Function<TimerConfig, Timers> maker, Consumer<String> due) {
        Random random = new Random(SEED);
        Map<Integer, List<Integer>> order = new HashMap<>();
        for (int timer = 0; timer < COUNT; timer++) {
            int at = random.nextInt(TTL_TICKS);
            for (int beats = random.nextInt(4); beats >= 0; beats--) {
                order.computeIfAbsent(at, any -> new ArrayList<>()).add(timer);
                expected.put(record(timer).id(), at + TTL_TICKS);
                at += TTL_TICKS / 4 + random.nextInt(TTL_TICKS * 3 / 4);
            }
        }
        Duration ttl = Duration.ofNanos(TTL_TICKS * TICK_NANOS);
        try (Timers timers = maker.apply(new TimerConfig(() -> tick * TICK_NANOS, ttl, records(), due))) {
            play(timers, order);
        }
    }

    private void play(Timers timers, Map<Integer, List<Integer>> order) {
        boolean[] armed = new boolean[COUNT];
        for (tick = 0;
                tick < TICKS && (tick % LATEST_TICKS != 0 || tick < TTL_TICKS || timers.remaining() > 0);
                tick++) {
            timers.advance();
            for (int timer : order.getOrDefault(tick, List.of())) {
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

    /** Agrona with what its user needs to know whose timer has ended. */
    private static final class NamedAgronaTimers extends AgronaTimers {
        private final Map<Long, String> ids = new HashMap<>();
        private final Consumer<String> due;

        NamedAgronaTimers(TimerConfig setting) {
            super(setting);
            this.due = setting.due();
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
