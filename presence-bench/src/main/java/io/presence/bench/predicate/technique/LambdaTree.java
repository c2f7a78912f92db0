package io.presence.bench.predicate.technique;

import io.presence.bench.AttributeRow;
import io.presence.bench.Translator;
import io.presence.query.AttributePath;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;

/** A lambda for each node, which calls the lambdas of its children. */
public final class LambdaTree implements Translator<Predicate<AttributeRow>> {

    @Override
    public Predicate<AttributeRow> equal(AttributePath path, String operand) {
        int slot = AttributeRow.slot(path);
        return row -> ValueConditions.equal(row.get(slot), operand);
    }

    @Override
    public Predicate<AttributeRow> equal(AttributePath path, long operand) {
        int slot = AttributeRow.slot(path);
        return row -> ValueConditions.equal(row.get(slot), operand);
    }

    @Override
    public Predicate<AttributeRow> in(AttributePath path, List<String> operands) {
        int slot = AttributeRow.slot(path);
        return row -> ValueConditions.in(row.get(slot), operands);
    }

    @Override
    public Predicate<AttributeRow> containsAny(AttributePath path, List<String> operands) {
        int slot = AttributeRow.slot(path);
        return row -> ValueConditions.containsAny(row.get(slot), operands);
    }

    @Override
    public Predicate<AttributeRow> notEqual(AttributePath path, String operand) {
        int slot = AttributeRow.slot(path);
        return row -> ValueConditions.notEqual(row.get(slot), operand);
    }

    @Override
    public Predicate<AttributeRow> between(AttributePath path, long low, long high) {
        int slot = AttributeRow.slot(path);
        return row -> ValueConditions.between(row.get(slot), low, high);
    }

    @Override
    public Predicate<AttributeRow> startsWith(AttributePath path, String operand) {
        int slot = AttributeRow.slot(path);
        return row -> ValueConditions.startsWith(row.get(slot), operand);
    }

    @Override
    public Predicate<AttributeRow> endsWith(AttributePath path, String operand) {
        int slot = AttributeRow.slot(path);
        return row -> ValueConditions.endsWith(row.get(slot), operand);
    }

    @Override
    public Predicate<AttributeRow> and(List<Predicate<AttributeRow>> parts) {
        return rightmostFirst(parts, (left, right) -> row -> left.test(row) && right.test(row));
    }

    @Override
    public Predicate<AttributeRow> or(List<Predicate<AttributeRow>> parts) {
        return rightmostFirst(parts, (left, right) -> row -> left.test(row) || right.test(row));
    }

    /** Combines pairs from the right: {@code a, b, c} becomes {@code a, (b, c)}. */
    static <T> T rightmostFirst(List<T> parts, BinaryOperator<T> pair) {
        T result = parts.get(parts.size() - 1);
        for (int i = parts.size() - 2; i >= 0; i--) {
            result = pair.apply(parts.get(i), result);
        }
        return result;
    }
}
