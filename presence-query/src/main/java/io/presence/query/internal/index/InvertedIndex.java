package io.presence.query.internal.index;

import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import io.presence.query.MatchVisitor;
import io.presence.query.Query;
import io.presence.query.QuerySchema.Kind;
import io.presence.query.internal.plan.Plan;
import io.presence.query.internal.plan.Planner;
import io.presence.query.internal.program.AttributeReader;
import io.presence.query.internal.program.SlotTable;
import io.presence.query.internal.program.Slots;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The inverted index of a table of queries: their slots, programs and posting lists, and the matching of records.
 *
 * <p>A change of one query changes many structures. If it fails in between, for want of memory, the index is
 * {@linkplain #isBroken broken} and must be replaced by one that is {@linkplain #rebuilt rebuilt} from the queries.
 *
 * <p><b>Threads.</b> For one thread.
 *
 * @param <R> the type of records
 * @param <S> the type of subscribers
 */
final class InvertedIndex<R, S> {

    private final Source<R> source;
    private final QueryTable<S> queries;
    private final SlotTable<R> table;
    private final ProgramPool programs;
    private final TermIndex<StandingQuery<S>> termIndex;
    private final QueryIndexer<S> indexer;
    private final Planner<R> planner;
    private final Replanner<S> replanner;
    private final CandidateFinder<StandingQuery<S>> finder;
    private final MatchRun<S> run;
    private final Slots slots = new Slots();
    private boolean isBroken;

    /**
     * The source of the values of records.
     *
     * @param readers the reader of each attribute
     * @param attributes returns the attributes of a record
     * @param weigher returns the approximate size of a record in bytes
     * @param seed of hashes, unknown to untrusted callers
     * @param <R> the type of records
     */
    record Source<R>(
            Function<String, AttributeReader<R>> readers,
            Function<R, Attributes> attributes,
            ToLongFunction<? super R> weigher,
            long seed) {}

    /**
     * Creates an empty index.
     *
     * @param queries the queries of this index; only this adds and removes them
     */
    InvertedIndex(Source<R> source, QueryTable<S> queries) {
        this.source = source;
        this.queries = queries;
        long seed = source.seed();
        table = new SlotTable<>(source.readers());
        programs = new ProgramPool(table, seed);
        termIndex = new TermIndex<>(table, seed);
        indexer = new QueryIndexer<>(termIndex, programs);
        planner = new Planner<>(this::kind, source.attributes(), source.weigher(), termIndex);
        replanner = new Replanner<>(this::reindex, planner::operations, seed);
        finder = new CandidateFinder<>(termIndex, slots);
        run = new MatchRun<>(queries, replanner, slots);
    }

    private Kind kind(AttributePath path) {
        return path.size() == 1 ? table.reader(path.root()).kind() : Kind.OBJECT;
    }

    /** Returns whether a change has failed half-way. A match would then miss queries. */
    boolean isBroken() {
        return isBroken;
    }

    /**
     * Returns a new index of the same queries, without a sample of records. After a failure this can be called again.
     * This index must not be used any more.
     */
    InvertedIndex<R, S> rebuilt() {
        InvertedIndex<R, S> rebuilt = new InvertedIndex<>(source, queries);
        queries.forEach(StandingQuery::leaveIndex);
        queries.forEach(rebuilt::indexAgain);
        rebuilt.run.countFrom(run);
        return rebuilt;
    }

    private void indexAgain(StandingQuery<S> query) {
        table.retain(query.filter());
        indexer.index(query, planner.planFirst(query.filter()));
    }

    /** Fails during a match, when the index must not change. */
    void requireIdle() {
        run.requireIdle();
    }

    /** Adds a query, unless this fails. */
    StandingQuery<S> add(int hash, Query.Filter normal) {
        retain(normal);
        Plan plan;
        try {
            plan = planner.planFirst(normal);
        } catch (Throwable failure) {
            release(normal);
            throw failure;
        }
        isBroken = true;
        StandingQuery<S> query = indexer.index(hash, normal, plan);
        queries.add(query);
        isBroken = false;
        return query;
    }

    /** Removes a query, also if this fails or the index is broken. */
    void remove(StandingQuery<S> query) {
        boolean wasBroken = isBroken;
        isBroken = true;
        queries.remove(query);
        if (!wasBroken) {
            removeFromIndex(query);
            isBroken = false;
        }
    }

    private void removeFromIndex(StandingQuery<S> query) {
        indexer.unindex(query);
        table.release(query.filter());
        slots.truncate(table.size());
        run.fit();
        if (queries.size() == 0) {
            replanner.clear();
        }
    }

    private void retain(Query.Filter normal) {
        isBroken = true;
        table.retain(normal);
        isBroken = false;
    }

    private void release(Query.Filter normal) {
        isBroken = true;
        table.release(normal);
        isBroken = false;
    }

    /** Indexes a query again if another choice is now far better. Returns whether its terms have changed. */
    private boolean reindex(StandingQuery<S> query) {
        Set<PostingList<StandingQuery<S>>> current = QueryIndexer.postingListsOf(query);
        Plan plan = planner.plan(query.filter(), term -> current.contains(termIndex.find(term)));
        if (indexer.isIndexed(query, plan.choice())) {
            return false;
        }
        isBroken = true;
        indexer.reindex(query, plan);
        isBroken = false;
        return true;
    }

    /** As {@link StandingQueryIndex#match(Object, Object, MatchVisitor)}. */
    void match(@Nullable R before, @Nullable R after, MatchVisitor<? super S> visitor) {
        run.requireIdle();
        long missed = missed();
        try {
            run.start(visitor);
            evaluate(before, after);
        } finally {
            run.end();
        }
        replanner.work(missed() - missed);
    }

    /** As {@link StandingQueryIndex#match(Object, Object, long, MatchVisitor.Bounded)}. */
    long match(@Nullable R before, @Nullable R after, long operations, MatchVisitor.Bounded<? super S> visitor) {
        run.requireIdle();
        long missed = missed();
        try {
            run.start(visitor, operations);
            evaluate(before, after);
        } finally {
            run.end();
        }
        replanner.work(missed() - missed);
        return slots.spent();
    }

    private long missed() {
        return run.candidates() - run.matches();
    }

    private void evaluate(@Nullable R before, @Nullable R after) {
        if (before != null) {
            table.fill(before, slots);
            run.before(finder);
        }
        if (after != null) {
            table.fill(after, slots);
            run.after(finder);
            planner.offer(after);
        }
        run.finish();
    }

    /** Returns the plan by which {@link #add} would index a filter in normal form. */
    Plan plan(Query.Filter normal) {
        retain(normal);
        try {
            return planner.plan(normal);
        } finally {
            release(normal);
        }
    }

    /** Returns the plan by which a query is indexed. */
    Plan planOf(StandingQuery<S> query) {
        Set<PostingList<StandingQuery<S>>> current = QueryIndexer.postingListsOf(query);
        return planner.currentPlan(query.filter(), term -> current.contains(termIndex.find(term)));
    }

    /** Returns the number of records from which shares are estimated. */
    int sampleSize() {
        return planner.sampleSize();
    }

    /** Returns the number of queries that are evaluated for every record. */
    int unindexed() {
        return termIndex.unindexed().size();
    }

    /** Returns the number of evaluated candidates. */
    long candidates() {
        return run.candidates();
    }

    /** Returns the number of candidates that matched. */
    long matches() {
        return run.matches();
    }

    /** Returns the operations of all plans so far. */
    long operations() {
        return planner.operations();
    }

    /** Returns the number of postings of all queries. */
    int postings() {
        return termIndex.postings();
    }

    /** Returns whether no trace of removed queries is left. */
    boolean isEmpty() {
        return queries.size() == 0
                && termIndex.isEmpty()
                && termIndex.unindexed().isEmpty()
                && table.used() == 0
                && programs.size() == 0
                && replanner.isEmpty();
    }
}
