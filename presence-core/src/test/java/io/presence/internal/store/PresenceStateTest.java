package io.presence.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Permission;
import io.presence.PresenceUpsert;
import io.presence.Role;
import io.presence.WriteResult.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The parts of a state, whichever class has room for them, and the short way to the state of the usual upsert. */
class PresenceStateTest {

    private static final long MAX_TIME = (1L << 47) - 1;
    private static final long MAX_TTL = Duration.ofDays(30).toMillis();
    private static final List<Permission> READABLE = List.of(Permission.read(Role.any()));

    @Property
    void remote_ofAnyParts_returnsThem(@ForAll("images") StateImage image) {
        PresenceState state = PresenceState.remote(image, 0);

        assertThat(state.image()).isEqualTo(image);
        assertThat(state.expiresAt().toEpochMilli()).isEqualTo(image.expiresAtMillis());
        assertThat(state.lastSeenAt().toEpochMilli()).isEqualTo(image.expiresAtMillis() - image.sinceMillis());
        assertThat(state.namedPermissions()).isEqualTo(image.permissions());
        assertThat(state.source()).isEqualTo(image.source());
    }

    @Property
    void replaced_byAnUpsert_isTheStateOfItsFields(
            @ForAll("images") StateImage image,
            @ForAll("upserts") PresenceUpsert upsert,
            @ForAll @LongRange(min = 0, max = 1L << 50) long now,
            @ForAll @LongRange(min = 1, max = 2_592_000_000_000_000L) long ttl) {
        PresenceState old = PresenceState.remote(image, 0);

        PresenceState next = old.replaced(upsert, now, image.updatedAtMillis(), ttl);
        PresenceState expected =
                old.replaced(PresenceFields.of(upsert, old, now), now, image.updatedAtMillis(), ttl, Outcome.REPLACED);

        assertThat(next.image()).isEqualTo(expected.image());
        assertThat(next.word()).isEqualTo(expected.word());
        assertThat(next.outcome()).isEqualTo(Outcome.REPLACED);
        assertThat(next.image().expiresAtMillis()).isEqualTo(image.updatedAtMillis() + ttl / 1_000_000);
    }

    @Test
    void written_withoutExtras_takesNoRoomForThem() {
        PresenceState plain = replaced(PresenceUpsert.of("p", "ada", "away"));

        assertThat(plain.getClass()).isSameAs(PresenceState.class);
        assertThat(replaced(PresenceUpsert.of("p", "ada", "away").source("phone"))
                        .getClass())
                .isSameAs(ExtendedState.class);
        assertThat(plain.withLease(Lease.wordOf(77), 5_000_000, 70, Clocks.UNKNOWN)
                        .getClass())
                .isSameAs(ExtendedState.class);
    }

    private static PresenceState replaced(PresenceUpsert upsert) {
        PresenceUpsert first = PresenceUpsert.of("p", "ada", "online");
        return PresenceState.initial(PresenceFields.of(first, "p", "ada", 0), 1, 0, 1_000, 5_000_000)
                .replaced(upsert, 7, 1_007, 5_000_000);
    }

    @Provide
    Arbitrary<PresenceUpsert> upserts() {
        return Combinators.combine(sources(), permissions(), Arbitraries.of(true, false), ladders())
                .as((source, permissions, isAway, ladder) -> {
                    PresenceUpsert upsert = PresenceUpsert.of("p", "ada", isAway ? "away" : "online");
                    upsert = source == null ? upsert : upsert.source(source);
                    upsert = permissions == null ? upsert : upsert.permissions(permissions);
                    return ladder.isEmpty() ? upsert : upsert.idle(Duration.ofMinutes(1), "idle");
                });
    }

    @Provide
    Arbitrary<StateImage> images() {
        Arbitrary<long[]> times = Combinators.combine(times(), times(), ttls())
                .as((created, updated, ttl) -> new long[] {created, updated, ttl});
        /* As often as not the usual ones: the end is a TTL after the write, and the write is the last heartbeat. */
        Arbitrary<@Nullable Long> ends = times().injectNull(0.5);
        Arbitrary<@Nullable Long> sinces = ttls().injectNull(0.5);
        return Combinators.combine(times, ends, sinces, Arbitraries.integers(), sources(), permissions(), ladders())
                .as((time, end, since, write, source, permissions, ladder) -> {
                    return new StateImage(
                            "p",
                            "ada",
                            "online",
                            source,
                            Map.of("room", 1L),
                            permissions,
                            ladder,
                            0,
                            time[0] & (1L << 45) - 1,
                            write,
                            time[0],
                            time[1],
                            time[2],
                            end == null ? time[1] + time[2] : end,
                            since == null ? time[2] : since);
                });
    }

    private static Arbitrary<Long> times() {
        return Arbitraries.longs().between(-MAX_TIME / 2, MAX_TIME / 2);
    }

    private static Arbitrary<Long> ttls() {
        return Arbitraries.longs().between(0, MAX_TTL);
    }

    private static Arbitrary<@Nullable String> sources() {
        return Arbitraries.of("phone").injectNull(0.6);
    }

    private static Arbitrary<@Nullable List<Permission>> permissions() {
        return Arbitraries.of(List.of(READABLE)).injectNull(0.6);
    }

    private static Arbitrary<Map<Duration, String>> ladders() {
        return Arbitraries.of(Map.of(), Map.of(), Map.of(Duration.ofMinutes(1), "idle"));
    }
}
