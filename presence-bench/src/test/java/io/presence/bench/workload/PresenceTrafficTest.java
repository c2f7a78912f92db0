package io.presence.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresenceTrafficTest {

    private static final int PEOPLE = 1_000;
    private static final int TICK_MILLIS = 8;
    private static final int TICKS = 700_000 / TICK_MILLIS;

    /** Records the actions, and checks the intervals of the heartbeats. */
    private static final class TrafficLog implements PresenceTraffic.Actor {
        private final List<String> acts = new ArrayList<>();
        private final long[] last = new long[PEOPLE];
        private long millis;
        private int heartbeats;
        private int residents;
        private int moves;

        @Override
        public void upsert(int number, Duration ttl) {
            acts.add(millis + " join " + number);
            residents += ttl.equals(PresenceTraffic.LONG_TTL) ? 1 : 0;
            last[number] = millis;
        }

        @Override
        public void touch(int number) {
            acts.add(millis + " beat " + number);
            heartbeats++;
            assertThat(millis - last[number]).isLessThanOrEqualTo(33_000 + TICK_MILLIS);
            last[number] = millis;
        }

        @Override
        public void move(int number, long x, long y) {
            moves++;
        }
    }

    @Test
    void tick_sameSeed_givesSameTraffic() {
        assertThat(log(3).acts).isEqualTo(log(3).acts).isNotEqualTo(log(4).acts);
    }

    @Test
    void tick_connectedUsers_sendTwoHeartbeatsAMinute() {
        int most = PEOPLE * 9 / 10 * (700 / 30);
        assertThat(log(5).heartbeats).isBetween(most / 2, most);
    }

    @Test
    void begin_oneInTen_has30DayTtl() {
        assertThat(log(6).residents).isEqualTo(PEOPLE / 10);
    }

    @Test
    void tick_storm_reconnectsOneInTenWithinASecond() {
        long reconnected = log(7).acts.stream()
                .filter(act -> act.contains(" join "))
                .mapToLong(act -> Long.parseLong(act.split(" ")[0]))
                .filter(millis -> millis >= 300_000 && millis < 301_000)
                .count();
        assertThat(reconnected).isBetween(PEOPLE / 10L - 10, PEOPLE / 10L + 20);
    }

    @Test
    void zipfNext_firstRank_isTwiceAsFrequentAsSecond() {
        Zipf zipf = new Zipf(1_000, 8);
        int[] drawn = new int[1_000];
        for (int i = 0; i < 100_000; i++) {
            drawn[zipf.next()]++;
        }
        assertThat(drawn[0] / (double) drawn[1]).isBetween(1.8, 2.2);
        assertThat(drawn[0] / (double) drawn[9]).isBetween(8.5, 11.5);
    }

    private static TrafficLog log(long seed) {
        TrafficLog log = new TrafficLog();
        PresenceTraffic traffic = new PresenceTraffic(PEOPLE, seed);
        traffic.begin(log);
        for (int tick = 0; tick < TICKS; tick++) {
            log.millis += TICK_MILLIS;
            traffic.tick(log);
        }
        assertThat(log.moves).isPositive();
        return log;
    }
}
