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
 * The text of a filter in Spring's expression language, compiled to a class.
 *
 * <p>Only the standard context, which is not for untrusted expressions, runs the class. With the simple context the
 * expression is compiled and then interpreted.
 */
public final class SpelPeer extends InfixText {

    /* The compiler needs a value at every node and gives up after 100 failures. It is therefore off until all records
     * have been evaluated, and then makes the class that the mode IMMEDIATE would have made. */
    private static final SpelExpressionParser PARSER = new SpelExpressionParser(
            new SpelParserConfiguration(SpelCompilerMode.OFF, SpelPeer.class.getClassLoader()));

    /**
     * Compiles a filter.
     *
     * @throws IllegalStateException if the expression would be interpreted
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
