package io.presence.query.internal.plan;

import io.presence.query.internal.plan.Planner.IndexedTerms;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The share of records that have one of some terms, as far as the queries show it. Before the first record nothing
 * else does.
 *
 * <p>It is the mean of two guesses. By the first a term is as frequent in records as in the index. It alone would index
 * half of the queries that share a value under that value, since it seems rare while the others are indexed elsewhere.
 * By the second the values that queries ask for are equally frequent, so the only one is that of all records.
 *
 * <p><b>Cost.</b> Two look-ups for each term, of at most {@value #COUNTED_TERMS} terms.
 * <p><b>Threads.</b> For one thread.
 */
final class Popularity {

    /* The population of more terms is estimated from this number of them. */
    private static final int COUNTED_TERMS = 64;

    /* Added to the number of postings, since the first few queries say nothing about records. */
    private static final double OTHER_POSTINGS = 100;

    /* Added to the number of queries of one value, since the first few say nothing about the other values. */
    private static final double OTHER_QUERIES = 200;

    private final IndexedTerms indexed;

    Popularity(IndexedTerms indexed) {
        this.indexed = indexed;
    }

    /** Returns the number of queries that are indexed under the terms. */
    int queries(CandidateTerms candidates) {
        return (int) sum(candidates, indexed::population);
    }

    /**
     * Returns the share, 0 to 1.
     *
     * @param queries the number of queries that are indexed under the terms
     */
    double of(CandidateTerms candidates, int queries) {
        return (amongPostings(queries) + Math.min(1, sum(candidates, this::amongValues))) / 2;
    }

    private double amongPostings(int queries) {
        return queries / (indexed.postings() + OTHER_POSTINGS);
    }

    private double amongValues(Term term) {
        int queries = indexed.population(term);
        int values = indexed.values(term);
        return values == 0 ? amongPostings(queries) : queries / (queries + OTHER_QUERIES) / values;
    }

    private static double sum(CandidateTerms candidates, ToDoubleFunction<Term> value) {
        List<Term> terms = candidates.terms();
        int step = 1 + terms.size() / COUNTED_TERMS;
        double sum = 0;
        for (int i = 0; i < terms.size(); i += step) {
            sum += value.applyAsDouble(terms.get(i));
        }
        return sum * step;
    }
}
