package io.presence.query.internal.program;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;

/**
 * Strings sorted by their hash codes, then by themselves.
 *
 * <p><b>Cost.</b> Finding a string takes time logarithmic in the number of strings, whatever their hash codes; 8 bytes per
 * string. Nothing is allocated.
 * <p><b>Threads.</b> Immutable.
 */
final class TextSet {
    private static final int NONE = -1;
    private static final Comparator<String> ORDER =
            Comparator.<String>comparingInt(String::hashCode).thenComparing(Comparator.naturalOrder());

    private final String[] texts;
    private final int[] hashes;

    /** Makes a set of strings, of which some may be given more than once. */
    TextSet(Collection<String> given) {
        texts = given.stream().sorted(ORDER).distinct().toArray(String[]::new);
        hashes = Arrays.stream(texts).mapToInt(String::hashCode).toArray();
    }

    int size() {
        return texts.length;
    }

    String get(int position) {
        return texts[position];
    }

    /** Returns the position of a string, or -1. */
    int find(String text) {
        int hash = text.hashCode();
        int found = Arrays.binarySearch(hashes, hash);
        if (found < 0 || texts[found].equals(text)) {
            return Math.max(NONE, found);
        }
        return isAlone(found) ? NONE : Math.max(NONE, Arrays.binarySearch(texts, text, ORDER));
    }

    private boolean isAlone(int found) {
        int hash = hashes[found];
        return (found == 0 || hashes[found - 1] != hash) && (found + 1 == hashes.length || hashes[found + 1] != hash);
    }
}
