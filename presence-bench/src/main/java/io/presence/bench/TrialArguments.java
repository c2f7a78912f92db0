package io.presence.bench;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The arguments of a trial's {@code main}, read one by one. Those that are left out at the end have a default.
 *
 * <p><b>Threads.</b> For one thread.
 */
public final class TrialArguments {

    private final String[] values;
    private int next;

    public TrialArguments(String... values) {
        this.values = values.clone();
    }

    /**
     * Returns the next argument.
     *
     * @param name what it is, for the error text
     * @param absent the value if no argument is left
     * @throws IllegalArgumentException if it is not an integer
     */
    public int integer(String name, int absent) {
        return Math.toIntExact(number(name, absent));
    }

    /** As {@link #integer}, for a larger number. */
    public long number(String name, long absent) {
        return next(value -> parsed(name, value), absent);
    }

    private static long parsed(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be an integer: " + value, e);
        }
    }

    /**
     * Returns the next argument.
     *
     * @param parser returns the value of its text
     * @param absent the value if no argument is left
     */
    public <T> T next(Function<String, T> parser, T absent) {
        return next == values.length ? absent : parser.apply(values[next++]);
    }

    /**
     * Returns the arguments that are left, usually names of candidates.
     *
     * @param parser returns the candidate of a name
     * @param absent the candidates if no argument is left
     */
    public <T> List<T> rest(Function<String, T> parser, List<T> absent) {
        List<T> rest = Stream.of(values).skip(next).map(parser).toList();
        next = values.length;
        return rest.isEmpty() ? absent : rest;
    }
}
