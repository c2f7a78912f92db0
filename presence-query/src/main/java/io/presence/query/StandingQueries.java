package io.presence.query;

import io.presence.query.internal.index.StandingQueryIndex;
import io.presence.query.internal.normal.Normalizer;
import io.presence.query.internal.plan.Plan;
import io.presence.query.internal.plan.Term;
import io.presence.query.internal.program.Program;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Filters that stand, each with a subscriber, and an index over them: it finds those that a changed record matches
 * without looking at the others.
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
 * <p>A filter is found by the condition in it that records have most rarely, judged by those that were matched last:
 * equality and values of lists by hash, lists and maps by a hash of all that is in them, equalities within
 * {@code elemMatch} by hash, ranges by an interval tree, two ranges by a grid, prefixes by the hash of each length,
 * null by slot. Nothing narrower than the type of an attribute serves {@code endsWith} and {@code contains} on a
 * string, nor anything narrower than its presence {@code notEqual} and other negations. Of an {@code or}, each part is
 * found by its own; of an {@code and}, only one part has to be. The rest of the filter is then verified. Filters that
 * are equal but for order, repetition or notation are one, and verified once. {@link #explain} tells how a filter is
 * found. A filter without any such condition is asked of every record: {@link #stats} counts them.
 *
 * <p><b>Cost.</b> A match takes a look-up for each attribute that queries name, and one evaluation for each filter
 * found, up to {@link CompiledQuery}'s cost. It allocates nothing, except where {@link CompiledQuery} does, and to move
 * queries that were found in vain too often. Adding takes time linear in the size of a filter that is
 * {@linkplain #prepare prepared}, for each level of nesting, and at most 32,768 reads of attributes of recent records;
 * a filter with more than 4,096 values by which it would be found is found by its attributes instead. Removing takes
 * constant time, amortized, or logarithmic for ranges, and gives back what the filter took. A distinct filter takes
 * some 150 bytes beside itself if it is found by equality, 320 by a range and 430 by a box, and each subscriber 32 to
 * 44.
 * <p><b>Threads.</b> For one thread at a time. A visitor must not add, remove or match.
 * <p><b>Guarantees.</b> A subscriber is visited if and only if the {@link Interpreter} says that its filter holds for
 * the record before or after, once per match, in no particular order.
 *
 * @param <R> the type of records
 * @param <S> the type of subscribers
 */
public final class StandingQueries<R, S> {
    private final RecordSchema<R> schema;
    private final StandingQueryIndex<R, S> index;

    /**
     * What there is and what was done.
     *
     * @param subscribers how many filters were added and not removed
     * @param queries how many of them are distinct
     * @param scanned how many of those are asked of every record, since no condition in them is found by an index. A
     *     filter that is found by a condition that most records have, such as that an attribute is not null or is a
     *     string, is not counted here: {@link StandingQueries#explain} names such a condition and its share
     * @param candidates how many times a filter was asked whether it holds for a record
     * @param matches how many times it did
     */
    public record Stats(int subscribers, int queries, int scanned, long candidates, long matches) {}

    /**
     * The conditions under which the query index finds a filter, and the alternatives that were not chosen. They
     * determine the cost of matching and have no effect on its result.
     *
     * <pre>
     * metadata.zone = 17: in about 0.0 % of records, judged by 64
     * rather than status = "online": in about 60.6 % of records, judged by 64
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
            String chosen =
                    isScan ? "asked of every record" : access.isEmpty() ? "asked of no record" : line(access, share);
            return chosen
                    + rejected.stream()
                            .map(other -> "\nrather than " + line(other.access(), other.share()))
                            .collect(Collectors.joining())
                    + impossible.stream()
                            .map(part -> "\ncan never hold: " + part)
                            .collect(Collectors.joining());
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

    /** Makes an empty index over records of a schema. It keeps up to 64 records, to judge what is rare. */
    public StandingQueries(RecordSchema<R> schema) {
        this(schema, record -> 0);
    }

    /**
     * Makes an empty index over records of a schema. It keeps up to 64 records that together weigh at most 8 MiB, to
     * judge what is rare.
     *
     * @param weigher returns the bytes that a record takes; called for at most one in 16 matches once enough records
     *     are kept
     */
    public StandingQueries(RecordSchema<R> schema, ToLongFunction<? super R> weigher) {
        this.schema = schema;
        this.index = new StandingQueryIndex<>(
                schema::reader, schema::attributes, Checks.notNull("weigher", weigher), new SecureRandom().nextLong());
    }

    /**
     * Adds a filter.
     *
     * @param filter to be matched; that of a stranger is to be checked against {@link QueryLimits} first
     * @param subscriber is shown to visitors; the same one may be added with several filters
     * @return what to remove it by
     * @throws QueryException when the filter does not fit the schema; {@code LIMIT_EXCEEDED} if it is nested more than
     *     200 deep
     */
    public Handle<S> add(Query.Filter filter, S subscriber) {
        schema.check(Trees.shallow("filter", filter));
        return index.add(filter, Checks.notNull("subscriber", subscriber));
    }

    /**
     * Removes a filter. Does nothing if that was done before.
     *
     * @throws IllegalArgumentException when the handle is of other queries
     */
    public void remove(Handle<S> handle) {
        index.remove(Checks.notNull("handle", handle));
    }

    /**
     * Shows the subscribers whose filter holds for a record before or after a change.
     *
     * @param before the record as it was, or null if it was not there
     * @param after the record as it is, or null if it is gone
     */
    public void match(@Nullable R before, @Nullable R after, MatchVisitor<? super S> visitor) {
        index.match(before, after, Checks.notNull("visitor", visitor));
    }

    /**
     * Returns an equal filter that takes less work to {@linkplain #add add}: its normal form, with the automata of its
     * searches. The result has no more nodes than the filter. Does nothing that {@link #add} does not do itself; a host
     * that adds filters on one thread can prepare them on others.
     *
     * <p><b>Cost.</b> O(n log n) comparisons in the number of values, for each level of nesting.
     * <p><b>Threads.</b> Safe for any.
     *
     * @throws QueryException {@code LIMIT_EXCEEDED} if the filter is nested more than 200 deep
     */
    public static Query.Filter prepare(Query.Filter filter) {
        return Program.prepare(Normalizer.normalize(Trees.shallow("filter", filter)));
    }

    /**
     * Shows the subscribers whose filter holds for a record before or after a change, and evaluates no further filter
     * once the operations are spent. One operation is an instruction, a character, element or key that an instruction
     * reads, a look-up of an attribute or key in the record, or a visit of a candidate.
     *
     * <p><b>Cost.</b> At most {@code operations}; beyond them the evaluation of one filter, a visit of each further
     * candidate, and an evaluation of each that compares at most 16 words, which costs less than to hand it over.
     * <p><b>Guarantees.</b> A subscriber whose filter holds before or after is visited by exactly one call: of
     * {@code matched}, or of {@code undecided}.
     *
     * @param before the record as it was, or null if it was not there
     * @param after the record as it is, or null if it is gone
     * @param operations how many to spend; 0 evaluates only what is cheaper than to hand over
     * @return the operations that were spent
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
        return explain(index.plan(filter), filter);
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
        return explain(index.planOf(handle), index.filterOf(handle));
    }

    private MatchPlan explain(Plan plan, Query.Filter filter) {
        List<String> impossible = ImpossibleParts.of(filter, schema::kind);
        Plan.Choice chosen = plan.choice();
        List<MatchPlan.Alternative> rejected = plan.considered().stream()
                .filter(choice -> choice != chosen)
                .sorted(Comparator.comparingDouble(Plan.Choice::share))
                .map(choice -> new MatchPlan.Alternative(conditions(choice), choice.share()))
                .toList();
        return chosen == null
                ? new MatchPlan(List.of(), true, 1, index.sampleSize(), rejected, impossible)
                : new MatchPlan(conditions(chosen), false, chosen.share(), index.sampleSize(), rejected, impossible);
    }

    private static List<String> conditions(Plan.Choice choice) {
        return choice.terms().stream().map(Term::toString).toList();
    }

    /** Returns what there is and what was done. */
    public Stats stats() {
        return new Stats(index.subscribers(), index.queries(), index.unindexed(), index.candidates(), index.matches());
    }
}
