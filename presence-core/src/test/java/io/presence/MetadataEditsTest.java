package io.presence;

import static io.presence.RefusalAssertions.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Merges of metadata, and changes by path. */
class MetadataEditsTest {

    private static final PresencePatch NONE = PresencePatch.none();

    /** A row of a table: the metadata, a merge patch, and the result. */
    record Row(Map<String, Object> before, Map<String, Object> patch, Map<String, Object> after) {}

    private static Map<String, Object> map(Object... members) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            map.put((String) members[i], members[i + 1]);
        }
        return map;
    }

    private static Row row(Map<String, Object> before, Map<String, Object> patch, Map<String, Object> after) {
        return new Row(before, patch, after);
    }

    /* The examples of RFC 7396: section 3, then those of appendix A whose three values are objects. */
    static List<Row> examples() {
        return List.of(
                row(
                        map(
                                "title",
                                "Goodbye!",
                                "author",
                                map("givenName", "John", "familyName", "Doe"),
                                "tags",
                                List.of("example", "sample"),
                                "content",
                                "This will be unchanged"),
                        map(
                                "title",
                                "Hello!",
                                "phoneNumber",
                                "+01-123-456-7890",
                                "author",
                                map("familyName", null),
                                "tags",
                                List.of("example")),
                        map(
                                "title",
                                "Hello!",
                                "author",
                                map("givenName", "John"),
                                "tags",
                                List.of("example"),
                                "content",
                                "This will be unchanged",
                                "phoneNumber",
                                "+01-123-456-7890")),
                row(map("a", "b"), map("a", "c"), map("a", "c")),
                row(map("a", "b"), map("b", "c"), map("a", "b", "b", "c")),
                row(map("a", "b"), map("a", null), map()),
                row(map("a", "b", "b", "c"), map("a", null), map("b", "c")),
                row(map("a", List.of("b")), map("a", "c"), map("a", "c")),
                row(map("a", "c"), map("a", List.of("b")), map("a", List.of("b"))),
                row(map("a", map("b", "c")), map("a", map("b", "d", "c", null)), map("a", map("b", "d"))),
                row(map("a", List.of(map("b", "c"))), map("a", List.of(1)), map("a", List.of(1))),
                row(map("e", null), map("a", 1), map("e", null, "a", 1)),
                row(map(), map("a", map("bb", map("ccc", null))), map("a", map("bb", map()))));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void merge_ofTheExamplesOfTheRfc_givesTheirResults(Row row) {
        Map<String, Object> result = NONE.merge(row.patch()).metadataAfter(Metadata.copyOf(row.before()));
        assertThat(result).isEqualTo(row.after());
        assertThat(result.keySet()).containsExactlyElementsOf(row.after().keySet());
        assertThat(result).isUnmodifiable();
    }

    private static Map<String, Object> after(PresencePatch patch, Object... members) {
        return patch.metadataAfter(Metadata.copyOf(map(members)));
    }

    @Test
    void merge_ofNullInAList_keepsIt() {
        List<Object> list = Arrays.asList(1, null);
        assertThat(after(NONE.merge(map("a", list)))).isEqualTo(map("a", list));
    }

    @Test
    void set_ofPath_changesThatValueAlone() {
        assertThat(after(NONE.set("metadata.a", 2), "a", 1, "b", 1)).isEqualTo(map("a", 2, "b", 1));
        assertThat(after(NONE.set("metadata.c.x", 5), "c", map("x", 1, "y", 2)))
                .isEqualTo(map("c", map("x", 5, "y", 2)));
        assertThat(after(NONE.set("metadata.c.d.e", 5))).isEqualTo(map("c", map("d", map("e", 5))));
        assertThat(after(NONE.set("metadata.c\\.d", 5))).isEqualTo(map("c.d", 5));
    }

    @Test
    void set_ofNullOrMap_storesIt() {
        assertThat(after(NONE.set("metadata.a", null), "a", 1)).isEqualTo(map("a", null));
        assertThat(after(NONE.set("metadata.a", map("y", null)), "a", map("x", 1)))
                .isEqualTo(map("a", map("y", null)));
    }

    @Test
    void set_whereAValueOnThePathIsNoMap_replacesItAsMergeDoes() {
        for (Object other : Arrays.asList("text", 1, null, List.of(map("x", 1)))) {
            assertThat(after(NONE.set("metadata.c.x", 5), "c", other)).isEqualTo(map("c", map("x", 5)));
            assertThat(after(NONE.merge(map("c", map("x", 5))), "c", other)).isEqualTo(map("c", map("x", 5)));
        }
    }

    @Test
    void unset_ofPath_removesThatValueAlone() {
        assertThat(after(NONE.unset("metadata.a"), "a", 1, "b", 1)).isEqualTo(map("b", 1));
        assertThat(after(NONE.unset("metadata.c.x"), "c", map("x", 1))).isEqualTo(map("c", map()));
    }

    @Test
    void unset_ofAbsentPath_changesNothing() {
        Map<String, Object> before = Metadata.copyOf(map("a", 1, "c", map("x", 1), "n", null));
        for (String path : List.of("metadata.z", "metadata.a.x", "metadata.c.y", "metadata.c.x.y", "metadata.n.x")) {
            assertThat(NONE.unset(path).metadataAfter(before)).as(path).isSameAs(before);
        }
    }

    @Test
    void metadataAfter_ofChangesToEqual_isTheSameObject() {
        Map<String, Object> before = Metadata.copyOf(map("a", 1, "c", map("x", 1)));
        assertThat(NONE.merge(map("a", 1, "c", map("y", null))).metadataAfter(before))
                .isSameAs(before);
        assertThat(NONE.set("metadata.c.x", 2).set("metadata.c.x", 1).metadataAfter(before))
                .isSameAs(before);
        assertThat(NONE.status("away").metadataAfter(before)).isSameAs(before);
        assertThat(NONE.metadataAfter(new HashMap<>(before))).isEqualTo(before).isUnmodifiable();
    }

    @Test
    void changes_several_applyInOrder() {
        assertThat(after(NONE.set("metadata.a", 1).unset("metadata.a"))).isEmpty();
        assertThat(after(NONE.unset("metadata.a").set("metadata.a.b", 1), "a", map("x", 1)))
                .isEqualTo(map("a", map("b", 1)));
        Map<String, Object> shared = map("x", 1);
        PresencePatch twice = NONE.set("metadata.a", shared)
                .set("metadata.b", shared)
                .set("metadata.a.x", 2)
                .merge(map("b", map("y", 3)));
        shared.put("x", "changed after it was copied");
        assertThat(after(twice)).isEqualTo(map("a", map("x", 2), "b", map("x", 1, "y", 3)));
        assertThat(after(twice)).isEqualTo(map("a", map("x", 2), "b", map("x", 1, "y", 3)));
    }

    @Test
    void changes_ofAReplacement_areMadeAtOnce() {
        PresencePatch patch = NONE.set("metadata.z", 1).metadata(map("a", 1)).set("metadata.b", 2);
        assertThat(patch.metadata()).isEqualTo(map("a", 1, "b", 2));
        assertThat(after(patch, "z", 9)).isEqualTo(map("a", 1, "b", 2));
        assertThat(NONE.set("metadata.z", 1).metadata()).isNull();
        assertThat(NONE.set("metadata.z", 1).isEmpty()).isFalse();
        assertThat(after(NONE.set("metadata.z", 1).status("away").ifVersion(Version.of(1, 1))))
                .isEqualTo(map("z", 1));
    }

    @Test
    void keys_afterChanges_keepTheirPlaces() {
        Map<String, Object> result = after(
                NONE.set("metadata.b", 9).merge(map("d", 1, "a", 9)).unset("metadata.c"),
                "a",
                1,
                "b",
                1,
                "c",
                1,
                "e",
                1);
        assertThat(result.keySet()).containsExactly("a", "b", "e", "d");
    }

    @Test
    void set_outsideMetadata_isRefused() {
        for (String path :
                List.of("status", "metadata", "", "metadata.", "metadata..a", "a.metadata", "metadata.a\\b")) {
            String message =
                    "path must be metadata.<key>, further keys after dots, of at most 512 characters: \"" + path + '"';
            assertRefused(message, () -> NONE.set(path, 1));
            assertRefused(message, () -> NONE.unset(path));
        }
        assertThatNullPointerException().isThrownBy(() -> NONE.set(null, 1)).withMessage("path must not be null");
        assertThatNullPointerException().isThrownBy(() -> NONE.merge(null)).withMessage("patch must not be null");
    }

    @Test
    void values_thatAreNotJsonLike_areRefusedWithTheirPath() {
        assertRefused(
                "value must be a string, number, boolean, null, list or map: java.lang.Object",
                () -> NONE.set("metadata.a", new Object()));
        assertRefused(
                "value.x[0] must be a finite number: NaN", () -> NONE.set("metadata.a", map("x", List.of(Double.NaN))));
        assertRefused(
                "patch.a.b must be a string, number, boolean, null, list or map: java.lang.Object",
                () -> NONE.merge(map("a", map("b", new Object()))));
    }

    @Test
    void changes_beyondTheLimits_areRefusedWhenTheyAreMade() {
        PresencePatch patch = NONE;
        for (int i = 0; i < MetadataEdits.MAX_EDITS; i++) {
            patch = patch.unset("metadata.a");
        }
        PresencePatch full = patch;
        assertRefused("changes of metadata in a patch must be at most 100", () -> full.unset("metadata.a"));
        PresencePatch large = NONE.set("metadata.a", "x".repeat(40_000));
        assertRefused(
                "changes of metadata in a patch must be at most 65536 bytes as JSON",
                () -> large.set("metadata.a", "x".repeat(40_000)));
        assertRefused("metadata must be at most 65536 bytes as JSON", () -> NONE.merge(map("a", "x".repeat(70_000))));
    }

    @Test
    void levels_ofTheResult_areLimited() {
        String deepest = "metadata" + IntStream.range(0, 32).mapToObj(i -> ".k").collect(Collectors.joining());
        assertThat(after(NONE.set(deepest, 1))).hasSize(1);
        assertThat(after(NONE.unset(deepest))).isEmpty();
        assertThat(catchThrowable(() -> NONE.set(deepest, map("a", 1))))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("metadata must have at most 32 levels: ");
    }

    @Test
    void size_ofTheResult_isLimited() {
        Map<String, Object> before = Metadata.copyOf(map("a", "x".repeat(40_000)));
        assertRefused(
                "metadata must be at most 65536 bytes as JSON",
                () -> NONE.set("metadata.b", "x".repeat(40_000)).metadataAfter(before));
        assertThat(NONE.set("metadata.b", "x".repeat(40_000))
                        .unset("metadata.a")
                        .metadataAfter(before))
                .containsOnlyKeys("b");
    }

    /* Each change would sort and copy 5,000 keys if it were applied by itself. */
    @Test
    void cost_ofManyChanges_isOneCopy() {
        List<Integer> numbers = new ArrayList<>(Collections.nCopies(5_000, 1));
        Map<String, Object> many = new LinkedHashMap<>();
        numbers.forEach(one -> many.put("k" + many.size(), one));
        PresencePatch patch = NONE;
        for (int i = 0; i < MetadataEdits.MAX_EDITS; i++) {
            patch = patch.set("metadata.k" + i, i);
        }
        Map<String, Object> result = patch.metadataAfter(Metadata.copyOf(many));
        assertThat(result).hasSize(5_000).containsEntry("k99", 99).containsEntry("k100", 1);
    }
}
