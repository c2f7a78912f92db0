package io.presence.linear;

import io.presence.Version;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Random operations on a presence, and random advances of the clock. For one thread. */
final class RandomOperations {

    /** The longest TTL, so that all presences end within as many ticks. */
    static final int MAX_TTL = 3;

    private static final int STATUSES = 3;
    private static final int KINDS = 20;

    private final SplittableRandom random;

    RandomOperations(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A number below a bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /**
     * The next operation.
     *
     * @param seen a version that the presence has had, or null
     */
    Operation next(@Nullable Version seen) {
        return switch (random.nextInt(KINDS)) {
            case 0, 1, 2, 3, 4 -> Operation.get();
            case 5, 6 -> Operation.advance(1 + random.nextInt(2));
            case 7, 8 -> Operation.touch(0);
            case 9 -> Operation.touch(ttl());
            case 10, 11 -> Operation.upsert(status(), ttl());
            case 12, 13 -> Operation.ifAbsent(status(), ttl());
            case 14, 15 ->
                seen == null ? Operation.upsert(status(), ttl()) : Operation.ifVersion(status(), ttl(), seen);
            case 16 -> Operation.patch(status());
            case 17 -> seen == null ? Operation.delete() : Operation.delete(seen);
            case 18 -> Operation.advance(1);
            default -> Operation.delete();
        };
    }

    int ttl() {
        return 1 + random.nextInt(MAX_TTL);
    }

    int status() {
        return random.nextInt(STATUSES);
    }
}
