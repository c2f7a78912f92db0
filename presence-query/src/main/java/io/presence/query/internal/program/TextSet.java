package io.presence.query.internal.program;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;

/**
 * A set of strings sorted by hash code and then by themselves.
 *
 * <p><b>Cost.</b> A look-up takes time logarithmic in the number of strings, for any hash codes; 8 bytes per string. It
 * allocates nothing.
 * <p><b>Threads.</b> Immutable.
 */
final class TextSet {

    private static final int NONE = -1;
    private static final Comparator<String> ORDER =
            Comparator.<String>comparingInt(String::hashCode).thenComparing(Comparator.naturalOrder());

    private final String[] texts;
    private final int[] hashes;

    /** Creates a set of strings, which can contain duplicates. */
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
