package io.presence.query.internal.index;

import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import io.presence.query.Handle;
import io.presence.query.MatchVisitor;
import io.presence.query.Query;
import io.presence.query.QuerySchema.Kind;
import io.presence.query.internal.normal.Normalizer;
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
 * An index of standing queries with their subscribers.
 *
 * <p>Filters with one normal form are one query. A query is indexed under the terms of its {@link Plan}. A record is
 * evaluated only for the queries under its terms, once each, by the conditions that the term does not decide already.
 *
 * <p><b>Threads.</b> For one thread.
 *
 * @param <R> the type of records
 * @param <S> the type of subscribers
 */
public final class StandingQueryIndex<R, S> {

    private final SlotTable<R> table;
    private final ProgramPool programs;
    private final QueryTable<S> queries = new QueryTable<>();
    private final TermIndex<StandingQuery<S>> termIndex;
    private final QueryIndexer<S> filer;
    private final Planner<R> planner;
    private final Replanner<S> replanning;
    private final CandidateFinder<StandingQuery<S>> probe;
    private final MatchRun<S> pass;
    private final Slots slots = new Slots();
    private final long seed;
    private int subscribers;

    /**
     * Creates an empty index.
     *
     * @param readers the reader of each attribute
     * @param attributes returns the attributes of a record
     * @param weigher returns the approximate size of a record in bytes
     * @param seed of hashes, unknown to untrusted callers
     */
    public StandingQueryIndex(
            Function<String, AttributeReader<R>> readers,
            Function<R, Attributes> attributes,
            ToLongFunction<? super R> weigher,
            long seed) {
        this.seed = seed;
        table = new SlotTable<>(readers);
        programs = new ProgramPool(table, seed);
        termIndex = new TermIndex<>(table, seed);
        filer = new QueryIndexer<>(termIndex, programs);
        planner = new Planner<>(this::kind, attributes, weigher, termIndex);
        replanning = new Replanner<>(this::reindex, planner::operations, seed);
        probe = new CandidateFinder<>(termIndex, slots);
        pass = new MatchRun<>(queries, replanning, slots);
    }

    private Kind kind(AttributePath path) {
        return path.size() == 1 ? table.reader(path.root()).kind() : Kind.OBJECT;
    }

    /** Adds a subscriber of a filter. */
    public Handle<S> add(Query.Filter filter, S subscriber) {
        pass.requireIdle();
        Query.Filter normal = normal(filter);
        int hash = (int) Normalizer.hash(normal, seed);
        StandingQuery<S> query = queries.find(hash, normal);
        if (query == null) {
            query = index(hash, normal);
        }
        Registration<S> registration = new Registration<>(subscriber);
        query.add(registration);
        subscribers++;
        return registration;
    }

    /* A filter that is in normal form already is not stored twice. */
    private static Query.Filter normal(Query.Filter filter) {
        Query.Filter normal = Normalizer.normalize(filter);
        return normal.equals(filter) ? filter : normal;
    }

    private StandingQuery<S> index(int hash, Query.Filter normal) {
        table.retain(normal);
        Plan plan = planner.planFirst(normal);
        StandingQuery<S> query = filer.index(hash, normal, plan);
        queries.add(query);
        return query;
    }

    /** Indexes a query again if another choice is now far better. Returns whether its terms have changed. */
    private boolean reindex(StandingQuery<S> query) {
        Set<PostingList<StandingQuery<S>>> current = QueryIndexer.postingListsOf(query);
        Plan plan = planner.plan(query.filter(), term -> current.contains(termIndex.find(term)));
        if (filer.isIndexed(query, plan.choice())) {
            return false;
        }
        filer.reindex(query, plan);
        return true;
    }

    /** Removes a subscriber; does nothing if it was removed before. */
    public void remove(Handle<S> handle) {
        pass.requireIdle();
        Registration<S> registration = registration(handle);
        StandingQuery<S> query = registration.query();
        if (query == null) {
            return;
        }
        if (!queries.contains(query)) {
            throw foreignHandle();
        }
        query.remove(registration);
        subscribers--;
        if (!query.hasSubscribers()) {
            remove(query);
        }
    }

    private static <S> Registration<S> registration(Handle<S> handle) {
        if (handle instanceof Registration<S> registration) {
            return registration;
        }
        throw foreignHandle();
    }

    private static IllegalArgumentException foreignHandle() {
        return new IllegalArgumentException("handle must be of these queries");
    }

    private void remove(StandingQuery<S> query) {
        queries.remove(query);
        filer.unindex(query);
        table.release(query.filter());
        slots.truncate(table.size());
        pass.fit();
        if (queries.size() == 0) {
            replanning.clear();
        }
    }

    /**
     * Visits the subscribers whose filter holds for a record before or after a change.
     *
     * @param before the record before the change, or null if it did not exist
     * @param after the record after the change, or null if it no longer exists
     */
    public void match(@Nullable R before, @Nullable R after, MatchVisitor<? super S> visitor) {
        pass.start(visitor);
        match(before, after);
    }

    /**
     * Visits the subscribers whose filter holds for a record before or after a change, within a limit of operations.
     *
     * @param before the record before the change, or null if it did not exist
     * @param after the record after the change, or null if it no longer exists
     * @return the operations that were spent
     */
    public long match(@Nullable R before, @Nullable R after, long operations, MatchVisitor.Bounded<? super S> visitor) {
        pass.start(visitor, operations);
        match(before, after);
        return slots.spent();
    }

    private void match(@Nullable R before, @Nullable R after) {
        long missedBefore = pass.candidates() - pass.matches();
        try {
            if (before != null) {
                table.fill(before, slots);
                pass.before(probe);
            }
            if (after != null) {
                table.fill(after, slots);
                pass.after(probe);
                planner.offer(after);
            }
            pass.finish();
        } finally {
            pass.end();
        }
        replanning.work(pass.candidates() - pass.matches() - missedBefore);
    }

    /** Returns the plan by which {@link #add} would index a filter. */
    public Plan plan(Query.Filter filter) {
        Query.Filter normal = Normalizer.normalize(filter);
        table.retain(normal);
        try {
            return planner.plan(normal);
        } finally {
            table.release(normal);
        }
    }

    /**
     * Returns the plan by which the filter of a handle is indexed.
     *
     * @throws IllegalArgumentException if the handle is of another index or was removed
     */
    public Plan planOf(Handle<S> handle) {
        StandingQuery<S> query = queryOf(handle);
        Set<PostingList<StandingQuery<S>>> current = QueryIndexer.postingListsOf(query);
        return planner.currentPlan(query.filter(), term -> current.contains(termIndex.find(term)));
    }

    /**
     * Returns the normal form of the filter of a handle.
     *
     * @throws IllegalArgumentException if the handle is of another index or was removed
     */
    public Query.Filter filterOf(Handle<S> handle) {
        return queryOf(handle).filter();
    }

    private StandingQuery<S> queryOf(Handle<S> handle) {
        StandingQuery<S> query = registration(handle).query();
        if (query == null || !queries.contains(query)) {
            throw new IllegalArgumentException("handle must be of these queries and not removed");
        }
        return query;
    }

    /** Returns the number of records from which shares are estimated. */
    public int sampleSize() {
        return planner.sampleSize();
    }

    /** Returns the number of subscribers. */
    public int subscribers() {
        return subscribers;
    }

    /** Returns the number of distinct queries. */
    public int queries() {
        return queries.size();
    }

    /** Returns the number of distinct queries that are evaluated for every record. */
    public int unindexed() {
        return termIndex.unindexed().size();
    }

    /** Returns the number of evaluated candidates. */
    public long candidates() {
        return pass.candidates();
    }

    /** Returns the number of candidates that matched. */
    public long matches() {
        return pass.matches();
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
                && replanning.isEmpty();
    }
}
