package io.presence.bench;

import io.presence.query.AttributePath;
import io.presence.query.Query;
import java.util.List;

/**
 * A way to say a filter in other words: as a tree of objects, as the text of another language, as another library's
 * query. It has the conditions that the workloads use.
 *
 * @param <T> what a filter becomes
 */
public interface Translator<T> {
    /** Translates: equal to the string. */
    T equal(AttributePath path, String operand);

    /** Translates: equal to the number. */
    T equal(AttributePath path, long operand);

    /** Translates: equal to any of the strings. */
    T in(AttributePath path, List<String> operands);

    /** Translates: not null and not equal to the string. */
    T notEqual(AttributePath path, String operand);

    /** Translates: a number from {@code low} to {@code high}, both included. */
    T between(AttributePath path, long low, long high);

    /** Translates: a string that begins with the operand. */
    T startsWith(AttributePath path, String operand);

    /** Translates: a string that ends with the operand. */
    T endsWith(AttributePath path, String operand);

    /** Translates: a list with at least one of the strings. */
    default T containsAny(AttributePath path, List<String> operands) {
        throw new UnsupportedOperationException("condition must be one of the workload: " + path);
    }

    /** Translates: all hold. There are at least two. */
    T and(List<T> parts);

    /** Translates: at least one holds. There are at least two. */
    T or(List<T> parts);

    /**
     * Translates a whole filter.
     *
     * @throws UnsupportedOperationException when the filter has a condition that the workloads do not use
     */
    default T translate(Query.Filter filter) {
        return filter.accept(new Translation<>(this));
    }
}
