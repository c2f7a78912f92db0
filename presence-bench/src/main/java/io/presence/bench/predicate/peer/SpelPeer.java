package io.presence.bench.predicate.peer;

import io.presence.query.AttributePath;
import io.presence.query.Query;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.expression.spel.SpelCompilerMode;
import org.springframework.expression.spel.SpelParserConfiguration;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/**
 * The text of a filter in Spring's expression language, compiled to a class of its own.
 *
 * <p>Only its standard context, which is not for the expressions of strangers, lets the class run; with the simple one
 * the expression is compiled and then interpreted.
 */
public final class SpelPeer extends InfixText {
    /* The compiler has to have seen a value at every node, and gives up after 100 failures. So it is off until all
    records have passed, and then makes the class that it would have made in the mode IMMEDIATE. */
    private static final SpelExpressionParser PARSER = new SpelExpressionParser(
            new SpelParserConfiguration(SpelCompilerMode.OFF, SpelPeer.class.getClassLoader()));

    /**
     * Compiles a filter.
     *
     * @throws IllegalStateException when it would be interpreted
     */
    public static Predicate<Map<String, Object>> compile(Query.Filter filter, List<Map<String, Object>> records) {
        String text = new SpelPeer().translate(filter);
        SpelExpression expression = PARSER.parseRaw(text);
        records.forEach(expression::getValue);
        if (!expression.compileExpression()
                || !expression.getEvaluationContext().isCompilationSupported()) {
            throw new IllegalStateException("expression must have been compiled: " + text);
        }
        return record -> Boolean.TRUE.equals(expression.getValue(record));
    }

    @Override
    String value(AttributePath path) {
        return path.segments().stream().map(key -> "[" + quoted(key) + "]").collect(Collectors.joining());
    }
}
