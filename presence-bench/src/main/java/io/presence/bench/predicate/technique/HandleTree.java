package io.presence.bench.predicate.technique;

import static java.lang.invoke.MethodType.methodType;

import io.presence.bench.AttributeRow;
import io.presence.bench.Translator;
import io.presence.query.AttributePath;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.function.Predicate;

/** Method handles that are composed by combinators. A handle that is not a constant is not inlined. */
public final class HandleTree implements Translator<MethodHandle> {

    private static final MethodHandle GET = find(AttributeRow.class, "get", int.class);
    private static final MethodHandle TRUE = constant(true);
    private static final MethodHandle FALSE = constant(false);

    /** Returns a predicate that calls a handle from a field. */
    public static Predicate<AttributeRow> predicate(MethodHandle handle) {
        return row -> {
            try {
                return (boolean) handle.invokeExact(row);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        };
    }

    @Override
    public MethodHandle equal(AttributePath path, String operand) {
        return leaf("equal", path, String.class, operand);
    }

    @Override
    public MethodHandle equal(AttributePath path, long operand) {
        return leaf("equal", path, long.class, operand);
    }

    @Override
    public MethodHandle in(AttributePath path, List<String> operands) {
        return leaf("in", path, List.class, operands);
    }

    @Override
    public MethodHandle notEqual(AttributePath path, String operand) {
        return leaf("notEqual", path, String.class, operand);
    }

    @Override
    public MethodHandle between(AttributePath path, long low, long high) {
        return leaf(find(ValueConditions.class, "between", Object.class, long.class, long.class), path, low, high);
    }

    @Override
    public MethodHandle startsWith(AttributePath path, String operand) {
        return leaf("startsWith", path, String.class, operand);
    }

    @Override
    public MethodHandle endsWith(AttributePath path, String operand) {
        return leaf("endsWith", path, String.class, operand);
    }

    @Override
    public MethodHandle and(List<MethodHandle> parts) {
        return LambdaTree.rightmostFirst(parts, (left, right) -> MethodHandles.guardWithTest(left, right, FALSE));
    }

    @Override
    public MethodHandle or(List<MethodHandle> parts) {
        return LambdaTree.rightmostFirst(parts, (left, right) -> MethodHandles.guardWithTest(left, TRUE, right));
    }

    private static MethodHandle leaf(String name, AttributePath path, Class<?> type, Object operand) {
        return leaf(find(ValueConditions.class, name, Object.class, type), path, operand);
    }

    private static MethodHandle leaf(MethodHandle test, AttributePath path, Object... operands) {
        MethodHandle get = MethodHandles.insertArguments(GET, 1, AttributeRow.slot(path));
        return MethodHandles.filterArguments(MethodHandles.insertArguments(test, 1, operands), 0, get);
    }

    private static MethodHandle constant(boolean value) {
        return MethodHandles.dropArguments(MethodHandles.constant(boolean.class, value), 0, AttributeRow.class);
    }

    private static MethodHandle find(Class<?> in, String name, Class<?>... parameters) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            return in == AttributeRow.class
                    ? lookup.findVirtual(in, name, methodType(Object.class, parameters))
                    : lookup.findStatic(in, name, methodType(boolean.class, parameters));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
