package io.presence.internal.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.fixture.Promise;
import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import io.presence.query.Interpreter;
import io.presence.query.Query;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Every route against the full scan, which serves any filter: the same entries match, each met once. */
class PlannerPropertyTest {

    private static final List<String> ATTRIBUTES = List.of("$id", "a", "b", "c");

    /** An entry, distinguished by identity, whose state is the attributes that it has now. */
    private static final class Item {
        private Attributes now = Attributes.of(Map.of());
        private Attributes delivered = Attributes.of(Map.of());
    }

    private final Map<String, Item> byId = new ConcurrentHashMap<>();
    private final SecondaryIndexes<Item> indexes =
            new SecondaryIndexes<>(List.of(AttributePath.of("a"), AttributePath.of("b")));
    private final Planner<Item> planner = new Planner<>(
            new Planner.PrimaryIndex<>() {
                @Override
                public @Nullable Item find(String id) {
                    return byId.get(id);
                }

                @Override
                public int size() {
                    return byId.size();
                }

                @Override
                public Iterator<Item> iterator() {
                    return byId.values().iterator();
                }
            },
            indexes);

    /** A write to an item, and whether it is dispatched after that. */
    record Write(String id, Map<String, @Nullable Object> values, boolean delivered) {}

    private void apply(Write write) {
        Map<String, @Nullable Object> values = new HashMap<>(write.values());
        values.put("$id", write.id());
        Item item = byId.computeIfAbsent(write.id(), id -> new Item());
        Attributes next = Attributes.of(values);
        Attributes last = item.now;
        if (!indexes.isSame(last, next)) {
            indexes.addPostings(item, next, last, item.delivered);
            indexes.removePostings(item, last, next, item.delivered);
        }
        item.now = next;
        if (write.delivered()) {
            Attributes before = item.delivered;
            indexes.addPostings(item, next, before, next);
            item.delivered = next;
            indexes.removePostings(item, before, next, next);
        }
    }

    @Property(tries = 2_000)
    @Promise("index-transparent")
    void choose_anyQuery_findsWhatTheFullScanFinds(
            @ForAll("writes") List<Write> writes, @ForAll("filters") List<Query.Filter> filters) {
        writes.forEach(this::apply);
        for (Query.Filter filter : filters) {
            Planner.AccessPath<Item> route = planner.choose(filter);
            List<Item> met = list(route);
            assertThat(met).as("%s by %s", filter, route.name()).doesNotHaveDuplicates();
            assertThat(met).hasSizeLessThanOrEqualTo((int) route.size());
            assertThat(met.stream().filter(item -> Interpreter.matches(filter, item.now)))
                    .as("now: %s by %s", filter, route.name())
                    .containsExactlyInAnyOrderElementsOf(list(planner.fullScan()).stream()
                            .filter(item -> Interpreter.matches(filter, item.now))
                            .toList());
            assertThat(met.stream().filter(item -> Interpreter.matches(filter, item.delivered)))
                    .as("found: %s by %s", filter, route.name())
                    .containsExactlyInAnyOrderElementsOf(list(planner.fullScan()).stream()
                            .filter(item -> Interpreter.matches(filter, item.delivered))
                            .toList());
        }
        byId.values().forEach(item -> {
            indexes.removePostings(item, item.now, null, item.delivered);
            indexes.removePostings(item, item.delivered, null, null);
        });
        byId.clear();
        assertThat(indexes.size()).as("postings when all have gone").isZero();
    }

    private static List<Item> list(Planner.AccessPath<Item> route) {
        List<Item> items = new ArrayList<>();
        route.entries().forEach(items::add);
        return items;
    }

    @Provide
    Arbitrary<List<Write>> writes() {
        Arbitrary<@Nullable Object> values = values();
        Arbitrary<Map<String, @Nullable Object>> maps =
                Arbitraries.maps(Arbitraries.of("a", "b", "c"), values).ofMaxSize(3);
        return Combinators.combine(Arbitraries.of("i1", "i2", "i3", "i4"), maps, Arbitraries.of(true, false))
                .as(Write::new)
                .list()
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<List<Query.Filter>> filters() {
        return Arbitraries.lazyOf(this::comparison, this::comparison, this::nested, this::alternatives)
                .list()
                .ofSize(8);
    }

    private Arbitrary<Query.Filter> comparison() {
        return comparison(Arbitraries.of(ATTRIBUTES));
    }

    private Arbitrary<Query.Filter> comparison(Arbitrary<String> attributes) {
        Arbitrary<@Nullable Object[]> operands = values().list().ofMaxSize(3).map(List::toArray);
        return Combinators.combine(attributes, operands, Arbitraries.integers().between(0, 4))
                .as((attribute, given, kind) -> switch (kind) {
                    case 0 -> Query.notEqual(attribute, Arrays.asList(given));
                    case 1 -> Query.isNull(attribute);
                    default -> Query.equal(attribute, Arrays.asList(given));
                });
    }

    private Arbitrary<Query.Filter> nested() {
        Arbitrary<Query.Filter[]> parts =
                comparison().list().ofMinSize(1).ofMaxSize(3).map(list -> list.toArray(Query.Filter[]::new));
        return Combinators.combine(parts, parts, Arbitraries.integers().between(0, 2))
                .as((some, others, kind) -> switch (kind) {
                    case 0 -> Query.or(some);
                    case 1 -> Query.and(Query.and(some), Query.and(others));
                    default -> Query.and(Query.or(some), Query.and(others));
                });
    }

    /** An {@code or} whose alternatives are mostly on one attribute. */
    private Arbitrary<Query.Filter> alternatives() {
        return Arbitraries.of(ATTRIBUTES).flatMap(attribute -> {
            Arbitrary<Query.Filter> one = comparison(Arbitraries.just(attribute));
            Arbitrary<Query.Filter> both =
                    Combinators.combine(comparison(), one).as((other, equal) -> Query.and(other, equal));
            return Arbitraries.oneOf(one, one, both, one.map(Query::or))
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(3)
                    .map(Query::or);
        });
    }

    @Example
    void choose_orOfEqualsOnOneIndexedAttribute_usesItsIndex() {
        apply(new Write("i1", Map.of("a", "x"), true));
        apply(new Write("i2", Map.of("a", "y"), true));
        apply(new Write("i3", Map.of("a", "z"), true));
        Query.Filter friends = Query.or(Query.equal("a", "x"), Query.or(Query.equal("a", "y"), Query.equal("a", "q")));

        assertThat(planner.choose(friends).name()).isEqualTo("index on a");
        assertThat(planner.choose(friends).size()).isEqualTo(2);
        assertThat(planner.choose(Query.and(Query.isNotNull("b"), friends)).name())
                .isEqualTo("index on a");
        assertThat(planner.choose(Query.or(Query.equal("$id", "i1"), Query.equal("$id", List.of())))
                        .name())
                .isEqualTo("$id");
        assertThat(planner.considered(friends)).containsExactly("or a: index on a, 2 candidates");
    }

    @Example
    void choose_orWithUnindexedAlternative_isFullScan() {
        apply(new Write("i1", Map.of("a", "x"), true));

        for (Query.Filter other :
                List.of(Query.equal("b", "x"), Query.notEqual("a", "x"), Query.equal("a", List.of(List.of("x"))))) {
            Query.Filter either = Query.or(Query.equal("a", "x"), other);
            assertThat(planner.choose(either).name()).isEqualTo("full scan");
        }
        assertThat(planner.considered(Query.or(Query.equal("a", "x"), Query.equal("b", "x"))))
                .containsExactly("or: not an equal on one attribute in each alternative, so no index serves it");
    }

    private static Arbitrary<@Nullable Object> values() {
        return Arbitraries.<@Nullable Object>of(
                        "x",
                        "y",
                        "i1",
                        "i2",
                        7,
                        7L,
                        7.0,
                        new BigDecimal("7.00"),
                        BigInteger.valueOf(7),
                        7.5,
                        0.0,
                        -0.0,
                        true,
                        false,
                        List.of("x"),
                        Map.of("k", "x"))
                .injectNull(0.1);
    }
}
