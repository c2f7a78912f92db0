package io.presence.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.query.fixture.Promise;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads the tables of docs/query-language.md and checks each cell against the interpreter. */
class SpecificationTest {

    private static final Path PAGE = Path.of("..", "docs", "query-language.md");

    /** Values of a record, by the column they are in. Each type has values that are equal, less and greater. */
    private static final Map<String, List<Object>> RECORD_VALUES = new LinkedHashMap<>();

    /** Values of a query by type: each has some that hold and some that do not, wherever the outcome may depend. */
    private static final Map<String, List<Object>> OPERANDS = new LinkedHashMap<>();

    static {
        List<Object> booleans = List.of(true, false);
        List<Object> numbers = List.of(1, 7L, 7.0, 9.5);
        List<Object> strings = List.of(
                "a", "on", "online", "z", "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
        List<Object> lists = List.of(List.of(true, 7, "on", List.of(1), Map.of("k", 7)), List.of(1), List.of());
        List<Object> maps = List.of(Map.of("k", 7), Map.of("k", "on"), Map.of());
        RECORD_VALUES.put("null", Collections.singletonList(null));
        RECORD_VALUES.put("boolean", booleans);
        RECORD_VALUES.put("number", numbers);
        RECORD_VALUES.put("string", strings);
        RECORD_VALUES.put("timestamp", List.of(Instant.parse("2026-01-01T00:00:00Z")));
        RECORD_VALUES.put("list", lists);
        RECORD_VALUES.put("map", maps);
        OPERANDS.put("null", Collections.singletonList(null));
        OPERANDS.put("boolean", booleans);
        OPERANDS.put("number", numbers);
        OPERANDS.put("string", strings);
        OPERANDS.put("list", lists);
        OPERANDS.put("map", maps);
        OPERANDS.put("filter", List.of(Query.equal("k", 7), Query.isNotNull("absent")));
    }

    record Cell(Method method, String column, String text) {
        String otherwise() {
            return text.substring(text.lastIndexOf(' ') + 1);
        }

        Set<String> varying() {
            int slash = text.indexOf(" / ");
            return slash < 0 ? Set.of() : Set.of(text.substring(0, slash).split(", "));
        }
    }

    static Stream<Cell> cells() throws Exception {
        List<List<String>> table = table("method | null | boolean");
        List<String> columns = table.get(0);
        return table.stream()
                .skip(1)
                .flatMap(row -> Stream.iterate(1, i -> i < row.size(), i -> i + 1)
                        .map(i -> new Cell(Method.of(code(row.get(0))), columns.get(i), row.get(i))));
    }

    static Stream<List<String>> connectives() throws Exception {
        return table("first | second").stream().skip(1);
    }

    static Stream<List<String>> examples() throws Exception {
        return table("value | query | holds").stream().skip(1);
    }

    @Test
    void methodsByType_inThePage_haveACellForEachPair() throws Exception {
        Set<Method> filters =
                Arrays.stream(Method.values()).filter(Method::isFilter).collect(Collectors.toSet());
        filters.removeAll(Set.of(Method.AND, Method.OR));

        List<Cell> cells = cells().toList();

        assertThat(cells).extracting(Cell::method).containsOnly(filters.toArray(Method[]::new));
        assertThat(cells).hasSize(filters.size() * RECORD_VALUES.size());
        assertThat(cells)
                .extracting(Cell::column)
                .containsOnly(RECORD_VALUES.keySet().toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("cells")
    @Promise("one-meaning")
    void methodsByType_eachCell_isWhatTheInterpreterSays(Cell cell) {
        Map<String, Set<String>> outcomes = outcomes(cell);

        assertThat(outcomes.keySet()).as("operands in %s", cell).containsAll(cell.varying());
        outcomes.forEach((operand, found) -> assertThat(found)
                .as("%s with %s", cell, operand)
                .isEqualTo(cell.varying().contains(operand) ? Set.of("yes", "no") : Set.of(cell.otherwise())));
    }

    @ParameterizedTest
    @MethodSource("connectives")
    void connectives_eachRow_isWhatTheInterpreterSays(List<String> row) {
        Attributes record = Attributes.of(Map.of());
        Query first = constant(row.get(0));
        Query second = constant(row.get(1));

        assertThat(holds(Query.and(first, second), record)).isEqualTo(row.get(2));
        assertThat(holds(Query.or(first, second), record)).isEqualTo(row.get(3));
    }

    @Test
    void connectives_inThePage_haveARowForEachPair() throws Exception {
        assertThat(connectives().map(row -> row.get(0) + row.get(1)))
                .containsExactly("nono", "noyes", "yesno", "yesyes");
    }

    @ParameterizedTest
    @MethodSource("examples")
    @Promise("one-meaning")
    void examples_eachRow_isWhatTheInterpreterSays(List<String> row) {
        String[] query = code(row.get(1)).split(" ", 2);
        List<Object> operands = Literal.readList(query[1]);
        Query.Filter filter = new Query.Comparison(Method.of(query[0]), AttributePath.of("a"), operands);

        assertThat(holds(filter, Attributes.of(exampleRecord(row.get(0))))).isEqualTo(row.get(2));
    }

    @Test
    void examples_inThePage_coverEachComparison() throws Exception {
        Set<String> used = examples().map(row -> code(row.get(1)).split(" ")[0]).collect(Collectors.toSet());

        assertThat(used)
                .contains(
                        "equal",
                        "notEqual",
                        "lessThan",
                        "greaterThan",
                        "between",
                        "notBetween",
                        "startsWith",
                        "endsWith",
                        "contains",
                        "notContains",
                        "containsAll");
    }

    @Test
    void errors_inThePage_listEachCode() throws Exception {
        assertThat(table("code | when").stream().skip(1).map(row -> code(row.get(0))))
                .containsExactly(Arrays.stream(QueryException.Code.values())
                        .map(Enum::name)
                        .toArray(String[]::new));
    }

    /** Returns by type of operand which outcomes there are, over all values of the column and all operands. */
    private static Map<String, Set<String>> outcomes(Cell cell) {
        Map<String, Set<String>> outcomes = new LinkedHashMap<>();
        filters(cell.method())
                .forEach((operand, filters) -> outcomes.put(
                        operand,
                        RECORD_VALUES.get(cell.column()).stream()
                                .flatMap(value -> filters.stream().map(filter -> holds(filter, record(value))))
                                .collect(Collectors.toSet())));
        return outcomes;
    }

    private static Map<String, List<Query.Filter>> filters(Method method) {
        AttributePath a = AttributePath.of("a");
        return switch (method.kind()) {
            case NULL_CHECK -> Map.of("none", List.of(new Query.NullCheck(method, a)));
            case EXISTENCE -> Map.of("none", List.of(new Query.Exists(method, List.of(a))));
            case NESTING ->
                Map.of(
                        "filter",
                        OPERANDS.get("filter").stream()
                                .map(filter -> Query.elemMatch("a", (Query) filter))
                                .toList());
            case COMPARISON -> comparisons(method, a);
            case LIST_OPTION -> throw new AssertionError(method);
        };
    }

    private static Map<String, List<Query.Filter>> comparisons(Method method, AttributePath a) {
        Map<String, List<Query.Filter>> filters = new LinkedHashMap<>();
        OPERANDS.forEach((type, operands) -> {
            if (!type.equals("filter")) {
                filters.put(
                        type,
                        argumentLists(method, operands)
                                .map(values -> (Query.Filter) new Query.Comparison(method, a, values))
                                .toList());
            }
        });
        return filters;
    }

    private static Stream<List<Object>> argumentLists(Method method, List<Object> operands) {
        return method.minValues() <= 1
                ? operands.stream().map(Collections::singletonList)
                : operands.stream().flatMap(low -> operands.stream().map(high -> Arrays.asList(low, high)));
    }

    private static Attributes record(Object value) {
        return Attributes.of(Collections.singletonMap("a", value));
    }

    private static Map<String, Object> exampleRecord(String value) {
        Map<String, Object> record = new HashMap<>();
        if (!value.equals("missing")) {
            record.put("a", Literal.read(code(value)));
        }
        return record;
    }

    private static Query constant(String outcome) {
        return outcome.equals("yes") ? Query.everything() : Query.isNotNull("absent");
    }

    private static String holds(Query filter, Attributes record) {
        return Interpreter.matches(filter, record) ? "yes" : "no";
    }

    private static String code(String cell) {
        assertThat(cell).startsWith("`").endsWith("`");
        return cell.substring(1, cell.length() - 1);
    }

    /** Returns the rows of the one table whose header begins so, header first, without the line below it. */
    private static List<List<String>> table(String header) throws Exception {
        List<String> lines = Files.readAllLines(PAGE);
        int start = lines.stream()
                .filter(line -> line.startsWith("| " + header))
                .map(lines::indexOf)
                .reduce((a, b) -> {
                    throw new AssertionError("two tables: " + header);
                })
                .orElseThrow();
        return lines.subList(start, lines.size()).stream()
                .takeWhile(line -> line.startsWith("|"))
                .filter(line -> !line.startsWith("|---"))
                .map(line -> List.of(line.substring(2, line.length() - 2).split(" \\| ")))
                .toList();
    }
}
