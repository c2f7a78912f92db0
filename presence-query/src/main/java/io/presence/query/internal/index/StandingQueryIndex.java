package io.presence.query.internal.index;

import io.presence.query.Attributes;
import io.presence.query.Handle;
import io.presence.query.MatchVisitor;
import io.presence.query.Query;
import io.presence.query.internal.normal.Normalizer;
import io.presence.query.internal.plan.Plan;
import io.presence.query.internal.program.AttributeReader;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * An index of standing queries with their subscribers.
 *
 * <p>Filters with one normal form are one query. A query is indexed under the terms of its {@link Plan}. A record is
 * evaluated only for the queries under its terms, once each, by the conditions that the term does not decide already.
 *
 * <p><b>Errors.</b> A call that fails for want of memory has added nothing, but has removed what it was to remove. The
 * next call then builds the postings of all queries anew. If it has no memory for that either, it fails, and does
 * nothing else.
 *
 * <p><b>Threads.</b> For one thread.
 *
 * @param <R> the type of records
 * @param <S> the type of subscribers
 */
public final class StandingQueryIndex<R, S> {

    /* The queries and their subscribers, which a failure cannot damage. All else can be made again from them. */
    private final QueryTable<S> queries = new QueryTable<>();
    private final long seed;
    private InvertedIndex<R, S> inverted;
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
        inverted = new InvertedIndex<>(new InvertedIndex.Source<>(readers, attributes, weigher, seed), queries);
    }

    private InvertedIndex<R, S> inverted() {
        if (inverted.isBroken()) {
            inverted = inverted.rebuilt();
        }
        return inverted;
    }

    /** Adds a subscriber of a filter. */
    public Handle<S> add(Query.Filter filter, S subscriber) {
        inverted.requireIdle();
        Query.Filter normal = normal(filter);
        int hash = (int) Normalizer.hash(normal, seed);
        Registration<S> registration = new Registration<>(subscriber);
        StandingQuery<S> query = queries.find(hash, normal);
        if (query == null) {
            query = inverted().add(hash, normal);
        }
        query.add(registration);
        subscribers++;
        return registration;
    }

    /* A filter that is in normal form already is not stored twice. */
    private static Query.Filter normal(Query.Filter filter) {
        Query.Filter normal = Normalizer.normalize(filter);
        return normal.equals(filter) ? filter : normal;
    }

    /** Removes a subscriber; does nothing if it was removed before. */
    public void remove(Handle<S> handle) {
        inverted.requireIdle();
        Registration<S> registration = registration(handle);
        StandingQuery<S> query = registration.query();
        if (query == null) {
            return;
        }
        if (!queries.contains(query)) {
            throw foreignHandle();
        }
        subscribers--;
        query.remove(registration);
        if (!query.hasSubscribers()) {
            inverted.remove(query);
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

    /**
     * Visits the subscribers whose filter holds for a record before or after a change.
     *
     * @param before the record before the change, or null if it did not exist
     * @param after the record after the change, or null if it no longer exists
     */
    public void match(@Nullable R before, @Nullable R after, MatchVisitor<? super S> visitor) {
        inverted().match(before, after, visitor);
    }

    /**
     * Visits the subscribers whose filter holds for a record before or after a change, within a limit of operations.
     *
     * @param before the record before the change, or null if it did not exist
     * @param after the record after the change, or null if it no longer exists
     * @return the operations that were spent
     */
    public long match(@Nullable R before, @Nullable R after, long operations, MatchVisitor.Bounded<? super S> visitor) {
        return inverted().match(before, after, operations, visitor);
    }

    /** Returns the plan by which {@link #add} would index a filter. */
    public Plan plan(Query.Filter filter) {
        return inverted().plan(Normalizer.normalize(filter));
    }

    /**
     * Returns the plan by which the filter of a handle is indexed.
     *
     * @throws IllegalArgumentException if the handle is of another index or was removed
     */
    public Plan planOf(Handle<S> handle) {
        return inverted().planOf(queryOf(handle));
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
        return inverted.sampleSize();
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
        return inverted.unindexed();
    }

    /** Returns the number of evaluated candidates. */
    public long candidates() {
        return inverted.candidates();
    }

    /** Returns the number of candidates that matched. */
    public long matches() {
        return inverted.matches();
    }

    /** Returns the operations of all plans so far. */
    long operations() {
        return inverted.operations();
    }

    /** Returns the number of postings of all queries. */
    int postings() {
        return inverted.postings();
    }

    /** Returns whether no trace of removed queries is left. */
    boolean isEmpty() {
        return inverted.isEmpty();
    }
}
