package io.presence.internal.cluster;

import io.presence.GrammarArbitraries;
import io.presence.Ids;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceId;
import io.presence.PresenceUpsert;
import io.presence.internal.store.StateImage;
import io.presence.lock.Locks;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Frames of each kind, of everything that a store can hold. */
final class FrameArbitraries {

    private static final long MAX_TTL = Duration.ofDays(30).toMillis();
    private static final long MAX_REVISION = 1L << 62;

    private FrameArbitraries() {}

    static Arbitrary<Frame> frames() {
        return spaces().flatMap(space -> nodes().flatMap(origin -> frames(space, origin)));
    }

    private static Arbitrary<Frame> frames(int space, NodeId origin) {
        Arbitrary<Frame> deltas = Combinators.combine(
                        upTo(MAX_REVISION - 10),
                        operations(space, origin).list().ofMaxSize(6))
                .as((from, operations) -> new Frame.Delta(space, origin, from, operations));
        Arbitrary<Frame> digests = Combinators.combine(upTo(MAX_REVISION), upTo(MAX_REVISION), Arbitraries.longs())
                .as((revision, size, hash) -> new Frame.Digest(space, origin, revision, size, hash));
        Arbitrary<Frame> pulls = Combinators.combine(nodes(), Arbitraries.longs(), upTo(MAX_REVISION))
                .as((of, nonce, revision) -> new Frame.Pull(space, origin, of, nonce, revision));
        Arbitrary<Frame> chunks = Combinators.combine(
                        Arbitraries.longs(),
                        upTo(MAX_REVISION),
                        Arbitraries.integers().between(0, FrameFormat.MAX_PART),
                        Arbitraries.of(true, false),
                        copies(space, origin).list().ofMaxSize(6))
                .as((nonce, revision, part, isLast, copies) ->
                        new Frame.Chunk(space, origin, nonce, revision, part, isLast, copies));
        Arbitrary<Frame> byes = Combinators.combine(upTo(MAX_REVISION), upTo(3_600_000))
                .as((revision, hold) -> new Frame.Bye(space, origin, revision, hold));
        return Arbitraries.frequencyOf(
                pair(4, deltas), pair(1, digests), pair(1, pulls), pair(4, chunks), pair(1, byes));
    }

    private static <T> Tuple2<Integer, Arbitrary<? extends T>> pair(int weight, Arbitrary<T> of) {
        return Tuple.of(weight, of);
    }

    private static Arbitrary<Integer> spaces() {
        return Arbitraries.of(0, 1);
    }

    private static Arbitrary<NodeId> nodes() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(NodeId::new);
    }

    private static Arbitrary<Long> upTo(long max) {
        return Arbitraries.longs().between(0, max);
    }

    private static Arbitrary<Operation> operations(int space, NodeId origin) {
        return Arbitraries.oneOf(puts(space, origin), ends(space, origin));
    }

    private static Arbitrary<Copy> copies(int space, NodeId origin) {
        return Combinators.combine(upTo(MAX_REVISION), puts(space, origin)).as(Copy::new);
    }

    static Arbitrary<Put> puts(int space, NodeId origin) {
        return Combinators.combine(
                        claims(origin), images(space), Arbitraries.integers().between(0, 7))
                .as(Put::new);
    }

    private static Arbitrary<Claim> claims(NodeId origin) {
        return Combinators.combine(
                        upTo(MAX_REVISION), Arbitraries.oneOf(Arbitraries.just(origin), nodes()), upTo(MAX_REVISION))
                .as(Claim::new);
    }

    private static Arbitrary<End> ends(int space, NodeId origin) {
        return Combinators.combine(
                        ids(space),
                        claims(origin).injectNull(0.5),
                        userIds(),
                        Arbitraries.of(Cause.values()).filter(Cause::isEnd),
                        upTo((1L << 47) - 1),
                        upTo(MAX_TTL))
                .as(End::new);
    }

    private static Arbitrary<String> userIds() {
        return GrammarArbitraries.keys(Ids.MAX_LENGTH);
    }

    private static Arbitrary<String> ids(int space) {
        if (space == 1) {
            return GrammarArbitraries.keys(100)
                    .map(resource -> Locks.ID_PREFIX + resource)
                    .filter(FrameArbitraries::isValid);
        }
        Arbitrary<String> scoped = Combinators.combine(GrammarArbitraries.keys(50), GrammarArbitraries.keys(50))
                .as((user, local) -> isValid(local) ? PresenceId.of(user, local) : PresenceId.of(user, "x"));
        return Arbitraries.oneOf(GrammarArbitraries.presenceIds(), scoped)
                .filter(id -> !id.startsWith(Locks.ID_PREFIX));
    }

    private static boolean isValid(String id) {
        return !id.matches("\\*|(.*\\.)?(create|upsert|update|delete|\\*)");
    }

    private static Arbitrary<StateImage> images(int space) {
        return Combinators.combine(
                        upserts(space), numbers(), Arbitraries.longs().between(0, 1_000))
                .as((upsert, numbers, rung) -> image(
                        upsert, numbers, (int) (rung % (1 + upsert.idleLadder().size()))));
    }

    /** The state that an upsert leaves, with given numbers. */
    static StateImage image(PresenceUpsert upsert, long[] numbers, int rung) {
        return new StateImage(
                upsert.presenceId(),
                upsert.userId(),
                upsert.status(),
                upsert.source(),
                upsert.metadata(),
                upsert.permissions(),
                upsert.idleLadder(),
                rung,
                numbers[0],
                (int) numbers[1],
                numbers[2],
                numbers[3],
                numbers[4],
                numbers[5],
                numbers[6]);
    }

    /* Incarnation, write, created, updated, TTL, expires, since. */
    private static Arbitrary<long[]> numbers() {
        Arbitrary<Long> times = Arbitraries.longs().between(-(1L << 47), (1L << 47) - 1);
        return Combinators.combine(
                        Arbitraries.longs().between(1, (1L << 45) - 1),
                        Arbitraries.integers(),
                        times,
                        times,
                        upTo(MAX_TTL),
                        times,
                        upTo(MAX_TTL))
                .as((incarnation, write, created, updated, ttl, expires, since) ->
                        new long[] {incarnation, write, created, updated, ttl, expires, since});
    }

    private static Arbitrary<PresenceUpsert> upserts(int space) {
        Arbitrary<PresenceUpsert> minimal =
                Combinators.combine(ids(space), userIds(), texts(255)).as(PresenceUpsert::of);
        Arbitrary<PresenceUpsert> sourced = Combinators.combine(
                        minimal, texts(255).injectNull(0.5))
                .as((upsert, source) -> source == null ? upsert : upsert.source(source));
        Arbitrary<PresenceUpsert> permitted = Combinators.combine(
                        sourced,
                        GrammarArbitraries.permissions().list().ofMaxSize(50).injectNull(0.5))
                .as((upsert, permissions) -> permissions == null ? upsert : upsert.permissions(permissions));
        return Combinators.combine(permitted, metadata(), ladders()).as(FrameArbitraries::complete);
    }

    private static PresenceUpsert complete(
            PresenceUpsert upsert, Map<String, Object> metadata, Map<Duration, String> ladder) {
        PresenceUpsert made = upsert.metadata(metadata);
        for (var rung : ladder.entrySet()) {
            made = made.idle(rung.getKey(), rung.getValue());
        }
        return made;
    }

    private static Arbitrary<Map<Duration, String>> ladders() {
        Arbitrary<Long> nanos = Arbitraries.longs()
                .between(Duration.ofSeconds(1).toNanos(), Duration.ofDays(30).toNanos());
        Arbitrary<List<Long>> times = nanos.list().uniqueElements().ofMaxSize(8);
        return Combinators.combine(times, texts(40).list().uniqueElements().ofSize(8))
                .as((after, statuses) -> {
                    Map<Duration, String> ladder = new LinkedHashMap<>();
                    int i = 0;
                    for (long each : new TreeSet<>(after)) {
                        ladder.put(Duration.ofNanos(each), statuses.get(i++));
                    }
                    return ladder;
                });
    }

    /** Texts of at least one character, of all planes, with halves of surrogate pairs. */
    static Arbitrary<String> texts(int maxLength) {
        return Arbitraries.oneOf(
                Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(maxLength),
                Arbitraries.strings().all().ofMinLength(1).ofMaxLength(maxLength),
                Arbitraries.strings()
                        .withCharRange('\uD7FE', '\uE001')
                        .withChars('\0', 'a', '\u007F', '\u0080', '\u07FF', '\u0800', '\uFFFF')
                        .ofMinLength(1)
                        .ofMaxLength(Math.min(maxLength, 20)));
    }

    private static Arbitrary<Map<String, Object>> metadata() {
        return Combinators.combine(
                        members(values(3)), Arbitraries.integers().between(1, 31), Arbitraries.of(1, 0, 0, 0))
                .as((map, levels, isDeep) -> isDeep == 0 ? map : deep(levels));
    }

    /* The metadata itself is one more level. */
    private static Map<String, Object> deep(int levels) {
        Object value = 1L;
        for (int i = 0; i < levels; i++) {
            value = i % 2 == 0 ? Collections.singletonList(value) : Collections.singletonMap("k" + i, value);
        }
        return Collections.singletonMap("deep", value);
    }

    private static Arbitrary<Map<String, Object>> members(Arbitrary<Object> values) {
        Arbitrary<String> keys = Arbitraries.oneOf(texts(10), Arbitraries.just(""));
        return Combinators.combine(keys.list().ofMaxSize(5), values.list().ofSize(5))
                .as((names, all) -> {
                    Map<String, Object> members = new LinkedHashMap<>();
                    for (int i = 0; i < names.size(); i++) {
                        members.put(names.get(i), all.get(i));
                    }
                    return members;
                });
    }

    private static Arbitrary<Object> values(int levels) {
        Arbitrary<Object> simple = Arbitraries.oneOf(
                        Arbitraries.of(true, false), numbersOfJson(), texts(60).map(Object.class::cast))
                .map(Object.class::cast)
                .injectNull(0.1);
        if (levels == 0) {
            return simple;
        }
        Arbitrary<Object> inner = values(levels - 1);
        return Arbitraries.frequencyOf(
                pair(6, simple),
                pair(1, inner.list().ofMaxSize(4).map(Object.class::cast)),
                pair(1, members(inner).map(Object.class::cast)));
    }

    private static Arbitrary<Object> numbersOfJson() {
        Arbitrary<BigInteger> wholes = Arbitraries.bigIntegers()
                .between(BigInteger.TWO.pow(3655).subtract(BigInteger.ONE).negate(), BigInteger.TWO.pow(3654));
        return Arbitraries.oneOf(
                        Arbitraries.longs(),
                        Arbitraries.integers(),
                        Arbitraries.shorts(),
                        Arbitraries.bytes(),
                        wholes,
                        Combinators.combine(wholes, Arbitraries.integers().between(-1100, 1100))
                                .as(BigDecimal::new),
                        Arbitraries.of(0.0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 0.1, -1e300),
                        Arbitraries.of(0f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, 0.1f))
                .map(Object.class::cast);
    }
}
