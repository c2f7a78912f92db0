package io.presence.bench.expiry.peer;

import static io.presence.bench.expiry.peer.Timers.TICK_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.bench.expiry.peer.Timers.Plain;
import io.presence.bench.expiry.peer.Timers.Setting;
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
class AgreementTest {
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
    void theLibraryEndsEachTimerAtItsTick(Candidate candidate) {
        live(candidate::create);

        assertThat(ended).isEqualTo(expected);
    }

    @Test
    void agronaEndsEachTimerAtItsTick() {
        live(NamingAgrona::new);

        assertThat(ended).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"CAFFEINE", "CAFFEINE_READ"})
    void caffeineEndsEachTimerNotEarlyAndWithinSeconds(Candidate candidate) {
        live(candidate::create);

        assertThat(ended).containsOnlyKeys(expected.keySet());
        assertThat(ended)
                .allSatisfy((id, at) -> assertThat(at - expected.get(id)).isBetween(0, LATEST_TICKS));
    }

    @ParameterizedTest
    @EnumSource(names = {"STORE_UNHEARD", "AGRONA_MAP"})
    void othersEndAllInTheEnd(Candidate candidate) {
        live(candidate::create, id -> {});

        assertThat(tick).isGreaterThan(Collections.max(expected.values()));
    }

    @ParameterizedTest
    @EnumSource(names = {"NETTY", "NETTY_MAP"})
    void nettyEndsEachTimerOnce(Candidate candidate) throws InterruptedException {
        CountDownLatch untold = new CountDownLatch(COUNT);
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        Setting setting = new Setting(System::nanoTime, Duration.ofSeconds(1), plains(), id -> {
            told.add(id);
            untold.countDown();
        });
        try (Timers timers = candidate.create(setting)) {
            IntStream.range(0, COUNT).forEach(timers::arm);
            IntStream.range(0, COUNT).forEach(timer -> timers.beat(timer, plain(timer)));
            assertThat(untold.await(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(told).containsExactlyInAnyOrderElementsOf(ids());
    }

    @Test
    void aHerdOfNettyEndsWhenItIsToldTo() throws InterruptedException {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        int[] order = IntStream.range(0, COUNT).toArray();
        try (NettyHerd herd = new NettyHerd(plains(), order, true, told::add)) {
            assertThat(told).isEmpty();
            herd.end();
            assertThat(herd.left()).isZero();
        }

        assertThat(told).containsExactlyElementsOf(ids());
    }

    private void live(Function<Setting, Timers> maker) {
        live(maker, this::ended);
    }

    /* Each is armed at some tick, and put off some time before it is due, a few times. */
    private void live(Function<Setting, Timers> maker, Consumer<String> due) {
        Random random = new Random(SEED);
        Map<Integer, List<Integer>> turns = new HashMap<>();
        for (int timer = 0; timer < COUNT; timer++) {
            int at = random.nextInt(TTL_TICKS);
            for (int beats = random.nextInt(4); beats >= 0; beats--) {
                turns.computeIfAbsent(at, any -> new ArrayList<>()).add(timer);
                expected.put(plain(timer).id(), at + TTL_TICKS);
                at += TTL_TICKS / 4 + random.nextInt(TTL_TICKS * 3 / 4);
            }
        }
        Duration ttl = Duration.ofNanos(TTL_TICKS * TICK_NANOS);
        try (Timers timers = maker.apply(new Setting(() -> tick * TICK_NANOS, ttl, plains(), due))) {
            play(timers, turns);
        }
    }

    private void play(Timers timers, Map<Integer, List<Integer>> turns) {
        boolean[] armed = new boolean[COUNT];
        for (tick = 0; tick < TICKS && (tick % LATEST_TICKS != 0 || tick < TTL_TICKS || timers.left() > 0); tick++) {
            timers.advance();
            for (int timer : turns.getOrDefault(tick, List.of())) {
                if (armed[timer]) {
                    timers.beat(timer, plain(timer));
                } else {
                    timers.arm(timer);
                    armed[timer] = true;
                }
            }
        }
        assertThat(timers.left()).isZero();
    }

    private void ended(String id) {
        assertThat(ended.put(id, tick)).isNull();
    }

    private static List<Plain> plains() {
        return IntStream.range(0, COUNT).mapToObj(AgreementTest::plain).toList();
    }

    private static List<String> ids() {
        return plains().stream().map(Plain::id).toList();
    }

    private static Plain plain(int timer) {
        return new Plain("presence-" + timer, "user-" + timer, "online");
    }

    /** Agrona with what its user needs to know whose timer has ended. */
    private static final class NamingAgrona extends AgronaTimers {
        private final Map<Long, String> ids = new HashMap<>();
        private final Consumer<String> due;

        NamingAgrona(Setting setting) {
            super(setting);
            this.due = setting.due();
        }

        @Override
        public void arm(int timer) {
            super.arm(timer);
            ids.put(timerId(timer), plain(timer).id());
        }

        @Override
        public void beat(int timer, Plain arrived) {
            super.beat(timer, arrived);
            ids.put(timerId(timer), arrived.id());
        }

        @Override
        void reached(long timerId) {
            due.accept(ids.get(timerId));
        }
    }
}
