package io.presence.query;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How an index finds a query, and why so.
 *
 * <pre>
 * metadata.zone = 17: in about 0.0 % of records, judged by 64
 * rather than status = "online": in about 60.6 % of records, judged by 64
 * can never hold: equal status 7
 * </pre>
 *
 * <p><b>Threads.</b> Immutable.
 *
 * @param access what a record must have for the query to be looked at: one of these conditions. Empty if every record
 *     is looked at, and for a query that none can match
 * @param isScan whether every record is looked at
 * @param share how many of all records are expected to have one of the conditions, 0 to 1
 * @param sample how many records that expectation rests on
 * @param rejected what it could have been found by instead, each with its share, best first
 * @param impossible each comparison of the filter that holds for no record, such as a string attribute that is compared
 *     with a number
 */
public record Explanation(
        List<String> access,
        boolean isScan,
        double share,
        int sample,
        List<Alternative> rejected,
        List<String> impossible) {

    /** Makes an explanation of a filter without comparisons that can never hold. */
    public Explanation(List<String> access, boolean isScan, double share, int sample, List<Alternative> rejected) {
        this(access, isScan, share, sample, rejected, List.of());
    }

    /**
     * What a query could have been found by.
     *
     * @param access one of these conditions
     * @param share how many of all records are expected to have one of them, 0 to 1
     */
    public record Alternative(List<String> access, double share) {
        /** Copies the conditions. */
        public Alternative {
            access = List.copyOf(access);
        }
    }

    /** Copies the lists. */
    public Explanation {
        access = List.copyOf(access);
        rejected = List.copyOf(rejected);
        impossible = List.copyOf(impossible);
    }

    /** Returns all of this in words, a line for each access and each comparison that can never hold. */
    @Override
    public String toString() {
        String chosen =
                isScan ? "asked of every record" : access.isEmpty() ? "asked of no record" : line(access, share);
        return chosen
                + rejected.stream()
                        .map(other -> "\nrather than " + line(other.access(), other.share()))
                        .collect(Collectors.joining())
                + impossible.stream().map(part -> "\ncan never hold: " + part).collect(Collectors.joining());
    }

    private String line(List<String> conditions, double expected) {
        return String.format(
                Locale.ROOT,
                "%s: in about %.1f %% of records, judged by %d",
                String.join(" or ", conditions),
                100 * expected,
                sample);
    }
}
