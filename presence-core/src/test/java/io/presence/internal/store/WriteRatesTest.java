package io.presence.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.fixture.Promise;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WriteRatesTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long nanos;
    private final Clocks clocks = new Clocks(() -> nanos, () -> Instant.EPOCH);

    /* A bucket as one thinks of it: what it holds, in units of a token divided by the interval. */
    private static final class Bucket {

        private final long interval;
        private final long capacity;
        private long held;
        private long at;

        Bucket(int perSecond, long now) {
            interval = (SECOND + perSecond - 1) / perSecond;
            capacity = interval * perSecond;
            held = capacity;
            at = now;
        }

        long take(long now) {
            held = Math.min(capacity, held + (now - at));
            at = now;
            if (held < interval) {
                return interval - held;
            }
            held -= interval;
            return 0;
        }
    }

    @Property(tries = 500)
    @Promise("user-write-rate")
    void take_anySequence_agreesWithATokenBucketPerUser(
            @ForAll @IntRange(min = 1, max = 7) int perSecond,
            @ForAll @Size(max = 80) List<@IntRange(min = 0, max = 400) Integer> millis) {
        WriteRates rates = new WriteRates(perSecond, clocks);
        Map<String, Bucket> buckets = new HashMap<>();
        for (int passed : millis) {
            nanos += TimeUnit.MILLISECONDS.toNanos(passed / 5);
            String user = "user" + passed % 3;
            Bucket bucket = buckets.computeIfAbsent(user, added -> new Bucket(perSecond, nanos));
            assertThat(rates.take(user)).as(user + " at " + nanos).isEqualTo(bucket.take(nanos));
        }
    }

    @Test
    void take_afterTheNamedWait_isGranted() {
        WriteRates rates = new WriteRates(3, clocks);
        for (int i = 0; i < 100; i++) {
            long wait = rates.take("ada");
            nanos += wait;
            if (wait > 0) {
                assertThat(rates.take("ada")).isZero();
            }
        }
    }

    @Test
    @Promise("user-memory")
    void take_byManyNewUsers_keepsThoseOfTheLastSecond() {
        WriteRates rates = new WriteRates(5, clocks);
        for (int i = 0; i < 100_000; i++) {
            nanos += TimeUnit.MILLISECONDS.toNanos(10);
            rates.take("user" + i);
            /* One needs 200 ms to be full again: 20 that are not, and a pass over these frees the rest. */
            assertThat(rates.users()).isLessThan(100);
        }
    }

    @Test
    void take_byOneUser_releasesTheOthers() {
        WriteRates rates = new WriteRates(5, clocks);
        for (int i = 0; i < 1_000; i++) {
            rates.take("user" + i);
        }
        assertThat(rates.users()).isEqualTo(1_000);
        for (int i = 0; i < 1_100; i++) {
            nanos += SECOND;
            rates.take("ada");
        }
        assertThat(rates.users()).isLessThanOrEqualTo(1);
    }
}
