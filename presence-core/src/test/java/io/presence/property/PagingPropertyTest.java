package io.presence.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresencePage;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Role;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import io.presence.query.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/**
 * Pages by cursor, while presences are written, deleted, hidden and expire between them, against an oracle that sorts
 * all there is: each page is what comes after the last presence shown, as it was shown. What was there throughout and
 * did not move is served exactly once.
 */
class PagingPropertyTest {

    private static final int MAX_PAGES = 200;
    private static final List<Object> VALUES = Arrays.asList(
            null,
            true,
            false,
            7,
            7.0,
            -0.0,
            0L,
            new BigInteger("9223372036854775808"),
            new BigDecimal("7.1"),
            7.1,
            "",
            "a",
            "b",
            "\ud83d\ude00",
            "\ud83d",
            "\uff61",
            "é".repeat(256),
            "\ud83d\ude00".repeat(256),
            "\ud83d".repeat(256),
            List.of(1),
            List.of(),
            Map.of("k", 1));

    /** An order: its attribute, the value of a presence, and the direction. */
    private record Clause(String attribute, Function<Presence, @Nullable Object> value, boolean isDescending) {

        Query query() {
            return isDescending ? Query.orderDesc(attribute) : Query.orderAsc(attribute);
        }

        Comparator<Presence> comparator() {
            Comparator<@Nullable Object> values = isDescending ? Values.descending() : Values.ascending();
            return (a, b) -> values.compare(value.apply(a), value.apply(b));
        }
    }

    private static final Map<String, Function<Presence, @Nullable Object>> ATTRIBUTES = Map.of(
            "metadata.rank", presence -> presence.metadata().get("rank"),
            "metadata.name", presence -> presence.metadata().get("name"),
            "status", Presence::status,
            "userId", Presence::userId,
            "$id", Presence::id,
            "$createdAt", Presence::createdAt,
            "expiresAt", Presence::expiresAt);

    /** One run: a store, what is asked of it, and what was seen. */
    private static final class Run implements AutoCloseable {

        private final TestStore test = TestStore.create(builder -> builder.index("status"));
        private final Presences reader = test.user("ada");
        private final Random random;
        private final List<Clause> clauses = new ArrayList<>();
        private final Comparator<Presence> order;
        private final boolean isBackwards;
        /* By id, what there was at each page; less what went or moved. */
        private final Map<String, List<@Nullable Object>> steady = new HashMap<>();
        private final Map<String, Integer> served = new HashMap<>();

        Run(Random random) {
            this.random = random;
            List<String> names = new ArrayList<>(ATTRIBUTES.keySet());
            Collections.sort(names);
            Collections.shuffle(names, random);
            for (String name : names.subList(0, random.nextInt(4))) {
                clauses.add(new Clause(name, ATTRIBUTES.get(name), random.nextBoolean()));
            }
            isBackwards = random.nextInt(3) == 0;
            Comparator<Presence> all = (a, b) -> 0;
            for (Clause clause : clauses) {
                all = all.thenComparing(clause.comparator());
            }
            Comparator<Presence> forwards = all.thenComparing((a, b) -> Values.compareStrings(a.id(), b.id()));
            order = isBackwards ? forwards.reversed() : forwards;
            for (int i = random.nextInt(25); i >= 0; i--) {
                write();
            }
        }

        private String id() {
            return "i" + random.nextInt(30);
        }

        private Object value() {
            return VALUES.get(random.nextInt(VALUES.size()));
        }

        private void write() {
            Map<String, @Nullable Object> metadata = new HashMap<>();
            metadata.put("rank", value());
            metadata.put("name", value());
            String id = id();
            String owner = "user" + (Integer.parseInt(id.substring(1)) % 3);
            test.store()
                    .upsert(PresenceUpsert.of(id, owner, random.nextInt(4) == 0 ? "away" : "online")
                            .metadata(metadata)
                            .expiresIn(Duration.ofSeconds(10 + random.nextInt(200)))
                            .permissions(Permission.read(random.nextInt(5) == 0 ? Role.team("red") : Role.users())));
        }

        private void change() {
            switch (random.nextInt(6)) {
                case 0 -> test.clock().advance(Duration.ofSeconds(random.nextInt(20)));
                case 1 -> test.store().touch(id(), Duration.ofSeconds(100));
                case 2 -> test.store().delete(id());
                case 3 -> hide(id());
                case 4 -> test.drain();
                default -> write();
            }
        }

        private void hide(String id) {
            if (test.store().get(id) != null) {
                test.store().update(id, PresencePatch.none().permissions(Permission.read(Role.team("red"))));
            }
        }

        /** All presences that the reader can read and that match, in order. */
        private List<Presence> all() {
            return test.store().list(Query.limit(5000)).presences().stream()
                    .filter(presence -> presence.status().equals("online"))
                    .filter(presence -> presence.permissions().contains(Permission.read(Role.users())))
                    .sorted(order)
                    .toList();
        }

        private List<@Nullable Object> values(Presence presence) {
            List<@Nullable Object> values = new ArrayList<>();
            clauses.forEach(clause -> values.add(clause.value().apply(presence)));
            return values;
        }

        private PresencePage list(int limit, @Nullable String cursor) {
            List<Query> queries = new ArrayList<>();
            clauses.forEach(clause -> queries.add(clause.query()));
            queries.add(Query.equal("status", "online"));
            queries.add(Query.limit(limit));
            if (cursor != null) {
                queries.add(isBackwards ? Query.cursorBefore(cursor) : Query.cursorAfter(cursor));
            }
            return reader.list(queries.toArray(Query[]::new));
        }

        void page() {
            String cursor = isBackwards ? lastId() : null;
            Presence last = isBackwards ? reader.get(cursor) : null;
            all().forEach(presence -> steady.put(presence.id(), values(presence)));
            steady.remove(cursor);
            for (int pages = 0; pages < MAX_PAGES; pages++) {
                int limit = 1 + random.nextInt(4);
                PresencePage page = list(limit, cursor);
                List<Presence> shown = new ArrayList<>(page.presences());
                if (isBackwards) {
                    Collections.reverse(shown);
                }
                check(page, shown, last, limit);
                String next = isBackwards ? page.previousCursor() : page.nextCursor();
                if (next == null) {
                    break;
                }
                last = shown.get(shown.size() - 1);
                cursor = next;
                for (int i = random.nextInt(6); i > 0; i--) {
                    change();
                    keepSteady();
                }
            }
            assertThat(steady.keySet())
                    .allSatisfy(id -> assertThat(served.get(id)).as(id).isEqualTo(1));
        }

        /* Backwards it begins before the presence that comes last. */
        private String lastId() {
            test.store().upsert(PresenceUpsert.of("j", "z", "online").permissions(Permission.read(Role.users())));
            return all().get(0).id();
        }

        private void check(PresencePage page, List<Presence> shown, @Nullable Presence last, int limit) {
            List<Presence> all = all();
            List<Presence> expected = all.stream()
                    .filter(presence -> last == null || order.compare(presence, last) > 0)
                    .toList();
            assertThat(shown).isEqualTo(expected.subList(0, Math.min(limit, expected.size())));
            assertThat(isBackwards ? page.hasPrevious() : page.hasNext()).isEqualTo(expected.size() > limit);
            assertThat(page.total()).isEqualTo(all.size());
            shown.forEach(presence -> served.merge(presence.id(), 1, Integer::sum));
        }

        private void keepSteady() {
            Map<String, List<@Nullable Object>> now =
                    all().stream().collect(Collectors.toMap(Presence::id, this::values));
            Set<String> moved = new HashSet<>();
            steady.forEach((id, values) -> {
                if (!values.equals(now.get(id))) {
                    moved.add(id);
                }
            });
            steady.keySet().removeAll(moved);
        }

        @Override
        public void close() {
            test.close();
        }
    }

    @Property(tries = 1_000)
    @Promise("paging")
    void list_byCursorsDuringChanges_hasEachUnmovedPresenceOnce(@ForAll long seed) {
        try (Run run = new Run(new Random(seed))) {
            run.page();
        }
    }
}
