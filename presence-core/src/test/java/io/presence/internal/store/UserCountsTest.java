package io.presence.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.fixture.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class UserCountsTest {

    @Property(tries = 500)
    void acquireAndRelease_anySequence_agreesWithPlainNumbers(
            @ForAll @IntRange(min = 1, max = 3) int most, @ForAll List<@IntRange(max = 11) Integer> steps) {
        UserCounts counts = new UserCounts(most);
        Map<String, Integer> plain = new HashMap<>();
        for (int step : steps) {
            String user = "user" + step % 3;
            int number = plain.getOrDefault(user, 0);
            if (step < 6) {
                assertThat(counts.acquire(user)).isEqualTo(number < most);
                plain.put(user, Math.max(number, Math.min(number + 1, most)));
            } else if (step < 8) {
                counts.add(user);
                plain.put(user, number + 1);
            } else if (number > 0) {
                counts.release(user);
                plain.put(user, number - 1);
            }
            plain.values().removeIf(each -> each == 0);
            plain.forEach((each, count) -> assertThat(counts.count(each)).isEqualTo(count));
            assertThat(counts.users()).isEqualTo(plain.size());
        }
    }

    @Test
    @Promise("user-memory")
    void release_byManyNewUsers_keepsNoMemory() {
        UserCounts counts = new UserCounts(2);
        for (int i = 0; i < 100_000; i++) {
            assertThat(counts.acquire("user" + i)).isTrue();
            counts.release("user" + i);
        }
        assertThat(counts.users()).isZero();
    }
}
