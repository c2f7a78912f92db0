package io.presence.query.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Handle;
import io.presence.query.Query;
import io.presence.query.fixture.Heap;
import io.presence.query.fixture.Seed;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The memory of removed queries is released: all of it with the last one, most of it with most of them. */
class FootprintTest {

    private static final int SLACK = 64 * 1024;

    private final SplittableRandom random = Seed.random();
    private final Maps<String> maps = new Maps<>();

    /** Queries that are indexed in different ways, made distinct by {@code i}. */
    private enum WireShape {
        EQUAL {
            @Override
            Query.Filter filter(int i) {
                return Query.equal("m.id", "d" + i);
            }
        },
        ONE_QUERY {
            @Override
            Query.Filter filter(int i) {
                return Query.equal("m.id", "same");
            }
        },
        ONE_VALUE {
            @Override
            Query.Filter filter(int i) {
                return Query.and(Query.equal("m.id", "same"), Query.notEqual("m.z", i));
            }
        },
        IN {
            @Override
            Query.Filter filter(int i) {
                return Query.equal("m.z", i, i + 1, i + 2, i + 3, i + 4, i + 5);
            }
        },
        RANGE {
            @Override
            Query.Filter filter(int i) {
                return Query.between("m.z", i, i + 2);
            }
        },
        BOX {
            @Override
            Query.Filter filter(int i) {
                return box(i % 300, i / 300, i);
            }
        },
        ONE_CELL {
            @Override
            Query.Filter filter(int i) {
                return box(1, 1, i);
            }
        },
        PREFIX {
            @Override
            Query.Filter filter(int i) {
                return Query.startsWith("m.id", "d" + i);
            }
        },
        ELEMENT {
            @Override
            Query.Filter filter(int i) {
                return Query.contains("m.tags", "t" + i);
            }
        },
        SCANNED {
            @Override
            Query.Filter filter(int i) {
                return Query.or(Query.notEqual("m.z", i), Query.nothing());
            }
        },
        OR {
            @Override
            Query.Filter filter(int i) {
                return Query.or(Query.equal("m.id", "d" + i), Query.between("m.z", i, i + 1), Query.isNull("m.id"));
            }
        },
        NAMES {
            @Override
            Query.Filter filter(int i) {
                return Query.equal("m.n" + i, i);
            }
        },
        NULLS {
            @Override
            Query.Filter filter(int i) {
                return Query.isNull("m.n" + i);
            }
        },
        NAMES_OF_ELEMENTS {
            @Override
            Query.Filter filter(int i) {
                return Query.elemMatch("m.list", Query.equal("n" + i, i), Query.isNotNull("k"));
            }
        };

        abstract Query.Filter filter(int i);
    }

    private static Query.Filter box(int x, int y, int i) {
        return Query.and(Query.between("m.x", x, x + 0.9 + i * 1e-6), Query.between("m.y", y, y + 0.9));
    }

    private static Map<String, ?> record(int i) {
        Map<String, Object> inner = new HashMap<>(Map.of("id", "d" + i, "z", i, "x", 1.5, "y", 1.5));
        inner.put("n" + i, i);
        inner.put("tags", List.of("t" + i));
        inner.put("list", List.of(Map.of("n" + i, i, "k", true)));
        return Map.of("m", inner);
    }

    /** Adds queries of some shapes, and matches them, so that whatever grows has grown. */
    private Handle<String>[] add(Handle<String>[] into, WireShape... shapes) {
        for (int i = 0; i < into.length; i++) {
            into[i] = maps.index.add(shapes[i % shapes.length].filter(i), "s");
        }
        match(2);
        return into;
    }

    private void match(int times) {
        for (int i = 0; i < times; i++) {
            maps.index.match(record(i), record(i + 1), (subscriber, before, after) -> {});
        }
    }

    @SuppressWarnings("unchecked") // an array of a generic type can't be made otherwise
    private static Handle<String>[] array(int length) {
        return (Handle<String>[]) new Handle<?>[length];
    }

    private void shuffle(Handle<String>[] all) {
        for (int i = all.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            Handle<String> swapped = all[i];
            all[i] = all[other];
            all[other] = swapped;
        }
    }

    private void remove(Handle<String>[] all, int from, int to) {
        for (int i = from; i < to; i++) {
            maps.index.remove(all[i]);
            all[i] = null;
        }
    }

    /** A round of few, after which classes are loaded. */
    private void warmUp(WireShape... shapes) {
        Handle<String>[] few = add(array(300), shapes);
        remove(few, 0, few.length);
    }

    @Test
    void remove_allOfManyShapes_leavesNothing() {
        warmUp(WireShape.values());
        Handle<String>[] all = array(80_000);
        Heap start = Heap.least();

        add(all, WireShape.values());
        assertThat(Heap.read(any -> true).arrayBytes()).isGreaterThan(start.arrayBytes() + 40L * SLACK);
        shuffle(all);
        remove(all, 0, all.length);

        assertIsBackAt(start);
        assertThat(maps.index.isEmpty()).isTrue();
    }

    private static void assertIsBackAt(Heap start) {
        Heap end = Heap.read(heap -> heap.arrayBytes() <= start.arrayBytes() + SLACK);
        assertThat(end.arrayBytes() - start.arrayBytes()).as("bytes of arrays").isLessThanOrEqualTo(SLACK);
        start.objects()
                .forEach((type, count) -> assertThat(end.objects().getOrDefault(type, 0L))
                        .as(type)
                        .isLessThanOrEqualTo(count));
        assertThat(start.objects().keySet()).containsAll(end.objects().keySet());
    }

    /* Each number takes 125 bytes, and a key of as much in the cache of a record. */
    @Test
    void match_manyListsOfLargeNumbers_keepsThoseOfNone() {
        maps.index.add(Query.contains("numbers", 1), "s");
        maps.candidates(largeNumbers(0));
        Heap start = Heap.least();
        for (int i = 0; i < 10_000; i++) {
            maps.candidates(largeNumbers(i));
        }
        Heap end = Heap.read(heap -> heap.arrayBytes() <= start.arrayBytes() + SLACK);
        assertThat(end.arrayBytes() - start.arrayBytes()).as("bytes of arrays").isLessThanOrEqualTo(SLACK);
    }

    private static Map<String, ?> largeNumbers(int seed) {
        return Map.of("numbers", List.of(BigInteger.ONE.shiftLeft(1000).add(BigInteger.valueOf(seed))));
    }

    /**
     * One shape for each structure; of the slots themselves, what is taken is given back when no higher one is in use.
     */
    @ParameterizedTest
    @EnumSource(names = {"EQUAL", "ONE_QUERY", "ONE_VALUE", "IN", "RANGE", "BOX", "ONE_CELL", "SCANNED"})
    void remove_mostOfOneShape_givesBackMost(WireShape shape) {
        int count = 20_000;
        warmUp(shape);
        Handle<String>[] all = array(count);
        Heap start = Heap.least();

        add(all, shape);
        long grown = Heap.read(any -> true).arrayBytes() - start.arrayBytes();
        shuffle(all);
        remove(all, 0, count / 100 * 99);

        long most = SLACK + grown / 16;
        assertThat(grown).isGreaterThan(most);
        Heap left = Heap.read(heap -> heap.arrayBytes() <= start.arrayBytes() + most);
        assertThat(left.arrayBytes() - start.arrayBytes()).as("bytes of arrays").isLessThanOrEqualTo(most);
        assertThat(maps.index.subscribers()).isEqualTo(count / 100);
        remove(all, count / 100 * 99, count);
        assertIsBackAt(start);
    }

    /** Those who stay have named their attributes before, or name them while the others are there. */
    @ParameterizedTest
    @EnumSource(names = {"NAMES", "NULLS", "NAMES_OF_ELEMENTS"})
    void remove_allNamesOfAStranger_leavesNothingWhileOthersStay(WireShape shape) {
        warmUp(shape);
        Handle<String> first = maps.index.add(Query.equal("m.first", 1), "s");
        Handle<String>[] all = array(20_000);
        Heap start = Heap.least();

        add(all, shape);
        shuffle(all);
        remove(all, 0, 200);
        Handle<String> second = maps.index.add(Query.equal("m.second", 2), "s");
        remove(all, 200, all.length);

        maps.index.remove(first);
        maps.index.add(Query.equal("m.third", 3), "s");
        maps.index.remove(second);
        Heap end = Heap.read(heap -> heap.arrayBytes() <= start.arrayBytes() + SLACK);
        assertThat(end.arrayBytes() - start.arrayBytes()).as("bytes of arrays").isLessThanOrEqualTo(SLACK);
    }
}
