package io.presence.bench.predicate.technique;

import io.presence.bench.Row;
import io.presence.bench.Translator;
import io.presence.query.AttributePath;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;

/** A lambda for each node, which calls those of its children. */
public final class LambdaTree implements Translator<Predicate<Row>> {
    @Override
    public Predicate<Row> equal(AttributePath path, String operand) {
        int slot = Row.slot(path);
        return row -> Leaf.equal(row.get(slot), operand);
    }

    @Override
    public Predicate<Row> equal(AttributePath path, long operand) {
        int slot = Row.slot(path);
        return row -> Leaf.equal(row.get(slot), operand);
    }

    @Override
    public Predicate<Row> in(AttributePath path, List<String> operands) {
        int slot = Row.slot(path);
        return row -> Leaf.in(row.get(slot), operands);
    }

    @Override
    public Predicate<Row> containsAny(AttributePath path, List<String> operands) {
        int slot = Row.slot(path);
        return row -> Leaf.containsAny(row.get(slot), operands);
    }

    @Override
    public Predicate<Row> notEqual(AttributePath path, String operand) {
        int slot = Row.slot(path);
        return row -> Leaf.notEqual(row.get(slot), operand);
    }

    @Override
    public Predicate<Row> between(AttributePath path, long low, long high) {
        int slot = Row.slot(path);
        return row -> Leaf.between(row.get(slot), low, high);
    }

    @Override
    public Predicate<Row> startsWith(AttributePath path, String operand) {
        int slot = Row.slot(path);
        return row -> Leaf.startsWith(row.get(slot), operand);
    }

    @Override
    public Predicate<Row> endsWith(AttributePath path, String operand) {
        int slot = Row.slot(path);
        return row -> Leaf.endsWith(row.get(slot), operand);
    }

    @Override
    public Predicate<Row> and(List<Predicate<Row>> parts) {
        return rightmostFirst(parts, (left, right) -> row -> left.test(row) && right.test(row));
    }

    @Override
    public Predicate<Row> or(List<Predicate<Row>> parts) {
        return rightmostFirst(parts, (left, right) -> row -> left.test(row) || right.test(row));
    }

    /** Combines pairs from the right, so that {@code a, b, c} is {@code a, (b, c)}. */
    static <T> T rightmostFirst(List<T> parts, BinaryOperator<T> pair) {
        T result = parts.get(parts.size() - 1);
        for (int i = parts.size() - 2; i >= 0; i--) {
            result = pair.apply(parts.get(i), result);
        }
        return result;
    }
}
