package io.presence.query.internal.program;

import io.presence.query.Values;
import io.presence.query.internal.hash.PolynomialHash;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A set of operands that are lists, maps and big numbers, by their hashes.
 *
 * <p><b>Cost.</b> A look-up takes time linear in the size of the value and logarithmic in the number of operands.
 */
final class StructureSet {

    private static final PolynomialHash POLYNOMIAL = new PolynomialHash(new SecureRandom().nextLong());
    private static final int NONE = -1;
    private static final StructureSet EMPTY = new StructureSet(new Object[0], new long[0]);

    private final Object[] operands;
    private final long[] hashes;

    private StructureSet(Object[] operands, long[] hashes) {
        this.operands = operands;
        this.hashes = hashes;
    }

    /** Returns the set of distinct operands. */
    static StructureSet of(List<Object> operands) {
        if (operands.isEmpty()) {
            return EMPTY;
        }
        List<Hashed> sorted = new ArrayList<>();
        operands.stream()
                .map(operand -> new Hashed(operand, StructureHash.of(operand, POLYNOMIAL)))
                .sorted()
                .filter(next -> sorted.isEmpty() || !next.isSame(sorted.get(sorted.size() - 1)))
                .forEach(sorted::add);
        return new StructureSet(
                sorted.stream().map(Hashed::operand).toArray(),
                sorted.stream().mapToLong(Hashed::hash).toArray());
    }

    private record Hashed(Object operand, long hash) implements Comparable<Hashed> {
        @Override
        public int compareTo(Hashed other) {
            return Long.compare(hash, other.hash);
        }

        boolean isSame(Hashed other) {
            return hash == other.hash && Values.equal(operand, other.operand);
        }
    }

    int size() {
        return operands.length;
    }

    /** Returns the position of the operand that a value equals, or -1. */
    int find(Object value, Slots slots) {
        if (operands.length == 0) {
            return NONE;
        }
        long hash = StructureHash.of(value, POLYNOMIAL, slots);
        int found = Arrays.binarySearch(hashes, hash);
        return found >= 0 ? equalNear(found, value) : NONE;
    }

    /** Compares the operands with one hash, of which there is rarely more than one. */
    private int equalNear(int found, Object value) {
        long hash = hashes[found];
        int first = found;
        while (first > 0 && hashes[first - 1] == hash) {
            first--;
        }
        for (int i = first; i < hashes.length && hashes[i] == hash; i++) {
            if (Values.equal(value, operands[i])) {
                return i;
            }
        }
        return NONE;
    }
}
