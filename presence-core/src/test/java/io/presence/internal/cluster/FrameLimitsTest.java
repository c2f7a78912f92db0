package io.presence.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.PresenceEvent.Cause;
import io.presence.PresenceUpsert;
import io.presence.internal.store.StateImage;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that are out of their range, one at a time, in frames that are right otherwise. */
class FrameLimitsTest {

    private static final NodeId ORIGIN = new NodeId(1, 2);
    private static final long MAX_TTL = Duration.ofDays(30).toMillis();
    private static final long DAYS_48_BITS = 1L << 47;
    private static final StateImage STATE = FrameArbitraries.image(
            PresenceUpsert.of("p", "u", "online"), new long[] {1, 0, 1_000, 2_000, 500, 2_500, 500}, 0);

    static Stream<Arguments> wrongPuts() {
        return Stream.of(
                Arguments.of(state("", "u", "online"), "presenceId must be 1 to 128 characters: 0"),
                Arguments.of(state("*", "u", "online"), "presenceId must not be *, which stands for all presences"),
                Arguments.of(
                        state("~lock:x", "u", "online"), "presenceId must begin with ~lock: in space 1 alone: space 0"),
                Arguments.of(state("p", "a b", "online"), "userId must be printable ASCII"),
                Arguments.of(state("p", "u", ""), "status must be 1 to 255 characters: 0"),
                Arguments.of(sourced("s".repeat(256)), "source must be 1 to 255 characters: 256"),
                Arguments.of(meta(Map.of("k", "x".repeat(65_536))), "metadata must be at most 65536 bytes as JSON"),
                Arguments.of(meta(Map.of("k", Double.NaN)), "metadata.k must be a finite number: NaN"),
                Arguments.of(meta(nested(32)), "metadata must have at most 32 levels"),
                Arguments.of(numbers(0, 1, 1, 1, 1, 1), "incarnation must be from 1 to 35184372088831: 0"),
                Arguments.of(numbers(1L << 45, 1, 1, 1, 1, 1), "incarnation must be from 1 to"),
                Arguments.of(numbers(1, DAYS_48_BITS, 1, 1, 1, 1), "createdAt must be from -140737488355328 to"),
                Arguments.of(numbers(1, 1, -DAYS_48_BITS - 1, 1, 1, 1), "updatedAt must be from"),
                Arguments.of(numbers(1, 1, 1, DAYS_48_BITS, 1, 1), "expiresAt must be from"),
                Arguments.of(numbers(1, 1, 1, 1, -1, 1), "ttl must be from 0 to 2592000000: 18446744073709551615"),
                Arguments.of(numbers(1, 1, 1, 1, MAX_TTL + 1, 1), "ttl must be from 0 to 2592000000: 2592000001"),
                Arguments.of(numbers(1, 1, 1, 1, 1, -1), "since must be from 0 to 2592000000: -1"),
                Arguments.of(numbers(1, 1, 1, 1, 1, MAX_TTL + 1), "since must be from 0 to 2592000000: 2592000001"),
                Arguments.of(laddered(Map.of(Duration.ofMillis(999), "away"), 0), "after must be from PT1S to PT720H"),
                Arguments.of(
                        laddered(Map.of(Duration.ofDays(31), "away"), 0), "after must be from 0 to 2592000: 2678400"),
                Arguments.of(laddered(Map.of(Duration.ofSeconds(5), "away"), 2), "rung must be from 0 to 1: 2"),
                Arguments.of(laddered(Map.of(Duration.ofSeconds(5), "away"), -1), "rung must be from 0 to 1"));
    }

    @ParameterizedTest
    @MethodSource("wrongPuts")
    void read_ofAWrongState_refusesIt(StateImage state, String error) {
        assertRefused(delta(new Put(new Claim(1, ORIGIN, 1), state, 1)), error);
    }

    static Stream<Arguments> wrongFrames() {
        long tooMuch = (1L << 62) + 1;
        return Stream.of(
                Arguments.of(delta(new Put(new Claim(-1, ORIGIN, 1), STATE, 1)), "createdEpoch must be from 0 to"),
                Arguments.of(delta(new Put(new Claim(1, ORIGIN, -1), STATE, 1)), "epoch must be from 0 to"),
                Arguments.of(delta(new Put(new Claim(1, ORIGIN, tooMuch), STATE, 1)), "epoch must be from"),
                Arguments.of(delta(new Put(new Claim(1, ORIGIN, 1), STATE, 8)), "actions must be from 0 to 7: 8"),
                Arguments.of(delta(new End("", null, "u", Cause.DELETED, 0, 0)), "presenceId must be 1 to 128"),
                Arguments.of(delta(new End("p", null, "", Cause.DELETED, 0, 0)), "userId must be 1 to 128"),
                Arguments.of(delta(new End("p", null, "u", Cause.DELETED, -1, 0)), "endedAgo must be from 0 to"),
                Arguments.of(delta(new End("p", null, "u", Cause.DELETED, 0, MAX_TTL + 1)), "since must be from 0 to"),
                Arguments.of(new Frame.Delta(0, ORIGIN, -1, List.of()), "revision must be from 0 to"),
                Arguments.of(
                        new Frame.Delta(0, ORIGIN, 1L << 62, List.of(new Put(new Claim(1, ORIGIN, 1), STATE, 1))),
                        "revision must be from 0 to 4611686018427387904: 4611686018427387905"),
                Arguments.of(
                        new Frame.Delta(1, ORIGIN, 1, List.of(new Put(new Claim(1, ORIGIN, 1), STATE, 1))),
                        "presenceId must begin with ~lock: in space 1 alone: space 1"),
                Arguments.of(new Frame.Digest(2, ORIGIN, 1, 1, 1), "space must be from 0 to 1: 2"),
                Arguments.of(new Frame.Digest(0, ORIGIN, tooMuch, 1, 1), "revision must be from 0 to"),
                Arguments.of(new Frame.Digest(0, ORIGIN, 1, -1, 1), "size must be from 0 to"),
                Arguments.of(new Frame.Pull(0, ORIGIN, ORIGIN, 1, -1), "revision must be from 0 to"),
                Arguments.of(new Frame.Chunk(0, ORIGIN, 1, 1, -1, true, List.of()), "part must be from 0 to"),
                /* A receiver would need 256 MB for the bits of the parts before it. */
                Arguments.of(
                        new Frame.Chunk(0, ORIGIN, 1, 1, Integer.MAX_VALUE, true, List.of()),
                        "part must be from 0 to 67108864: 2147483647"),
                Arguments.of(new Frame.Bye(0, ORIGIN, 1, 3_600_001), "holdMillis must be from 0 to 3600000: 3600001"));
    }

    @ParameterizedTest
    @MethodSource("wrongFrames")
    void read_ofAWrongFrame_refusesIt(Frame frame, String error) {
        assertRefused(frame, error);
    }

    private static void assertRefused(Frame frame, String error) {
        byte[] bytes = FrameWriter.write(frame);
        assertThatThrownBy(() -> FrameReader.read(bytes))
                .isInstanceOf(FrameException.class)
                .hasMessageStartingWith(error)
                .satisfies(refused -> assertThat(refused.getStackTrace()).isEmpty());
    }

    private static Frame delta(Operation operation) {
        return new Frame.Delta(0, ORIGIN, 1, List.of(operation));
    }

    private static StateImage state(String id, String userId, String status) {
        return image(id, userId, status, null, Map.of(), Map.of(), 0, new long[] {1, 1, 1, 1, 1, 1});
    }

    private static StateImage sourced(String source) {
        return image("p", "u", "s", source, Map.of(), Map.of(), 0, new long[] {1, 1, 1, 1, 1, 1});
    }

    private static StateImage meta(Map<String, Object> metadata) {
        return image("p", "u", "s", null, metadata, Map.of(), 0, new long[] {1, 1, 1, 1, 1, 1});
    }

    private static StateImage numbers(long... numbers) {
        return image("p", "u", "s", null, Map.of(), Map.of(), 0, numbers);
    }

    private static StateImage laddered(Map<Duration, String> ladder, int rung) {
        return image("p", "u", "s", null, Map.of(), ladder, rung, new long[] {1, 1, 1, 1, 1, 1});
    }

    /* The numbers are those of incarnation, creation, change, end, TTL and the time since the last heartbeat. */
    private static StateImage image(
            String id,
            String userId,
            String status,
            String source,
            Map<String, Object> metadata,
            Map<Duration, String> ladder,
            int rung,
            long[] numbers) {
        return new StateImage(
                id,
                userId,
                status,
                source,
                metadata,
                null,
                ladder,
                rung,
                numbers[0],
                0,
                numbers[1],
                numbers[2],
                numbers[4],
                numbers[3],
                numbers[5]);
    }

    private static Map<String, Object> nested(int levels) {
        Object value = 1L;
        for (int i = 0; i < levels; i++) {
            value = Collections.singletonList(value);
        }
        return Collections.singletonMap("k", value);
    }
}
