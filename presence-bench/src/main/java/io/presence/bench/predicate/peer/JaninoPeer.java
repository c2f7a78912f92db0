package io.presence.bench.predicate.peer;

import io.presence.bench.AttributeRow;
import io.presence.bench.predicate.technique.ValueConditions;
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
 * The Java expression of a filter, compiled to a class by Janino. Its conditions are calls of {@link ValueConditions},
 * so that a value is read once and need not be cast.
 */
public final class JaninoPeer extends InfixText {

    private static final String LEAF = ValueConditions.class.getName();

    /** The interface of the compiled class. Janino does not accept an interface with default methods. */
    @FunctionalInterface
    public interface Expression {
        /** Returns whether a record matches. */
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
    public static Predicate<AttributeRow> compileForSlots(Query.Filter filter) {
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
        return "((" + AttributeRow.Values.class.getCanonicalName() + ") record).get(" + AttributeRow.slot(path) + ")";
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
