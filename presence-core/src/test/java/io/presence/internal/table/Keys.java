package io.presence.internal.table;

/** Keys of any hash, and tables of values that carry them, in pages so small that they part early. */
final class Keys {

    private static final int LEAST = 16;
    private static final int MOST = 32;

    private Keys() {}

    /** A key that chooses its hash, as a hostile one may. */
    record Key(int hash, int number) implements Comparable<Key> {
        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public int compareTo(Key other) {
            return Integer.compare(number, other.number);
        }
    }

    /** An element of the table. */
    record Value(Key key, int version) {}

    static PagedTable<Key, Value> table() {
        return new PagedTable<>(LEAST, MOST) {
            @Override
            protected boolean hasKey(Value value, Key key) {
                return value.key().equals(key);
            }
        };
    }

    /** A table of numbers that are their own keys, with pages of the default sizes. */
    static PagedTable<Integer, Integer> integers() {
        return new Integers();
    }

    /** A table of numbers that are their own keys, with pages of so many slots at most. */
    static PagedTable<Integer, Integer> integers(int maxCapacity) {
        return new Integers(maxCapacity);
    }

    private static final class Integers extends PagedTable<Integer, Integer> {

        Integers() {}

        Integers(int maxCapacity) {
            super(LEAST, maxCapacity);
        }

        @Override
        protected boolean hasKey(Integer value, Integer key) {
            return value.equals(key);
        }
    }
}
