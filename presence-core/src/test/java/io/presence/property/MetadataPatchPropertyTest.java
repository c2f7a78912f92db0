package io.presence.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.WriteResult;
import io.presence.WriteResult.Outcome;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Random patches of metadata, compared with RFC 7396 as it is written, and with assignments to a plain tree. */
class MetadataPatchPropertyTest {

    private static final List<String> KEYS = List.of("a", "b", "c");

    enum Kind {
        MERGE,
        SET,
        UNSET,
        REPLACE
    }

    /** A change: the value is a map for a merge or a replacement. */
    record Change(Kind kind, List<String> keys, @Nullable Object value, Map<String, @Nullable Object> map) {

        PresencePatch addTo(PresencePatch patch) {
            String path = "metadata." + String.join(".", keys);
            return switch (kind) {
                case MERGE -> patch.merge(map);
                case SET -> patch.set(path, value);
                case UNSET -> patch.unset(path);
                case REPLACE -> patch.metadata(map);
            };
        }

        /** The oracle: returns another tree. */
        Object applied(Object tree) {
            return switch (kind) {
                case MERGE -> merged(tree, map);
                case SET -> set(tree, keys, value);
                case UNSET -> unset(tree, keys);
                case REPLACE -> map;
            };
        }
    }

    private static Map<String, @Nullable Object> members(@Nullable Object tree) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> members.put((String) key, value));
        }
        return members;
    }

    /* The pseudocode of section 2 of the RFC. */
    private static @Nullable Object merged(@Nullable Object target, @Nullable Object patch) {
        if (!(patch instanceof Map<?, ?>)) {
            return patch;
        }
        Map<String, @Nullable Object> result = members(target);
        members(patch).forEach((name, value) -> {
            if (value == null) {
                result.remove(name);
            } else {
                result.put(name, merged(result.get(name), value));
            }
        });
        return result;
    }

    private static @Nullable Object set(@Nullable Object tree, List<String> keys, @Nullable Object value) {
        if (keys.isEmpty()) {
            return value;
        }
        Map<String, @Nullable Object> result = members(tree);
        result.put(keys.get(0), set(result.get(keys.get(0)), keys.subList(1, keys.size()), value));
        return result;
    }

    private static @Nullable Object unset(@Nullable Object tree, List<String> keys) {
        Map<String, @Nullable Object> result = members(tree);
        if (!(tree instanceof Map<?, ?>) || !result.containsKey(keys.get(0))) {
            return tree;
        }
        if (keys.size() == 1) {
            result.remove(keys.get(0));
        } else {
            result.put(keys.get(0), unset(result.get(keys.get(0)), keys.subList(1, keys.size())));
        }
        return result;
    }

    @Property(tries = 1_000)
    @Promise("patch-merge")
    void patches_ofMetadata_followTheOracle(@ForAll("histories") List<List<Change>> history) {
        try (TestStore test = TestStore.create()) {
            test.store().upsert(PresenceUpsert.of("p", "ada", "online"));
            Object tree = Map.of();
            for (List<Change> changes : history) {
                Object before = tree;
                PresencePatch patch = PresencePatch.none();
                for (Change change : changes) {
                    tree = change.applied(tree);
                    patch = change.addTo(patch);
                }
                WriteResult result = test.store().update("p", patch);
                assertThat(result.presence().metadata()).isEqualTo(tree);
                assertThat(orderedKeys(result.presence().metadata())).isEqualTo(orderedKeys(isSame(before, tree)));
                assertThat(result.outcome()).isEqualTo(before.equals(tree) ? Outcome.UNCHANGED : Outcome.UPDATED);
                assertThat(test.store().get("p").metadata())
                        .isSameAs(result.presence().metadata());
                tree = result.presence().metadata();
            }
        }
    }

    /* An unchanged write keeps the order too. */
    private static Object isSame(Object before, Object tree) {
        return before.equals(tree) ? before : tree;
    }

    /** All keys, in the order of the maps, to compare what the equality of maps leaves out. */
    private static List<Object> orderedKeys(@Nullable Object tree) {
        List<Object> keys = new ArrayList<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                keys.add(key);
                keys.add(orderedKeys(value));
            });
        }
        return keys;
    }

    @Provide
    Arbitrary<List<List<Change>>> histories() {
        Arbitrary<List<String>> paths = Arbitraries.of(KEYS).list().ofMinSize(1).ofMaxSize(3);
        return Combinators.combine(Arbitraries.of(Kind.values()), paths, values(2), maps(2))
                .as(Change::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .list()
                .ofMaxSize(8);
    }

    private static Arbitrary<@Nullable Object> values(int levels) {
        Arbitrary<@Nullable Object> leaves = Arbitraries.<Object>of(
                        1, 2.5, "text", true, List.of(), List.of(1, Map.of("a", 1)))
                .injectNull(0.3);
        return levels == 0 ? leaves : Arbitraries.oneOf(leaves, maps(levels - 1).map(map -> (Object) map));
    }

    private static Arbitrary<Map<String, @Nullable Object>> maps(int levels) {
        return Arbitraries.maps(Arbitraries.of(KEYS), Arbitraries.lazy(() -> values(levels)))
                .ofMaxSize(3);
    }
}
