package io.presence;

import java.util.AbstractCollection;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map from strings to JSON-like values, including null. It iterates in the order in which it was written.
 *
 * <p>Members lie side by side in one array. Up to {@value #SCANNED} members are found by a scan. Above that, their
 * positions are kept sorted by hash code and then by key, so a look-up takes a logarithmic number of comparisons,
 * whichever keys an untrusted writer chooses.
 *
 * <p><b>Cost.</b> 40 bytes and 8 for each member, and above {@value #SCANNED} members 16 bytes and 2 for each.
 *
 * <p><b>Threads.</b> Immutable.
 */
final class MetadataMap extends ReadOnlyMap {

    private static final int SCANNED = 8;
    private static final Comparator<String> BY_HASH =
            Comparator.comparingInt(String::hashCode).thenComparing(Comparator.naturalOrder());
    private static final MetadataMap EMPTY = new MetadataMap(new Object[0], null);

    /* Keys at even positions, each followed by its value. */
    private final @Nullable Object[] members;
    /* The numbers of the members, sorted by BY_HASH; null up to SCANNED members. */
    private final char @Nullable [] sorted;

    private MetadataMap(@Nullable Object[] members, char @Nullable [] sorted) {
        this.members = members;
        this.sorted = sorted;
    }

    /**
     * Returns a map of the members. Their keys must be distinct; {@link #repeatedKey} checks this.
     *
     * @param members each key followed by its value, at most 65,536 pairs; kept, and not to be changed by the caller
     */
    static MetadataMap of(@Nullable Object[] members) {
        if (members.length == 0) {
            return EMPTY;
        }
        return new MetadataMap(members, members.length <= 2 * SCANNED ? null : sorted(members));
    }

    private static char[] sorted(@Nullable Object[] members) {
        Integer[] order = new Integer[members.length / 2];
        Arrays.setAll(order, Integer::valueOf);
        Arrays.sort(order, Comparator.comparing(number -> (String) members[2 * number], BY_HASH));
        char[] sorted = new char[order.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = (char) order[i].intValue();
        }
        return sorted;
    }

    /** Returns a key that occurs more than once, as it can in an {@link java.util.IdentityHashMap}; otherwise null. */
    @Nullable String repeatedKey() {
        char[] numbers = sorted;
        for (int i = 0; i < size(); i++) {
            int next = numbers == null ? i : numbers[i];
            boolean repeats = numbers == null
                    ? find(members[2 * i]) != i
                    : i > 0 && keyAt(next).equals(keyAt(numbers[i - 1]));
            if (repeats) {
                return keyAt(next);
            }
        }
        return null;
    }

    private String keyAt(int number) {
        return (String) Objects.requireNonNull(members[2 * number]);
    }

    private @Nullable Object valueAt(int number) {
        return members[2 * number + 1];
    }

    /* Returns the number of the member with a key, or -1. */
    private int find(@Nullable Object key) {
        if (!(key instanceof String text)) {
            return -1;
        }
        char[] numbers = sorted;
        if (numbers != null) {
            return search(numbers, text);
        }
        for (int number = 0; number < size(); number++) {
            if (text.equals(members[2 * number])) {
                return number;
            }
        }
        return -1;
    }

    private int search(char[] numbers, String key) {
        int low = 0;
        int high = numbers.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = BY_HASH.compare(keyAt(numbers[middle]), key);
            if (order == 0) {
                return numbers[middle];
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    @Override
    public int size() {
        return members.length / 2;
    }

    @Override
    public boolean isEmpty() {
        return members.length == 0;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return find(key) >= 0;
    }

    @Override
    public boolean containsValue(@Nullable Object value) {
        return values().contains(value);
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        int number = find(key);
        return number < 0 ? null : valueAt(number);
    }

    @Override
    public Set<String> keySet() {
        return new View<>(this::keyAt);
    }

    @Override
    public Collection<@Nullable Object> values() {
        return new AbstractCollection<>() {
            @Override
            public Iterator<@Nullable Object> iterator() {
                return new Numbered<>(MetadataMap.this::valueAt);
            }

            @Override
            public int size() {
                return MetadataMap.this.size();
            }
        };
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        return new View<>(number -> new Member(keyAt(number), valueAt(number)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (other == this) {
            return true;
        }
        if (other instanceof MetadataMap map) {
            return map.members.length == members.length && hasMembersOf(map);
        }
        return other instanceof Map<?, ?> map
                && map.size() == size()
                && entrySet().equals(map.entrySet());
    }

    /* The other map has this size. Members at the same position in both maps need no look-up. */
    private boolean hasMembersOf(MetadataMap other) {
        for (int number = 0; number < size(); number++) {
            String key = other.keyAt(number);
            int found = key.equals(members[2 * number]) ? number : find(key);
            if (found < 0 || !Objects.equals(valueAt(found), other.valueAt(number))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int sum = 0;
        for (int number = 0; number < size(); number++) {
            sum += keyAt(number).hashCode() ^ Objects.hashCode(valueAt(number));
        }
        return sum;
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "{", "}");
        for (int number = 0; number < size(); number++) {
            text.add(keyAt(number) + "=" + valueAt(number));
        }
        return text.toString();
    }

    /** A member as a map entry. */
    private record Member(String key, @Nullable Object value) implements Map.Entry<String, @Nullable Object> {

        @Override
        public String getKey() {
            return key;
        }

        @Override
        public @Nullable Object getValue() {
            return value;
        }

        @Override
        public @Nullable Object setValue(@Nullable Object other) {
            throw immutable();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Map.Entry<?, ?> entry
                    && key.equals(entry.getKey())
                    && Objects.equals(value, entry.getValue());
        }

        @Override
        public int hashCode() {
            return key.hashCode() ^ Objects.hashCode(value);
        }

        @Override
        public String toString() {
            return key + "=" + value;
        }
    }

    /** An iterator over the members in their order, each converted by a function of its number. */
    private final class Numbered<T extends @Nullable Object> implements Iterator<T> {

        private final IntFunction<T> form;
        private int next;

        Numbered(IntFunction<T> form) {
            this.form = form;
        }

        @Override
        public boolean hasNext() {
            return next < size();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return form.apply(next++);
        }
    }

    /** The keys or the entries as a set, in which an element is found by its key. */
    private final class View<T> extends AbstractSet<T> {

        private final IntFunction<T> form;

        View(IntFunction<T> form) {
            this.form = form;
        }

        @Override
        public Iterator<T> iterator() {
            return new Numbered<>(form);
        }

        @Override
        public int size() {
            return MetadataMap.this.size();
        }

        @Override
        public boolean contains(@Nullable Object sought) {
            int number = find(sought instanceof Map.Entry<?, ?> entry ? entry.getKey() : sought);
            return number >= 0 && form.apply(number).equals(sought);
        }
    }
}
