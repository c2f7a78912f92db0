package io.presence.query.internal.plan;

import io.presence.query.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The terms under which a query is indexed, and the filter that remains.
 *
 * @param choice the selected terms, or null if the query must be evaluated for every record
 * @param residual the filter to evaluate for a candidate that was found by an exact term; {@link Query#everything()} if
 *     the terms decide it. The whole filter is evaluated for other candidates
 * @param considered the choices that were compared; all possible ones if that was requested
 */
public record Plan(@Nullable Choice choice, Query.Filter residual, List<Choice> considered) {

    /** Copies the choices. */
    public Plan {
        considered = List.copyOf(considered);
    }

    /**
     * A possible choice of terms.
     *
     * @param candidates the terms
     * @param conjunct the part of the query that has these terms, or null if several parts together have them
     * @param share the expected share of all records that have one of the terms, 0 to 1
     * @param population the number of queries that are indexed under the terms
     * @param isCurrent whether this query is one of them
     */
    public record Choice(
            CandidateTerms candidates,
            Query.@Nullable Filter conjunct,
            double share,
            int population,
            boolean isCurrent) {
        /*
         * The current choice is kept unless another one is this factor more selective, so that chance in the sample
         * causes no move.
         */
        private static final double HYSTERESIS = 2;

        /** Returns the terms that the query would be indexed under. */
        public List<Term> terms() {
            return candidates.terms();
        }

        boolean isBetterThan(@Nullable Choice other) {
            if (other == null || cost() != other.cost()) {
                return other == null || cost() < other.cost();
            }
            return population < other.population;
        }

        /** Returns whether this is better than every choice whose expected share is at least a given one. */
        boolean isBetterThanAny(double leastShare) {
            return cost() < leastShare / HYSTERESIS;
        }

        /** Returns the number of exact terms. They come first, and each decides the conjunct. */
        public int exactTerms() {
            return conjunct == null ? 0 : candidates.exact();
        }

        /** Returns the part of a filter that the exact terms do not decide. The filter itself if there are none. */
        Query.Filter residual(Query.Filter filter, List<Query.Filter> conjuncts) {
            if (exactTerms() == 0) {
                return filter;
            }
            List<Query.Filter> left = new ArrayList<>(conjuncts.size());
            for (Query.Filter other : conjuncts) {
                if (other != conjunct) {
                    left.add(other);
                }
            }
            return left.size() == 1 ? left.get(0) : new Query.And(left);
        }

        private double cost() {
            return isCurrent ? share / HYSTERESIS : share;
        }
    }
}
