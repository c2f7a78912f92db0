package io.presence.bench;

import io.presence.query.AttributePath;
import io.presence.query.Query;
import java.util.List;

/**
 * A translation of filters to another form: a tree of objects, the text of another language, or the query of another
 * library. It supports the conditions that the workloads use.
 *
 * @param <T> the result of translating a filter
 */
public interface Translator<T> {

    /** Translates a condition: equal to the string. */
    T equal(AttributePath path, String operand);

    /** Translates a condition: equal to the number. */
    T equal(AttributePath path, long operand);

    /** Translates a condition: equal to any of the strings. */
    T in(AttributePath path, List<String> operands);

    /** Translates a condition: not null and not equal to the string. */
    T notEqual(AttributePath path, String operand);

    /** Translates a condition: a number from {@code low} to {@code high}, both included. */
    T between(AttributePath path, long low, long high);

    /** Translates a condition: a string that starts with the operand. */
    T startsWith(AttributePath path, String operand);

    /** Translates a condition: a string that ends with the operand. */
    T endsWith(AttributePath path, String operand);

    /** Translates a condition: a list that contains at least one of the strings. */
    default T containsAny(AttributePath path, List<String> operands) {
        throw new UnsupportedOperationException("condition must be one of the workload: " + path);
    }

    /** Translates a conjunction of at least two filters. */
    T and(List<T> parts);

    /** Translates a disjunction of at least two filters. */
    T or(List<T> parts);

    /**
     * Translates a filter.
     *
     * @throws UnsupportedOperationException if the filter has a condition that the workloads do not use
     */
    default T translate(Query.Filter filter) {
        return filter.accept(new Translation<>(this));
    }
}
