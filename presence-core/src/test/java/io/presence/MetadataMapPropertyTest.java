package io.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.fixture.Promise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Metadata beside a {@link LinkedHashMap} of the same members. */
class MetadataMapPropertyTest {

    /* Every combination of these has the same hash code. */
    private static final List<String> ALIKE = List.of("Aa", "BB");

    @Property(tries = 2000)
    void copyOf_anyMembers_equalsALinkedHashMap(@ForAll("members") Map<String, Object> given) {
        Map<String, Object> copy = Metadata.copyOf(given);
        assertThat(copy).isEqualTo(given);
        assertThat(given).isEqualTo(copy);
        assertThat(copy.hashCode()).isEqualTo(given.hashCode());
        assertThat(copy.toString()).isEqualTo(given.toString());
        assertThat(new ArrayList<>(copy.keySet())).isEqualTo(new ArrayList<>(given.keySet()));
        assertThat(new ArrayList<>(copy.values())).isEqualTo(new ArrayList<>(given.values()));
        assertThat(new ArrayList<>(copy.entrySet())).isEqualTo(new ArrayList<>(given.entrySet()));
        assertThat(copy.isEmpty()).isEqualTo(given.isEmpty());
    }

    @Property(tries = 2000)
    void get_anyKey_agreesWithALinkedHashMap(@ForAll("members") Map<String, Object> given, @ForAll("key") String key) {
        Map<String, Object> copy = Metadata.copyOf(given);
        List<Object> sought = new ArrayList<>(given.keySet());
        sought.add(key);
        sought.add(null);
        sought.add(1);
        for (Object each : sought) {
            assertThat(copy.get(each)).isEqualTo(given.get(each));
            assertThat(copy.containsKey(each)).isEqualTo(given.containsKey(each));
            assertThat(copy.keySet().contains(each)).isEqualTo(given.containsKey(each));
            assertThat(copy.containsValue(each)).isEqualTo(given.containsValue(each));
        }
        given.entrySet()
                .forEach(member -> assertThat(copy.entrySet().contains(member)).isTrue());
        assertThat(copy.entrySet().contains(Map.entry("Aa", "another value"))).isFalse();
    }

    @Provide
    Arbitrary<Map<String, Object>> members() {
        Arbitrary<Object> values = Arbitraries.of("x", 1, true, List.of(), Map.of("inner", 1))
                .map(Object.class::cast)
                .injectNull(0.2);
        Arbitrary<List<String>> keys =
                key().list().uniqueElements().ofMinSize(0).ofMaxSize(40);
        return keys.flatMap(each -> values.list().ofSize(each.size()).map(all -> {
            Map<String, Object> members = new LinkedHashMap<>();
            for (int i = 0; i < all.size(); i++) {
                members.put(each.get(i), all.get(i));
            }
            return members;
        }));
    }

    @Provide
    Arbitrary<String> key() {
        Arbitrary<String> alike =
                Arbitraries.of(ALIKE).list().ofMinSize(0).ofMaxSize(6).map(parts -> String.join("", parts));
        return Arbitraries.oneOf(alike, Arbitraries.strings().ascii().ofMaxLength(3));
    }

    @Test
    @Promise("metadata-size")
    void metadata_writtenInAnyOrder_keepsIt() {
        Map<String, Object> written = new LinkedHashMap<>();
        for (String key : "zoom name cursor beta alpha".split(" ")) {
            written.put(key, 1);
        }
        written.put("nested", new LinkedHashMap<>(Map.of("only", Arrays.asList(null, 2))));
        Map<String, Object> read =
                PresenceUpsert.of("p", "ada", "online").metadata(written).metadata();
        assertThat(read.keySet()).containsExactly("zoom", "name", "cursor", "beta", "alpha", "nested");
        assertThat(read.containsValue(null)).isFalse();
        assertThat(read.containsKey(null)).isFalse();
        assertThat(((List<?>) ((Map<?, ?>) read.get("nested")).get("only")).contains(null))
                .isTrue();
        Map<String, Object> many = new LinkedHashMap<>();
        for (int i = 999; i >= 0; i--) {
            many.put("key" + i, i);
        }
        assertThat(PresencePatch.none().metadata(many).metadata().keySet()).containsExactlyElementsOf(many.keySet());
    }

    @Test
    void contains_nullInListWithoutNull_isFalse() {
        Object list = Metadata.copyOf(Map.of("list", List.of(1, "a"))).get("list");
        assertThat(((List<?>) list).contains(null)).isFalse();
        assertThat(((List<?>) list).indexOf("a")).isEqualTo(1);
    }

    @Test
    void copyOf_keysOfOneHashCode_findsEach() {
        Map<String, Object> given = new LinkedHashMap<>();
        for (int i = 0; i < 1024; i++) {
            StringBuilder key = new StringBuilder();
            for (int bit = 0; bit < 10; bit++) {
                key.append(ALIKE.get(i >> bit & 1));
            }
            given.put(key.toString(), i);
        }
        assertThat(given.keySet().stream().map(String::hashCode).distinct()).hasSize(1);
        Map<String, Object> copy = Metadata.copyOf(given);
        assertThat(copy).isEqualTo(given);
        given.forEach((key, value) -> assertThat(copy.get(key)).isEqualTo(value));
    }

    @Test
    void copyOf_sameKeyTwice_isRefused() {
        for (int others : new int[] {0, 20}) {
            Map<String, Object> identity = new IdentityHashMap<>();
            for (int i = 0; i < others; i++) {
                identity.put("other" + i, i);
            }
            identity.put(new String("key"), 1);
            identity.put(new String("key"), 2);
            assertThatThrownBy(() -> Metadata.copyOf(identity))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("metadata must have each key once: key");
        }
    }

    @Test
    void metadata_changed_isRefused() {
        Map<String, Object> copy = Metadata.copyOf(Map.of("a", 1));
        for (Runnable change : List.<Runnable>of(
                () -> copy.put("b", 1),
                () -> copy.remove("a"),
                () -> copy.putAll(Map.of("b", 1)),
                copy::clear,
                () -> copy.keySet().remove("a"),
                () -> copy.values().remove(1),
                () -> copy.entrySet().iterator().next().setValue(2),
                () -> copy.merge("a", 1, (x, y) -> y))) {
            assertThatThrownBy(change::run).isInstanceOf(UnsupportedOperationException.class);
        }
        assertThat(copy).isEqualTo(Collections.singletonMap("a", 1));
        var keys = copy.keySet().iterator();
        keys.next();
        assertThatThrownBy(keys::next).isInstanceOf(NoSuchElementException.class);
    }
}
