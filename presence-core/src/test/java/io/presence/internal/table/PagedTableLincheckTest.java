package io.presence.internal.table;

import io.presence.internal.table.Keys.Key;
import io.presence.internal.table.Keys.Value;
import java.util.HashMap;
import java.util.Map;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Two threads that read, replace and remove values of a table, explored by Lincheck and compared with a hash map. The
 * first page is so full that two more values make it grow. All keys have one of two hashes, so that their searches
 * share slots.
 *
 * <p>A value is removed by identity as the store does it, by one thread at a time. An iteration is not a part of it,
 * since it promises less.
 *
 * <p><b>Mutation evidence.</b> This fails with a {@code compute} or a {@code removeNear} that does not take the monitor
 * of the page, and with a {@code compute} that does not check whether the page is retired.
 */
@Param(name = "key", gen = IntGen.class, conf = "1:3")
@Param(name = "version", gen = IntGen.class, conf = "1:9")
public class PagedTableLincheckTest {

    private static final int ORDERS = Integer.getInteger("lincheck.orders", 60);
    private static final int PRESENT = 12;
    private static final int HASHES = 2;
    private static final Key OWN = new Key(0, 100);

    private final PagedTable<Key, Value> table = Keys.table();

    /** Creates a table whose page is nearly full. */
    public PagedTableLincheckTest() {
        for (int number = 1; number <= PRESENT; number++) {
            Key other = new Key(number * 0x9e3779b9, -number);
            table.compute(other, there -> new Value(other, 0));
        }
    }

    private static Key key(int number) {
        return new Key(number % HASHES, number);
    }

    private static @Nullable Integer version(@Nullable Value value) {
        return value == null ? null : value.version();
    }

    private @Nullable Integer replace(Key key, @Nullable Value next) {
        Value[] former = new Value[1];
        table.compute(key, there -> {
            former[0] = there;
            return next;
        });
        return version(former[0]);
    }

    /** Replaces a value. */
    @Operation
    public @Nullable Integer put(@Param(name = "key") int key, @Param(name = "version") int version) {
        return replace(key(key), new Value(key(key), version));
    }

    /** Removes a value by its key. */
    @Operation
    public @Nullable Integer remove(@Param(name = "key") int key) {
        return replace(key(key), null);
    }

    /** Reads a value. */
    @Operation
    public @Nullable Integer get(@Param(name = "key") int key) {
        return version(table.get(key(key)));
    }

    /** Replaces the value that one thread owns. */
    @Operation(nonParallelGroup = "owner")
    public @Nullable Integer putOwn(@Param(name = "version") int version) {
        return replace(OWN, new Value(OWN, version));
    }

    /** Removes the value that one thread owns, as the store does. */
    @Operation(nonParallelGroup = "owner")
    public @Nullable Integer removeOwn() {
        Value own = table.get(OWN);
        if (own != null && !table.removeNear(PagedTable.hash(OWN), own)) {
            replace(OWN, null);
        }
        return version(own);
    }

    /** Reads the value that one thread owns. */
    @Operation
    public @Nullable Integer getOwn() {
        return version(table.get(OWN));
    }

    @Test
    void operations_inExploredOrders_areLinearizable() {
        new ModelCheckingOptions()
                .iterations(12)
                .invocationsPerIteration(ORDERS)
                .threads(2)
                .actorsBefore(2)
                .actorsPerThread(3)
                .actorsAfter(2)
                .sequentialSpecification(Versions.class)
                .check(PagedTableLincheckTest.class);
    }

    /** The specification. */
    public static class Versions {

        private static final int OWN = 0;

        private final Map<Integer, Integer> versions = new HashMap<>();

        /** Replaces a value. */
        public @Nullable Integer put(int key, int version) {
            return versions.put(key, version);
        }

        /** Removes a value. */
        public @Nullable Integer remove(int key) {
            return versions.remove(key);
        }

        /** Reads a value. */
        public @Nullable Integer get(int key) {
            return versions.get(key);
        }

        /** Replaces the value that one thread owns. */
        public @Nullable Integer putOwn(int version) {
            return put(OWN, version);
        }

        /** Removes the value that one thread owns. */
        public @Nullable Integer removeOwn() {
            return remove(OWN);
        }

        /** Reads the value that one thread owns. */
        public @Nullable Integer getOwn() {
            return get(OWN);
        }
    }
}
