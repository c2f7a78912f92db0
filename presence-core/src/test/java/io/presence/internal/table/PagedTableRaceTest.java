package io.presence.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.internal.table.Keys.Key;
import io.presence.internal.table.Keys.Value;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Pages part, are packed and overflow under the eyes of readers. */
class PagedTableRaceTest {

    private static final int ROUNDS = 40;
    private static final int STAYING = 200;
    private static final int PASSING = 2_000;
    private static final int HASHES = 1_000;

    private static Key key(int number) {
        return new Key(number % HASHES, number);
    }

    @Test
    void getAndIterator_duringChanges_meetEachElementThatStays() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            PagedTable<Key, Value> table = Keys.table();
            for (int i = 0; i < STAYING; i++) {
                put(table, key(i));
            }
            AtomicInteger writers = new AtomicInteger(2);
            run(
                    () -> churn(table, STAYING, writers),
                    () -> churn(table, STAYING + PASSING, writers),
                    () -> {
                        while (writers.get() > 0) {
                            for (int i = 0; i < STAYING; i++) {
                                assertThat(table.get(key(i))).isNotNull();
                            }
                        }
                    },
                    () -> {
                        while (writers.get() > 0) {
                            assertThat(passed(table)).isEqualTo(STAYING);
                        }
                    });
            assertThat(passed(table)).isEqualTo(STAYING);
        }
    }

    /* Puts all of a range, then takes all of it away, each with exactly one result of each kind. */
    private static void churn(PagedTable<Key, Value> table, int from, AtomicInteger writers) {
        for (int i = from; i < from + PASSING; i++) {
            put(table, key(i));
        }
        for (int i = from; i < from + PASSING; i++) {
            Key key = key(i);
            if (i % 2 == 0 || !table.removeNear(PagedTable.hash(key), table.get(key))) {
                table.compute(key, there -> {
                    assertThat(there).isNotNull();
                    return null;
                });
            }
        }
        writers.decrementAndGet();
    }

    private static void put(PagedTable<Key, Value> table, Key key) {
        table.compute(key, there -> {
            assertThat(there).isNull();
            return new Value(key, 0);
        });
    }

    private static int passed(PagedTable<Key, Value> table) {
        Set<Key> met = new HashSet<>();
        int staying = 0;
        for (Iterator<Value> pass = table.iterator(); pass.hasNext(); ) {
            Value value = pass.next();
            assertThat(met.add(value.key())).isTrue();
            staying += value.key().number() < STAYING ? 1 : 0;
        }
        return staying;
    }

    @Test
    void iterator_duringSplits_meetsOwnPut() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            PagedTable<Key, Value> table = Keys.table();
            run(() -> putAndPass(table, 0), () -> putAndPass(table, 1), () -> putAndPass(table, 2));
        }
    }

    private static void putAndPass(PagedTable<Key, Value> table, int thread) {
        for (int i = 0; i < 300; i++) {
            Key key = new Key(3 * i + thread, 3 * i + thread);
            put(table, key);
            boolean met = false;
            for (Iterator<Value> pass = table.iterator(); pass.hasNext(); ) {
                met |= pass.next().key().equals(key);
            }
            assertThat(met).isTrue();
        }
    }

    @Test
    void compute_ofOneKeyByManyThreads_isSerialized() throws Exception {
        PagedTable<Key, Value> table = Keys.table();
        Key key = key(7);
        Runnable counting = () -> {
            for (int i = 0; i < 20_000; i++) {
                table.compute(key, there -> new Value(key, there == null ? 1 : there.version() + 1));
                put(
                        table,
                        new Key(
                                i * 31,
                                -1 - i - 20_000 * (int) Thread.currentThread().getId()));
            }
        };
        run(counting, counting);
        Value counted = table.get(key);
        assertThat(counted).isEqualTo(new Value(key, 40_000));
    }

    private static void run(Runnable... tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.length);
        try {
            Future<?>[] ends = new Future<?>[tasks.length];
            for (int i = 0; i < tasks.length; i++) {
                ends[i] = threads.submit(tasks[i]);
            }
            for (Future<?> end : ends) {
                end.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
