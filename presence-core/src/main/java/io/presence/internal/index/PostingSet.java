package io.presence.internal.index;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The entries whose values have one hash code, mostly those of one value: null for none, the entry itself for one, an
 * array for up to {@value #MAX_ARRAY}, a set for more. Most users have one or two presences, and a set for each user
 * would take more memory than the presence.
 *
 * <p>An array is replaced and never changed. A set is changed in place. When it shrinks to an array it is left
 * unchanged, so that a reader that holds it misses no entry that was there when it was replaced.
 *
 * <p><b>Cost.</b> O(1), and a copy of at most {@value #MAX_ARRAY} references while it is an array.
 *
 * <p><b>Threads.</b> {@link #with} and {@link #without} by one thread at a time per posting set; readers take no
 * lock.
 *
 * <p>Entries are compared by identity, and are neither arrays nor sets.
 */
final class PostingSet {

    /** The maximum length of an array. A set becomes an array again at half of it. */
    static final int MAX_ARRAY = 8;

    private PostingSet() {}

    static <E> Object with(@Nullable Object posting, E entry) {
        if (posting == null || posting == entry) {
            return entry;
        }
        if (posting instanceof Set<?>) {
            PostingSet.<E>set(posting).add(entry);
            return posting;
        }
        if (!(posting instanceof Object[] array)) {
            return new Object[] {posting, entry};
        }
        return indexOf(array, entry) >= 0 ? array : appended(array, entry);
    }

    private static Object appended(Object[] array, Object entry) {
        if (array.length == MAX_ARRAY) {
            Set<Object> set = ConcurrentHashMap.newKeySet(2 * MAX_ARRAY);
            set.addAll(Arrays.asList(array));
            set.add(entry);
            return set;
        }
        Object[] more = Arrays.copyOf(array, array.length + 1);
        more[array.length] = entry;
        return more;
    }

    static @Nullable Object without(@Nullable Object posting, Object entry) {
        if (posting instanceof Set<?> set) {
            set.remove(entry);
            return set.size() > MAX_ARRAY / 2 ? set : set.toArray();
        }
        if (posting instanceof Object[] array) {
            int index = indexOf(array, entry);
            return index < 0 ? array : removed(array, index);
        }
        return posting == entry ? null : posting;
    }

    private static Object removed(Object[] array, int index) {
        if (array.length == 2) {
            return array[1 - index];
        }
        Object[] fewer = Arrays.copyOf(array, array.length - 1);
        System.arraycopy(array, index + 1, fewer, index, fewer.length - index);
        return fewer;
    }

    private static int indexOf(Object[] array, Object entry) {
        for (int i = 0; i < array.length; i++) {
            if (array[i] == entry) {
                return i;
            }
        }
        return -1;
    }

    static int size(@Nullable Object posting) {
        return posting == null ? 0 : PostingSet.entries(posting).size();
    }

    /** Returns whether an iteration over the entries can meet changes that are made meanwhile. */
    static boolean isChangedInPlace(@Nullable Object posting) {
        return posting instanceof Set<?>;
    }

    /**
     * The entries, weakly consistent: an entry that is there throughout an iteration is included, and one that is
     * removed and added again meanwhile may be included twice.
     */
    @SuppressWarnings("unchecked") // whatever is in a posting was put there as an E
    static <E> Collection<E> entries(@Nullable Object posting) {
        if (posting == null) {
            return List.of();
        }
        if (posting instanceof Set<?>) {
            return PostingSet.<E>set(posting);
        }
        return posting instanceof Object[] array ? (List<E>) Arrays.asList(array) : List.of((E) posting);
    }

    @SuppressWarnings("unchecked") // as above
    private static <E> Set<E> set(Object posting) {
        return (Set<E>) posting;
    }
}
