package io.presence.query.internal.plan;

import io.presence.query.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a query is to be found.
 *
 * @param choice what it is filed under, or null if it has to be asked of every record
 * @param residual what remains to be asked of a record that has been found; {@link Query#everything()} for nothing
 * @param considered what it could be filed under; all of it if that was asked for
 */
public record Plan(@Nullable Choice choice, Query.Filter residual, List<Choice> considered) {
    /** Copies what was considered. */
    public Plan {
        considered = List.copyOf(considered);
    }

    /**
     * One way to find a query.
     *
     * @param cover what it would be filed under
     * @param conjunct which part of the query says so, or null if it is several together
     * @param share how many of all records are expected to have it, 0 to 1
     * @param population how many queries are filed there already
     * @param isCurrent whether this query is
     */
    public record Choice(
            CandidateTerms candidates,
            Query.@Nullable Filter conjunct,
            double share,
            int population,
            boolean isCurrent) {
        /* So many times as often as another may the current choice be hit: chance in the sample is no reason to move. */
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

        /** Tells whether this is better than whatever is expected of no fewer records than a share of them. */
        boolean isBetterThanAny(double leastShare) {
            return cost() < leastShare / HYSTERESIS;
        }

        /** Returns what of a filter remains to be asked of what is found so: the filter itself if nothing is left out. */
        Query.Filter residual(Query.Filter filter, List<Query.Filter> conjuncts) {
            if (!candidates.isExact() || conjunct == null) {
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
