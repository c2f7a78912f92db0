package io.presence.bench.report.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A case that several candidates are measured on.
 *
 * @param benchmark the class and the method
 * @param parameters all parameters except the size and the candidate, in the order of the benchmark
 * @param sizeName the parameter that is the size, such as {@code presences}; empty if there is none
 * @param size the value of that parameter
 * @param threads the number of threads
 */
public record Case(String benchmark, Map<String, String> parameters, String sizeName, OptionalLong size, int threads) {

    /** Copies the parameters. */
    public Case {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** Returns the case with another number of threads. */
    public Case withThreads(int number) {
        return new Case(benchmark, parameters, sizeName, size, number);
    }

    /** Returns the case without a size, which all points of a line in a chart share. */
    public Case anySize() {
        return new Case(benchmark, parameters, sizeName, OptionalLong.empty(), threads);
    }
}
