package io.presence.query.internal.index;

import io.presence.query.internal.hash.PolynomialHash;
import java.math.BigDecimal;

/**
 * Keyed hashes of indexed values by namespace: one value has another hash for each slot and use.
 *
 * <p><b>Cost.</b> Two multiplications for a word, one for each three characters of a string or byte of a big number.
 * <p><b>Threads.</b> Immutable.
 */
final class KeyHash {

    private static final int CHARS = 3;
    private static final long LOW = 0xffff_ffffL;
    private static final long BYTE = 0xffL;

    private final PolynomialHash polynomial;

    /**
     * Creates the hashes of one seed.
     *
     * @param seed unknown to untrusted callers
     */
    KeyHash(long seed) {
        polynomial = new PolynomialHash(seed);
    }

    /** Returns the hash of a word. */
    int of(int namespace, long word) {
        return finish(step(start(namespace), word));
    }

    /** Returns the hash of two words. */
    int of(int namespace, long word, long other) {
        return finish(step(step(start(namespace), word), other));
    }

    /** Returns the hash of a number that no word can hold. */
    int of(int namespace, BigDecimal number) {
        long sum = step(start(namespace), number.scale());
        for (byte digits : number.unscaledValue().toByteArray()) {
            sum = polynomial.step(sum, digits & BYTE);
        }
        return finish(sum);
    }

    private long step(long sum, long word) {
        return polynomial.step(polynomial.step(sum, word >>> Integer.SIZE), word & LOW);
    }

    /** Returns the hash of a whole string. */
    int of(int namespace, String text) {
        long sum = polynomial.step(start(namespace), text.length());
        int at = 0;
        for (int end = text.length() - text.length() % CHARS; at < end; at += CHARS) {
            long chars = text.charAt(at) | (long) text.charAt(at + 1) << 16 | (long) text.charAt(at + 2) << 32;
            sum = polynomial.step(sum, chars);
        }
        for (; at < text.length(); at++) {
            sum = polynomial.step(sum, text.charAt(at));
        }
        return finish(sum);
    }

    /** Returns the hash of a prefix, equal to that of the incremental steps over its characters. */
    int ofPrefix(int namespace, String text) {
        long sum = start(namespace);
        for (int i = 0; i < text.length(); i++) {
            sum = stepPrefix(sum, text.charAt(i));
        }
        return finish(sum);
    }

    /** Returns the hash of a suffix, equal to that of the incremental steps over its characters in reverse. */
    int ofSuffix(int namespace, String text) {
        long sum = start(namespace);
        for (int i = text.length() - 1; i >= 0; i--) {
            sum = stepPrefix(sum, text.charAt(i));
        }
        return finish(sum);
    }

    long start(int namespace) {
        return namespace + 1L;
    }

    long stepPrefix(long sum, char next) {
        return polynomial.step(sum, next + 1L);
    }

    int finish(long sum) {
        return (int) polynomial.finish(sum);
    }
}
