package io.presence.internal.stats;

import static io.presence.fixture.Allocations.assertAllocatesNothing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The counts against a recount of the statuses of all presences. */
class StatusCountsTest {

    private final StatusCounts counts = new StatusCounts();

    /** A status that an id has from then on; null ends its life. */
    record Write(int id, @Nullable String status) {}

    @Property(tries = 500)
    void snapshot_afterAnyMoves_agreesWithARecount(@ForAll("writes") List<Write> writes) {
        StatusCounts subject = new StatusCounts();
        Map<Integer, @Nullable String> statuses = new HashMap<>();
        for (Write write : writes) {
            subject.moved(statuses.put(write.id(), write.status()), write.status());
            assertThat(subject.snapshot()).isEqualTo(countAnew(statuses.values()));
        }
        statuses.values().forEach(status -> subject.moved(status, null));
        assertThat(subject.snapshot()).isEmpty();
    }

    private static Map<String, Long> countAnew(Collection<@Nullable String> statuses) {
        return statuses.stream()
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    @Provide
    Arbitrary<List<Write>> writes() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.of("online", "away", "busy").injectNull(0.3))
                .as(Write::new)
                .list()
                .ofMaxSize(40);
    }

    @Test
    void snapshot_always_isAnOrderedCopy() {
        counts.moved(null, "online");
        counts.moved(null, "away");
        Map<String, Long> before = counts.snapshot();
        counts.moved("away", null);
        assertThat(before).isUnmodifiable();
        assertThat(before.keySet()).containsExactly("away", "online");
    }

    @Test
    void moved_fromStatusWithoutPresences_isRefused() {
        assertThatThrownBy(() -> counts.moved("away", "online"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("from must be the status of a presence");
        assertThat(counts.snapshot()).isEmpty();
    }

    @Test
    void moved_toEqualStatus_allocatesNothing() {
        String equal = String.valueOf("online".toCharArray());
        counts.moved(null, "online");
        assertAllocatesNothing(() -> counts.moved("online", equal));
        assertThat(counts.snapshot()).containsOnly(Map.entry("online", 1L));
    }
}
