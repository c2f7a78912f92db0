package io.presence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.internal.table.PagedTable;
import java.util.ArrayList;
import java.util.List;

/** A change of a table fails at each site, also where a page grows or parts: the table is as before or as wanted. */
public final class TableFaults implements Runnable {

    private static final int LEAST = 16;
    private static final int MOST = 64;
    private static final int KEYS = 400;

    private static final class Table extends PagedTable<Integer, String> {

        private final int size;

        Table(int size) {
            super(LEAST, MOST);
            this.size = size;
            for (int key = 0; key < size; key++) {
                put(key);
            }
        }

        @Override
        protected boolean hasKey(String value, Integer key) {
            return value.equals("v" + key);
        }

        void put(int key) {
            compute(key, there -> there == null ? "v" + key : there);
        }

        boolean remove(int key) {
            String there = get(key);
            return there != null && exchange(key, there, null);
        }

        void check() {
            assertThat(all()).hasSize(get(size) == null ? size : size + 1).doesNotHaveDuplicates();
            for (int key = 0; key < 2 * KEYS; key++) {
                put(key);
                assertThat(get(key)).isEqualTo("v" + key);
            }
            assertThat(all()).hasSize(2 * KEYS).doesNotHaveDuplicates();
            for (int key = 0; key < 2 * KEYS; key++) {
                assertThat(remove(key)).isTrue();
            }
            assertThat(all()).isEmpty();
        }

        private List<String> all() {
            List<String> all = new ArrayList<>();
            iterator().forEachRemaining(all::add);
            return all;
        }
    }

    @Override
    public void run() {
        /* Among these sizes are those at which a page grows, splits, and splits with the directory doubled. */
        for (int size = 0; size < KEYS; size += size < 60 ? 1 : 3) {
            int before = size;
            Faults.atEachSite(
                    Faults.Kind.ONCE,
                    "put after " + before,
                    () -> new Table(before),
                    table -> table.put(before),
                    Table::check);
        }
    }
}
