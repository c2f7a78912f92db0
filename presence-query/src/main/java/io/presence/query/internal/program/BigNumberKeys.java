package io.presence.query.internal.program;

import io.presence.query.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the numbers of one record. The key of a large number takes time quadratic in its digits, so it is cached
 * until the next record: many queries and repeated {@code elemMatch} passes can need it.
 *
 * <p><b>Threads.</b> For one thread.
 */
final class BigNumberKeys {

    /* Up to these sizes a look-up takes as long as the computation. */
    private static final int SMALL_BITS = 128;
    private static final int SMALL_SCALE = 40;

    private final IdentityHashMap<Number, @Nullable Object> keys = new IdentityHashMap<>(0);

    /** Returns the {@link Values#key} of a number. */
    @Nullable Object key(Number number) {
        return isSmall(number) ? Values.key(number) : keys.computeIfAbsent(number, Values::key);
    }

    private static boolean isSmall(Number number) {
        if (number instanceof BigDecimal decimal) {
            return Math.abs((long) decimal.scale()) <= SMALL_SCALE
                    && decimal.unscaledValue().bitLength() <= SMALL_BITS;
        }
        return !(number instanceof BigInteger integer) || integer.bitLength() <= SMALL_BITS;
    }

    /** Clears the cache. */
    void clear() {
        if (!keys.isEmpty()) {
            keys.clear();
        }
    }
}
