package io.presence.query;

import io.presence.query.internal.index.StandingQueryIndex;
import io.presence.query.internal.normal.Normalizer;
import io.presence.query.internal.program.Program;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An index of filters, each with a subscriber. It finds the filters that match a changed record without an evaluation
 * of the others.
 *
 * <pre>{@code
 * StandingQueries<Player, String> queries = new StandingQueries<>(players);
 * Handle<String> handle = queries.add(Query.equal("zone", 17), "session-1");
 *
 * Player before = new Player("ada", 3, Map.of(), 0);
 * Player after = new Player("ada", 17, Map.of(), 0);
 * queries.match(before, after, (subscriber, matchedBefore, matchesAfter) ->
 *         System.out.println(subscriber + " " + matchedBefore + " " + matchesAfter)); // prints: session-1 false true
 * queries.remove(handle);
 * }</pre>
 *
 * <p>A filter is indexed under the condition in it that the most recently matched records have most rarely. Values and
 * elements are found by hash, ranges by an interval tree, pairs of ranges by a grid, prefixes and suffixes by the hash
 * of each length, and null by slot. {@code contains} on a string is indexed under the type of the attribute, negations
 * under its presence. For an {@code or}, each part is indexed; for an {@code and}, one part. The
 * rest of the filter is then evaluated. Filters that differ only in order, repetition or notation are evaluated once. A
 * filter without any such condition is evaluated for every record. {@link #explain} returns the conditions of a filter
 * and {@link #stats} the number of filters without one.
 *
 * <p><b>Cost.</b> A match takes a look-up for each attribute that queries name, and one evaluation for each filter
 * found, at the cost of {@link CompiledQuery}. It allocates where {@link CompiledQuery} does, and to reindex filters
 * with too many misses. Adding a {@linkplain #prepare prepared} filter takes time linear in its size for each level of
 * nesting, and at most 32,768 reads of attributes of recent records. A filter with more than 4,096 candidate values is
 * indexed under its attributes instead. Removing takes amortized constant time, or logarithmic time for ranges. A
 * distinct filter takes 120 to 140 bytes beside itself under an equality, 140 under a range and 430 under two ranges,
 * and each further subscriber 36 bytes.
 * <p><b>Threads.</b> For one thread at a time. A visitor must not add, remove or match.
 * <p><b>Errors.</b> An exception of a visitor ends the match and is thrown to the caller. If a call throws an
 * {@code OutOfMemoryError}, an addition has added nothing, a removal has removed, and a match may have visited some
 * subscribers. The next call then indexes all filters anew, which takes the time of adding them. While there is no
 * memory for that, it throws too.
 * <p><b>Guarantees.</b> A subscriber is visited if and only if its filter holds, by the {@link Interpreter}, for the
 * record before or after the change. It is visited once per match, in no particular order.
 *
 * @param <R> the type of records
 * @param <S> the type of subscribers
 */
public final class StandingQueries<R, S> {

    private final RecordSchema<R> schema;
    private final StandingQueryIndex<R, S> index;

    /**
     * A snapshot of sizes and counters.
     *
     * @param subscribers the number of filters that were added and not removed
     * @param queries the number of distinct filters among them
     * @param scanned the number of distinct filters that are evaluated for every record. A filter under a condition
     *     that most records have is not counted; {@link StandingQueries#explain} returns such a condition and its share
     * @param candidates the number of evaluations so far
     * @param matches the number of evaluations in which the filter matched
     */
    public record Stats(int subscribers, int queries, int scanned, long candidates, long matches) {}

    /**
     * The conditions under which the query index finds a filter, and the alternatives that were not chosen. They
     * determine the cost of matching and have no effect on its result.
     *
     * <pre>
     * metadata.zone = 17: about 0.0 % of records (sample of 64)
     * not chosen: status = "online": about 60.6 % of records (sample of 64)
     * can never hold: equal status 7
     * </pre>
     *
     * <p><b>Units.</b> A share is the expected fraction of all records, from 0 to 1, estimated from a sample of the
     * last matched records.
     *
     * <p><b>Threads.</b> Immutable.
     */
    public static final class MatchPlan {
        private final List<String> access;
        private final boolean isScan;
        private final double share;
        private final int sample;
        private final List<Alternative> rejected;
        private final List<String> impossible;

        MatchPlan(
                List<String> access,
                boolean isScan,
                double share,
                int sample,
                List<Alternative> rejected,
                List<String> impossible) {
            this.access = List.copyOf(access);
            this.isScan = isScan;
            this.share = share;
            this.sample = sample;
            this.rejected = List.copyOf(rejected);
            this.impossible = List.copyOf(impossible);
        }

        /**
         * A group of conditions under which the index could find a filter.
         *
         * @param access the conditions; each record that matches the filter fulfils at least one of them
         * @param share the expected share of records that fulfil at least one of them
         */
        public record Alternative(List<String> access, double share) {
            /** Copies the conditions. */
            public Alternative {
                access = List.copyOf(access);
            }
        }

        /**
         * Returns the conditions under which the index finds the filter; each record that matches the filter fulfils at
         * least one of them. Empty if the filter is evaluated for every record, or if no record can match it.
         */
        public List<String> access() {
            return access;
        }

        /** Returns whether the filter is evaluated for every record. */
        public boolean isScan() {
            return isScan;
        }

        /** Returns the expected share of records that fulfil at least one of the conditions. */
        public double share() {
            return share;
        }

        /** Returns the number of records from which the shares were estimated. */
        public int sample() {
            return sample;
        }

        /** Returns the alternatives that were not selected, the most selective first. */
        public List<Alternative> rejected() {
            return rejected;
        }

        /** Returns the comparisons that hold for no record, such as one of a string attribute with a number. */
        public List<String> impossible() {
            return impossible;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof MatchPlan that && fields().equals(that.fields());
        }

        @Override
        public int hashCode() {
            return fields().hashCode();
        }

        private List<Object> fields() {
            return List.of(access, isScan, share, sample, rejected, impossible);
        }

        /** Returns a line for each group of conditions and for each comparison that can never hold. */
        @Override
        public String toString() {
            String chosen = isScan
                    ? "evaluated for every record"
                    : access.isEmpty() ? "evaluated for no record" : line(access, share);
            return chosen
                    + rejected.stream()
                            .map(other -> "\nnot chosen: " + line(other.access(), other.share()))
                            .collect(Collectors.joining())
                    + impossible.stream()
                            .map(part -> "\ncan never hold: " + part)
                            .collect(Collectors.joining());
        }

        private String line(List<String> conditions, double expected) {
            return String.format(
                    Locale.ROOT,
                    "%s: about %.1f %% of records (sample of %d)",
                    String.join(" or ", conditions),
                    100 * expected,
                    sample);
        }
    }

    /**
     * Creates an empty index over records of a schema. It keeps up to 64 recent records to estimate which conditions
     * are rare.
     */
    public StandingQueries(RecordSchema<R> schema) {
        this(schema, record -> 0);
    }

    /**
     * Creates an empty index over records of a schema. It keeps up to 64 recent records, with a total weight of at most
     * 8 MiB, to estimate which conditions are rare.
     *
     * @param weigher returns the size of a record in bytes. Once the sample is full, it is called for at most one in 16
     *     matches
     */
    public StandingQueries(RecordSchema<R> schema, ToLongFunction<? super R> weigher) {
        this.schema = Checks.notNull("schema", schema);
        this.index = new StandingQueryIndex<>(
                schema::reader, schema::attributes, Checks.notNull("weigher", weigher), new SecureRandom().nextLong());
    }

    /**
     * Adds a filter.
     *
     * @param filter the filter; check it against {@link QueryLimits} first if it comes from an untrusted caller
     * @param subscriber the object that visitors receive; one object may be added with several filters
     * @return the handle to remove the filter
     * @throws IllegalStateException if a visitor of a running match calls this
     * @throws QueryException if the filter does not fit the schema; {@code LIMIT_EXCEEDED} if it is nested more than
     *     200 deep
     */
    public Handle<S> add(Query.Filter filter, S subscriber) {
        schema.check(Trees.shallow("filter", filter));
        return index.add(filter, Checks.notNull("subscriber", subscriber));
    }

    /**
     * Removes a filter. Does nothing if the filter was removed before.
     *
     * @throws IllegalArgumentException if the handle is of other queries
     * @throws IllegalStateException if a visitor of a running match calls this
     */
    public void remove(Handle<S> handle) {
        index.remove(Checks.notNull("handle", handle));
    }

    /**
     * Visits the subscribers whose filter holds for a record before or after a change.
     *
     * @param before the record before the change, or null if it did not exist
     * @param after the record after the change, or null if it no longer exists
     * @throws IllegalStateException if a visitor of a running match calls this
     */
    public void match(@Nullable R before, @Nullable R after, MatchVisitor<? super S> visitor) {
        index.match(before, after, Checks.notNull("visitor", visitor));
    }

    /**
     * Returns an equivalent filter, which holds for the same records and takes less time to {@linkplain #add add}: its
     * normal form, with the automata of its searches. It need not be equal to the given one. It has at most as many
     * nodes. {@link #add} does the same for a filter that is not prepared, so a host can move this work to other
     * threads.
     *
     * <p><b>Cost.</b> For each level of nesting, O(n log n) comparisons, where n is the number of values.
     * <p><b>Threads.</b> Safe for use by any thread.
     *
     * @throws QueryException {@code LIMIT_EXCEEDED} if the filter is nested more than 200 deep
     */
    public static Query.Filter prepare(Query.Filter filter) {
        return Program.prepare(Normalizer.normalize(Trees.shallow("filter", filter)));
    }

    /**
     * Visits the subscribers whose filter holds for a record before or after a change, within a limit of operations.
     * Once the operations are spent, the subscribers of the remaining candidates are undecided. Each of the following
     * counts as one operation: an instruction; a character, an element or a key that an instruction reads; a look-up in
     * the record; a visit of a candidate.
     *
     * <p><b>Cost.</b> At most {@code operations}, and beyond them the evaluation of one filter, a visit of each further
     * candidate, and the evaluation of each candidate that compares at most 16 words.
     * <p><b>Guarantees.</b> A subscriber whose filter holds before or after is visited by exactly one call, either of
     * {@code matched} or of {@code undecided}.
     *
     * @param before the record before the change, or null if it did not exist
     * @param after the record after the change, or null if it no longer exists
     * @param operations the limit; 0 evaluates only filters that compare at most 16 words
     * @return the operations that were spent
     * @throws IllegalStateException if a visitor of a running match calls this
     */
    public long match(@Nullable R before, @Nullable R after, long operations, MatchVisitor.Bounded<? super S> visitor) {
        return index.match(before, after, operations, Checks.notNull("visitor", visitor));
    }

    /**
     * Returns the plan that the index would choose for a filter if it were added now.
     *
     * @throws QueryException if the filter does not fit the schema; {@code LIMIT_EXCEEDED} if it is nested more than
     *     200 levels deep
     */
    public MatchPlan explain(Query.Filter filter) {
        schema.check(Trees.shallow("filter", filter));
        return PlanDescription.of(index.plan(filter), filter, schema::kind, index.sampleSize());
    }

    /**
     * Returns the plan in use for a filter that was added. It can differ from the result of
     * {@link #explain(Query.Filter)}, since the index changes the plan of a filter only after a sufficient number of
     * misses, and only if an alternative is at least twice as selective.
     *
     * @param handle the handle of the filter
     * @throws IllegalArgumentException if the handle belongs to other queries, or was removed
     */
    public MatchPlan explain(Handle<S> handle) {
        Checks.notNull("handle", handle);
        return PlanDescription.of(index.planOf(handle), index.filterOf(handle), schema::kind, index.sampleSize());
    }

    /** Returns the current sizes and counters. */
    public Stats stats() {
        return new Stats(index.subscribers(), index.queries(), index.unindexed(), index.candidates(), index.matches());
    }
}
