package io.presence.bench.report.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What candidates are compared on.
 *
 * @param benchmark the class and the method
 * @param parameters all but the size and the candidate, in the order of the benchmark
 * @param sizeName what the benchmark is about, as {@code presences}; empty if it has no size
 * @param size how many of these there are
 * @param threads how many do it at once
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

    /** Returns the case with no size, which all points of one line of a chart share. */
    public Case anySize() {
        return new Case(benchmark, parameters, sizeName, OptionalLong.empty(), threads);
    }
}
