package io.presence.bench.predicate.peer;

import io.presence.bench.Row;
import io.presence.bench.predicate.technique.Leaf;
import io.presence.query.AttributePath;
import io.presence.query.Query;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.ExpressionEvaluator;

/**
 * The Java expression of a filter, compiled by Janino to a class of its own. Its conditions are calls of {@link Leaf}, so
 * that a value is read once and need not be cast.
 */
public final class JaninoPeer extends InfixText {
    private static final String LEAF = Leaf.class.getName();

    /** What Janino implements: it takes no interface with default methods. */
    @FunctionalInterface
    public interface Expression {
        /** Tells whether a record matches. */
        boolean matches(Object record);
    }

    private final Function<AttributePath, String> reader;

    private JaninoPeer(Function<AttributePath, String> reader) {
        this.reader = reader;
    }

    /** Compiles a filter that reads maps. */
    public static Predicate<Map<String, Object>> compile(Query.Filter filter) {
        return compile(new JaninoPeer(JaninoPeer::inMaps).translate(filter));
    }

    /** Compiles a filter that reads slots. */
    public static Predicate<Row> compileForSlots(Query.Filter filter) {
        return compile(new JaninoPeer(JaninoPeer::inSlots).translate(filter));
    }

    private static <T> Predicate<T> compile(String text) {
        try {
            ExpressionEvaluator evaluator = new ExpressionEvaluator();
            evaluator.setParentClassLoader(JaninoPeer.class.getClassLoader());
            return evaluator.createFastEvaluator(text, Expression.class, "record")::matches;
        } catch (CompileException e) {
            throw new IllegalStateException(text, e);
        }
    }

    private static String inMaps(AttributePath path) {
        String text = "record";
        for (String key : path.segments()) {
            text = "((java.util.Map) " + text + ").get(" + quoted(key) + ")";
        }
        return text;
    }

    private static String inSlots(AttributePath path) {
        return "((" + Row.Values.class.getCanonicalName() + ") record).get(" + Row.slot(path) + ")";
    }

    @Override
    String value(AttributePath path) {
        return reader.apply(path);
    }

    @Override
    public String equal(AttributePath path, String operand) {
        return call("equal", value(path), quoted(operand));
    }

    @Override
    public String equal(AttributePath path, long operand) {
        return call("equal", value(path), number(operand));
    }

    @Override
    public String notEqual(AttributePath path, String operand) {
        return call("notEqual", value(path), quoted(operand));
    }

    @Override
    public String between(AttributePath path, long low, long high) {
        return call("between", value(path), number(low), number(high));
    }

    @Override
    public String startsWith(AttributePath path, String operand) {
        return call("startsWith", value(path), quoted(operand));
    }

    @Override
    public String endsWith(AttributePath path, String operand) {
        return call("endsWith", value(path), quoted(operand));
    }

    private static String call(String method, String... arguments) {
        return Arrays.stream(arguments).collect(Collectors.joining(", ", LEAF + '.' + method + "(", ")"));
    }
}
