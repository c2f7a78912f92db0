package io.presence.query;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A null argument is refused by its name, also where the method would fail later or not at all. */
@SuppressWarnings("NullAway")
class NullArgumentsTest {

    private static final Query.Filter FILTER = Query.isNull("a");
    private static final AttributePath PATH = AttributePath.of("a");

    private static Arguments call(String parameter, ThrowingCallable call) {
        return Arguments.of(parameter, call);
    }

    static Stream<Arguments> calls() {
        QuerySchema schema =
                QuerySchema.builder().attribute("a", QuerySchema.Kind.OBJECT).build();
        Attributes attributes = Attributes.of(Map.of());
        List<Query.Filter> none = List.of();
        return Stream.of(
                call("limits", () -> Query.allOf(List.of(FILTER), null)),
                call("limits", () -> ListQuery.of(List.of(FILTER), null)),
                call("queries[1]", () -> Query.allOf(Arrays.asList(FILTER, null))),
                call("filter", () -> Interpreter.matches(null, attributes)),
                call("attributes", () -> Interpreter.matches(FILTER, null)),
                call("query", () -> schema.check((Query) null)),
                call("query", () -> RecordSchema.maps().check((Query) null)),
                call("schema", () -> new StandingQueries<>(null)),
                call("schema", () -> CompiledQuery.compile(FILTER, null)),
                call("filter", () -> CompiledQuery.compile(null, RecordSchema.maps())),
                call("method", () -> new Query.Comparison(null, PATH, List.of(1))),
                call("method", () -> new Query.NullCheck(null, PATH)),
                call("method", () -> new Query.Exists(null, List.of(PATH))),
                call("filters", () -> Query.and((List<Query>) null)),
                call("orders", () -> new ListQuery(FILTER, null, 1, 0, null, List.of())),
                call("filters", () -> Query.or(none.isEmpty() ? null : none)));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void anyMethod_nullArgument_namesIt(String parameter, ThrowingCallable call) {
        assertThatNullPointerException().isThrownBy(call).withMessage(parameter + " must not be null");
    }
}
