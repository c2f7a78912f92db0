package io.presence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.Handle;
import io.presence.query.Interpreter;
import io.presence.query.MatchVisitor;
import io.presence.query.Query;
import io.presence.query.RecordSchema;
import io.presence.query.StandingQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * An addition, removals or matches of standing queries fail at each allocation. Afterwards a record visits exactly the
 * subscribers whose filter holds, by the interpreter: an addition that threw has added nothing, and a removal that
 * threw has removed.
 */
public final class QueryIndexFaults implements Runnable {

    private static final int WORLDS = 8;
    private static final int MOST_SITES = 10_000;
    private static final int LEAST_SITES = 20;
    private static final int VALUES = 6;
    private static final int KINDS = 14;
    private static final int BATCH = 12;

    private static final RecordSchema<Map<String, ?>> MAPS = RecordSchema.maps();

    private static final MatchVisitor.Bounded<Integer> NOBODY = new MatchVisitor.Bounded<>() {
        @Override
        public void matched(Integer number, boolean before, boolean after) {}

        @Override
        public void undecided(Integer number) {}
    };

    /** The queries, and the filters that they should be. */
    private static final class World {

        private final SplittableRandom random;
        private final int kinds;
        private final int values;
        private final StandingQueries<Map<String, ?>, Integer> queries = new StandingQueries<>(MAPS);
        private final Map<Integer, Query.Filter> filters = new TreeMap<>();
        private final Map<Integer, Handle<Integer>> handles = new TreeMap<>();
        private int added;

        World(long seed) {
            random = new SplittableRandom(seed);
            /* Few distinct filters in half of the worlds, so that each has many subscribers. */
            boolean isVaried = seed % 2 == 0;
            kinds = isVaried ? KINDS : 2;
            values = isVaried ? VALUES : 2;
            int most = 20 + random.nextInt(100);
            for (int i = 0; i < most; i++) {
                add();
                if (random.nextInt(4) == 0) {
                    match();
                }
            }
            int left = 1 + random.nextInt(most);
            while (filters.size() > left) {
                remove();
            }
        }

        void add() {
            int number = added++;
            Query.Filter filter = filter(random, kinds, values);
            try {
                handles.put(number, queries.add(filter, number));
                filters.put(number, filter);
            } catch (OutOfMemoryError refused) {
                handles.remove(number);
            }
        }

        void remove() {
            List<Integer> numbers = new ArrayList<>(filters.keySet());
            if (!numbers.isEmpty()) {
                int number = numbers.get(random.nextInt(numbers.size()));
                filters.remove(number);
                Handle<Integer> handle = handles.remove(number);
                try {
                    queries.remove(handle);
                } catch (OutOfMemoryError removed) {
                    queries.remove(handle);
                }
            }
        }

        /* A match that fails may have visited some. */
        void match() {
            Map<String, ?> before = random.nextBoolean() ? record(random) : null;
            try {
                queries.match(before, record(random), random.nextInt(2) * 1_000, NOBODY);
            } catch (OutOfMemoryError unmatched) {
                added++;
            }
        }

        void check() {
            SplittableRandom records = new SplittableRandom(5);
            for (int i = 0; i < 3 * VALUES; i++) {
                checkMatch(record(records), record(records));
            }
            while (!filters.isEmpty()) {
                remove();
            }
            checkMatch(record(records), record(records));
            assertThat(queries.stats().subscribers()).isZero();
            assertThat(queries.stats().queries()).isZero();
            assertThat(queries.stats().scanned()).isZero();
        }

        private void checkMatch(Map<String, ?> before, Map<String, ?> after) {
            List<String> visited = new ArrayList<>();
            queries.match(before, after, (number, left, entered) -> visited.add(number + " " + left + " " + entered));
            List<String> expected = new ArrayList<>();
            filters.forEach((number, filter) -> {
                boolean left = Interpreter.matches(filter, MAPS.attributes(before));
                boolean entered = Interpreter.matches(filter, MAPS.attributes(after));
                if (left || entered) {
                    expected.add(number + " " + left + " " + entered);
                }
            });
            assertThat(visited).as("from %s to %s", before, after).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /* A few values, so that posting lists and lists of subscribers grow and shrink. */
    private static Query.Filter filter(SplittableRandom random, int kinds, int values) {
        int n = random.nextInt(values);
        return switch (random.nextInt(kinds)) {
            case 0 -> Query.equal("zone", n);
            case 1 -> Query.equal("zone", n, n + 1);
            case 2 -> Query.between("x", random.nextInt(50), 50 + random.nextInt(50));
            case 3 -> Query.and(Query.between("x", n, n + 30), Query.between("y", n, n + 40));
            case 4 -> Query.startsWith("name", "a".repeat(1 + n));
            case 5 -> Query.endsWith("name", "b".repeat(1 + n));
            case 6 -> Query.contains("tags", "t" + n, "u");
            case 7 -> Query.elemMatch("parts", Query.equal("kind", n));
            case 8 -> Query.isNull("absent" + n);
            case 9 -> Query.greaterThan("name", "a" + n);
            case 10 -> Query.equal("nested.deep", List.of(List.of(n, n)));
            case 11 -> Query.and(Query.equal("zone", n), Query.notEqual("name", "ab"), Query.isNotNull("x"));
            case 12 -> Query.or(Query.equal("zone", n), Query.contains("name", "c"));
            default -> Query.equal("only" + random.nextInt(1000), n);
        };
    }

    private static Map<String, ?> record(SplittableRandom random) {
        int n = random.nextInt(VALUES);
        return Map.of(
                "zone",
                n,
                "x",
                random.nextInt(100),
                "y",
                random.nextInt(100),
                "name",
                "a".repeat(random.nextInt(4)) + (random.nextBoolean() ? "c" : "") + "b".repeat(n),
                "tags",
                List.of("t" + n, random.nextBoolean() ? "u" : "v"),
                "parts",
                List.of(Map.of("kind", n), Map.of("kind", n)),
                "absent" + n,
                "there",
                "nested",
                Map.of("deep", List.of(n, n)),
                "only" + random.nextInt(1000),
                n);
    }

    private static void times(int number, Runnable operation) {
        for (int i = 0; i < number; i++) {
            operation.run();
        }
    }

    @Override
    public void run() {
        int sites = 0;
        for (long seed = 1; seed <= WORLDS; seed++) {
            sites += failing("addition", seed, World::add);
            sites += failing("additions", seed, world -> times(BATCH, world::add));
            sites += failing("removals", seed, world -> times(BATCH, world::remove));
            sites += failing("matches", seed, world -> times(BATCH, world::match));
        }
        assertThat(sites).isGreaterThan(WORLDS * LEAST_SITES);
    }

    /* At one allocation, and at one and all that follow in the operation. */
    private static int failing(String name, long seed, Consumer<World> operation) {
        return failing(name, seed, operation, 1) + failing(name, seed, operation, Integer.MAX_VALUE);
    }

    private static int failing(String name, long seed, Consumer<World> operation, int number) {
        for (int site = 1; site < MOST_SITES; site++) {
            World world = new World(seed);
            String where = Faults.starved(site, number, () -> operation.accept(world));
            try {
                world.check();
            } catch (Throwable t) {
                throw new AssertionError(name + " of seed " + seed + ", " + number + " from site " + site + where, t);
            }
            if (where == null) {
                return site;
            }
        }
        throw new AssertionError(name + " must come by at most " + MOST_SITES + " sites");
    }
}
