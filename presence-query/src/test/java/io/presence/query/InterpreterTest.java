package io.presence.query;

import static io.presence.query.QueryException.Code.NOT_ALLOWED;
import static io.presence.query.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Cases that the tables of the specification cannot show: see {@link SpecificationTest}. */
class InterpreterTest {

    private static final Attributes EMPTY = Attributes.of(Map.of());
    private static final Attributes DEVICES = Attributes.of(Map.of(
            "devices",
            Arrays.asList(
                    Map.of("kind", "phone", "battery", 20),
                    Map.of("kind", "laptop", "battery", 90, "screens", List.of(Map.of("inches", 27))),
                    "a string",
                    null)));

    @Test
    void matches_listOption_isRefused() {
        assertRefused(
                () -> Interpreter.matches(Query.limit(1), EMPTY),
                NOT_ALLOWED,
                "$",
                "filter must not be a list option: \"limit\"");
    }

    @Test
    void matches_nullRecord_isRefused() {
        assertThatThrownBy(() -> Interpreter.matches(Query.everything(), null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("attributes must not be null");
    }

    @Test
    void everything_ofAnyRecord_holds() {
        assertThat(Interpreter.matches(Query.everything(), EMPTY)).isTrue();
    }

    @Test
    void elemMatch_oneElementHasAll_holds() {
        assertThat(matches(Query.equal("kind", "laptop"), Query.greaterThan("battery", 50)))
                .isTrue();
    }

    @Test
    void elemMatch_twoElementsHaveOneEach_doesNotHold() {
        assertThat(matches(Query.equal("kind", "phone"), Query.greaterThan("battery", 50)))
                .isFalse();
    }

    @Test
    void elemMatch_attributes_areKeysOfTheElement() {
        assertThat(matches(Query.isNotNull("devices"))).isFalse();
        assertThat(matches(Query.elemMatch("screens", Query.equal("inches", 27))))
                .isTrue();
    }

    @Test
    void elemMatch_elementThatIsNoMap_isNeverTheOne() {
        Attributes record = Attributes.of(Map.of("devices", Arrays.asList("a string", 7, List.of(), null)));

        assertThat(Interpreter.matches(Query.elemMatch("devices", Query.isNull("kind")), record))
                .isFalse();
        assertThat(matches(Query.isNull("kind"))).isFalse();
        assertThat(matches(Query.isNull("screens"))).isTrue();
    }

    @Test
    void exists_anyIsThere_holds() {
        Attributes record = Attributes.of(Map.of("a", 1));

        assertThat(Interpreter.matches(Query.exists("a", "b"), record)).isTrue();
        assertThat(Interpreter.matches(Query.notExists("a", "b"), record)).isFalse();
        assertThat(Interpreter.matches(Query.exists("b", "c"), record)).isFalse();
        assertThat(Interpreter.matches(Query.notExists("b", "c"), record)).isTrue();
    }

    @Test
    void comparison_objectOfAnotherClass_isNotNullAndEqualToNothing() {
        Attributes record = path -> Method.EQUAL;

        assertThat(Interpreter.matches(Query.isNotNull("a"), record)).isTrue();
        assertThat(Interpreter.matches(Query.equal("a", "EQUAL"), record)).isFalse();
        assertThat(Interpreter.matches(Query.notEqual("a", "EQUAL"), record)).isTrue();
    }

    @Test
    void comparison_dottedPath_readsNestedMetadata() {
        Attributes record = Attributes.of(Map.of("metadata", Map.of("cursor", Map.of("x", 640), "a.b", 1)));

        assertThat(Interpreter.matches(Query.greaterThan("metadata.cursor.x", 100), record))
                .isTrue();
        assertThat(Interpreter.matches(Query.equal("metadata.a\\.b", 1), record))
                .isTrue();
        assertThat(Interpreter.matches(Query.equal("metadata.a.b", 1), record)).isFalse();
    }

    private static boolean matches(Query... filters) {
        return Interpreter.matches(Query.elemMatch("devices", filters), DEVICES);
    }
}
