package io.presence.query.internal.plan;

import io.presence.query.AttributePath;
import io.presence.query.Method;
import io.presence.query.Query;
import io.presence.query.QuerySchema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the access to a query, along its tree: of the parts of an {@code and}, the one that the fewest records have; of
 * an {@code or}, all parts. So what a query is filed under is never more than what it says, and it is found by whatever
 * record it matches.
 *
 * <p>Where the sample has little to say, what many other queries are filed under is taken to be as common in records: so
 * queries that come before any record are not all filed under the one value that they share.
 *
 * <p><b>Cost.</b> Linear in the size of the query for each level of nesting. Besides, the parts of the query are asked of
 * records of the sample, by at most {@value #MAX_OPERATIONS} operations in all: see {@link Sample}.
 * <p><b>Threads.</b> For one thread.
 */
public final class Planner {
    private static final int FEW_RECORDS = 8;

    /* So many filings count as made elsewhere: the first few queries say nothing about records. */
    private static final double ELSEWHERE = 100;

    private static final long MAX_OPERATIONS = 32_768;
    private static final long MAX_OPERATIONS_PER_WAY = 4_096;
    private static final long MIN_OPERATIONS_PER_WAY = 256;
    /* A query with more terms is filed under what their attributes are, not under their values. */
    private static final int MAX_TERMS = 4_096;
    /* The population of more terms is estimated by so many of them. */
    private static final int COUNTED_TERMS = 64;

    private final Coverage coverage;
    private final Sample<?> sample;
    private final Filed filed;

    /** What is filed already. */
    public interface Filed {
        /** Tells whether a query can be filed under a term. */
        boolean accepts(Term term);

        /** Returns how many queries are filed under a term. */
        int population(Term term);

        /** Returns how many filings there are, of all queries under all terms. */
        int filings();
    }

    /**
     * Plans for one index.
     *
     * @param kinds what a path leads to; an object, if that is not known
     * @param sample what records have
     * @param filed what is filed already
     */
    public Planner(Function<AttributePath, Kind> kinds, Sample<?> sample, Filed filed) {
        this.coverage = new Coverage(kinds);
        this.sample = sample;
        this.filed = filed;
    }

    /** Returns how many records estimates rest on. */
    public int sampleSize() {
        return sample.size();
    }

    /** Returns the operations that planning has taken so far; see {@link Sample}. */
    public long operations() {
        return sample.operations();
    }

    /** Plans the access to a filter in normal form, and tells all that was considered. */
    public Plan plan(Query.Filter filter) {
        return plan(filter, new Covering(Sample.SIZE, term -> false, true));
    }

    /**
     * Plans the access to a filter in normal form by a few records: what comes of it can be planned anew where it turns out
     * to be a bad choice.
     */
    public Plan planFirst(Query.Filter filter) {
        return plan(filter, new Covering(FEW_RECORDS, term -> false, false));
    }

    /**
     * Plans the access to a filter anew. It stays where it is unless that is hit twice as often as something else.
     *
     * @param filter in normal form
     * @param isCurrent whether it is filed under a term
     */
    public Plan plan(Query.Filter filter, Predicate<Term> isCurrent) {
        return plan(filter, new Covering(Sample.SIZE, isCurrent, false));
    }

    /**
     * Plans the access to a filter so that wherever there is a choice, what the filter is filed under is chosen, and says what
     * else was considered.
     *
     * @param filter in normal form
     * @param isCurrent whether it is filed under a term
     */
    public Plan currentPlan(Query.Filter filter, Predicate<Term> isCurrent) {
        return plan(filter, new Covering(Sample.SIZE, isCurrent, true, true));
    }

    private static Plan plan(Query.Filter filter, Covering covering) {
        List<Query.Filter> conjuncts = filter instanceof Query.And and ? and.filters() : List.of(filter);
        List<Plan.Choice> choices = covering.choices(conjuncts);
        Plan.Choice best = covering.best(choices);
        return new Plan(best, best == null ? filter : best.residual(filter, conjuncts), choices);
    }

    private static Plan.@Nullable Choice best(List<Plan.Choice> choices) {
        Plan.Choice best = null;
        for (Plan.Choice choice : choices) {
            if (choice.isBetterThan(best)) {
                best = choice;
            }
        }
        return best;
    }

    private static boolean isAll(List<Term> terms, Predicate<Term> condition) {
        for (Term term : terms) {
            if (!condition.test(term)) {
                return false;
            }
        }
        return true;
    }

    private int population(Cover cover) {
        List<Term> terms = cover.terms();
        int step = 1 + terms.size() / COUNTED_TERMS;
        int population = 0;
        for (int i = 0; i < terms.size(); i += step) {
            population += filed.population(terms.get(i));
        }
        return population * step;
    }

    /** What could be chosen. */
    private record Way(Cover cover, Query.@Nullable Filter conjunct, double leastShare) {}

    /** Returns the cover of a filter, if it has one. */
    private final class Covering implements Query.FilterVisitor<Optional<Cover>> {
        private final int records;
        private final Predicate<Term> isCurrent;

        private final boolean isComplete;
        private final long end = sample.operations() + MAX_OPERATIONS;
        private long perWay = MAX_OPERATIONS_PER_WAY;

        private final boolean staysThere;

        private Covering(int records, Predicate<Term> isCurrent, boolean isComplete) {
            this(records, isCurrent, isComplete, false);
        }

        private Covering(int records, Predicate<Term> isCurrent, boolean isComplete, boolean staysThere) {
            this.records = records;
            this.isCurrent = isCurrent;
            this.isComplete = isComplete;
            this.staysThere = staysThere;
        }

        private Plan.@Nullable Choice best(List<Plan.Choice> choices) {
            for (Plan.Choice choice : choices) {
                if (staysThere && choice.isCurrent() && !choice.cover().terms().isEmpty()) {
                    return choice;
                }
            }
            return Planner.best(choices);
        }

        /* The likeliest is weighed first: next to it there is often no need to ask the records for the others. */
        private List<Plan.Choice> choices(List<Query.Filter> conjuncts) {
            List<Way> ways = ways(conjuncts);
            Way likeliest = likeliest(ways);
            if (likeliest == null) {
                return List.of();
            }
            Plan.Choice first = choice(likeliest);
            List<Plan.Choice> choices = new ArrayList<>(ways.size());
            for (Way way : ways) {
                if (way == likeliest) {
                    choices.add(first);
                } else if (isComplete || !first.isBetterThanAny(way.leastShare())) {
                    choices.add(choice(way));
                }
            }
            return choices;
        }

        private static @Nullable Way likeliest(List<Way> ways) {
            Way likeliest = null;
            for (Way way : ways) {
                if (likeliest == null || way.leastShare() < likeliest.leastShare()) {
                    likeliest = way;
                }
            }
            return likeliest;
        }

        private List<Way> ways(List<Query.Filter> conjuncts) {
            List<Way> ways = new ArrayList<>(conjuncts.size());
            for (Query.Filter conjunct : conjuncts) {
                for (Cover cover : covers(conjunct)) {
                    ways.add(way(cover, conjunct));
                }
            }
            perWay = Math.max(MIN_OPERATIONS_PER_WAY, MAX_OPERATIONS_PER_WAY / Math.max(1, ways.size() / 8));
            for (Cover cover : Ranges.of(conjuncts, cover -> share(cover, population(cover)))) {
                if (isAll(cover.terms(), filed::accepts)) {
                    ways.add(way(cover, null));
                }
            }
            return ways;
        }

        private List<Cover> covers(Query.Filter conjunct) {
            if (conjunct instanceof Query.Comparison node && node.method() == Method.CONTAINS_ALL) {
                return coverage.ofEach(node);
            }
            if (conjunct instanceof Query.ElemMatch node) {
                return coverage.ofEach(node);
            }
            return conjunct.accept(this).map(List::of).orElse(List.of());
        }

        private Way way(Cover cover, Query.@Nullable Filter conjunct) {
            return new Way(cover, conjunct, sample.leastShare(cover, records));
        }

        private Plan.Choice choice(Way way) {
            Cover cover = way.cover();
            int population = population(cover);
            boolean current = isAll(cover.terms(), isCurrent);
            return new Plan.Choice(cover, way.conjunct(), share(cover, population), population, current);
        }

        private double share(Cover cover, int population) {
            long limit = Math.max(0, Math.min(perWay, end - sample.operations()));
            return sample.share(cover, records, population / (filed.filings() + ELSEWHERE), limit);
        }

        @Override
        public Optional<Cover> comparison(Query.Comparison node) {
            if (node.method() == Method.CONTAINS_ALL) {
                return bestOf(List.of(node));
            }
            return Optional.of(coverage.of(node).atMost(MAX_TERMS));
        }

        @Override
        public Optional<Cover> nullCheck(Query.NullCheck node) {
            return Optional.of(coverage.of(node));
        }

        @Override
        public Optional<Cover> exists(Query.Exists node) {
            throw new IllegalArgumentException("filter must be in normal form: " + node.method());
        }

        @Override
        public Optional<Cover> elemMatch(Query.ElemMatch node) {
            return bestOf(List.of(node));
        }

        @Override
        public Optional<Cover> and(Query.And node) {
            return bestOf(node.filters());
        }

        private Optional<Cover> bestOf(List<Query.Filter> conjuncts) {
            Plan.Choice best = best(choices(conjuncts));
            return best == null
                    ? Optional.empty()
                    : Optional.of(new Cover(best.cover().terms(), false));
        }

        @Override
        public Optional<Cover> or(Query.Or node) {
            List<Cover> covers = new ArrayList<>();
            for (Query.Filter filter : node.filters()) {
                filter.accept(this).ifPresent(covers::add);
            }
            return covers.size() < node.filters().size()
                    ? Optional.empty()
                    : Optional.of(Cover.any(covers).atMost(MAX_TERMS));
        }
    }
}
