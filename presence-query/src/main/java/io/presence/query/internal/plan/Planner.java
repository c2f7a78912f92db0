package io.presence.query.internal.plan;

import io.presence.query.AttributePath;
import io.presence.query.Attributes;
import io.presence.query.Method;
import io.presence.query.Query;
import io.presence.query.QuerySchema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The planner of the terms under which a query is indexed. For an {@code and} it selects the part that the fewest
 * records match, and for an {@code or} it takes all parts. So each record that matches the query has one of the terms.
 *
 * <p>As long as the sample is small, terms with many queries are assumed to be frequent in records too. So queries that
 * are added before the first record are not all indexed under one value that they share.
 *
 * <p><b>Cost.</b> Linear in the size of the query for each level of nesting. In addition the parts of the query are
 * evaluated on records of the sample, with at most {@value #MAX_OPERATIONS} operations in all; see
 * {@link RecordSample}.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <R> the type of records
 */
public final class Planner<R> {

    private static final int FEW_RECORDS = 8;

    private static final long MAX_OPERATIONS = 32_768;
    private static final long MAX_OPERATIONS_PER_OPTION = 4_096;
    private static final long MIN_OPERATIONS_PER_OPTION = 256;
    /* A query with more terms is indexed under the presence or the type of their attributes. */
    private static final int MAX_TERMS = 4_096;

    private final TermExtractor extractor;
    private final RecordSample<R> sample;
    private final IndexedTerms indexed;
    private final Popularity popularity;

    /** The state of the index. */
    public interface IndexedTerms {
        /** Returns whether a query can be indexed under a term. */
        boolean accepts(Term term);

        /** Returns the number of queries that are indexed under a term. */
        int population(Term term);

        /**
         * Returns the number of terms with queries that differ from a term at most by the value. 0 for a term that is
         * not of one value, such as a range.
         */
        int values(Term term);

        /** Returns the number of postings of all queries. */
        int postings();
    }

    /**
     * Creates a planner for one index.
     *
     * @param kinds returns the kind of the values at a path; an object if it is unknown
     * @param attributes returns the attributes of a record
     * @param weigher returns the approximate size of a record in bytes
     * @param indexed the state of the index
     */
    public Planner(
            Function<AttributePath, Kind> kinds,
            Function<R, Attributes> attributes,
            ToLongFunction<? super R> weigher,
            IndexedTerms indexed) {
        this(kinds, new RecordSample<>(attributes, weigher), indexed);
    }

    Planner(Function<AttributePath, Kind> kinds, RecordSample<R> sample, IndexedTerms indexed) {
        this.extractor = new TermExtractor(kinds);
        this.sample = sample;
        this.indexed = indexed;
        this.popularity = new Popularity(indexed);
    }

    /** Adds a record to the sample if it is due. */
    public void offer(R record) {
        sample.offer(record);
    }

    /** Returns the number of records from which shares are estimated. */
    public int sampleSize() {
        return sample.size();
    }

    /** Returns the operations of all plans so far; see {@link RecordSample}. */
    public long operations() {
        return sample.operations();
    }

    /** Plans a filter in normal form and lists all choices. */
    public Plan plan(Query.Filter filter) {
        return plan(filter, new Planning(RecordSample.SIZE, term -> false, true));
    }

    /** Plans a filter in normal form from a few records. A bad choice is replaced later. */
    public Plan planFirst(Query.Filter filter) {
        return plan(filter, new Planning(FEW_RECORDS, term -> false, false));
    }

    /**
     * Plans an indexed filter again. The current choice is kept unless another one is twice as selective.
     *
     * @param filter in normal form
     * @param isCurrent returns whether the filter is indexed under a term
     */
    public Plan plan(Query.Filter filter, Predicate<Term> isCurrent) {
        return plan(filter, new Planning(RecordSample.SIZE, isCurrent, false));
    }

    /**
     * Returns the plan by which a filter is indexed, and lists all choices.
     *
     * @param filter in normal form
     * @param isCurrent returns whether the filter is indexed under a term
     */
    public Plan currentPlan(Query.Filter filter, Predicate<Term> isCurrent) {
        return plan(filter, new Planning(RecordSample.SIZE, isCurrent, true, true));
    }

    private Plan plan(Query.Filter filter, Planning planning) {
        List<Query.Filter> conjuncts = filter instanceof Query.And and ? and.filters() : List.of(filter);
        List<Plan.Choice> choices = planning.choices(conjuncts);
        Plan.Choice best = planning.best(choices);
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

    /** A choice whose share is not estimated yet. */
    private record Option(CandidateTerms candidates, Query.@Nullable Filter conjunct, double leastShare) {}

    /** Returns the candidate terms of a filter, if it has any. */
    private final class Planning implements Query.FilterVisitor<Optional<CandidateTerms>> {
        private final int records;
        private final Predicate<Term> isCurrent;

        private final boolean isComplete;
        private final long end = sample.operations() + MAX_OPERATIONS;
        private long perOption = MAX_OPERATIONS_PER_OPTION;

        private final boolean keepsCurrent;

        private Planning(int records, Predicate<Term> isCurrent, boolean isComplete) {
            this(records, isCurrent, isComplete, false);
        }

        private Planning(int records, Predicate<Term> isCurrent, boolean isComplete, boolean keepsCurrent) {
            this.records = records;
            this.isCurrent = isCurrent;
            this.isComplete = isComplete;
            this.keepsCurrent = keepsCurrent;
        }

        private Plan.@Nullable Choice best(List<Plan.Choice> choices) {
            for (Plan.Choice choice : choices) {
                if (keepsCurrent
                        && choice.isCurrent()
                        && !choice.candidates().terms().isEmpty()) {
                    return choice;
                }
            }
            return Planner.best(choices);
        }

        /* The option with the least share comes first. Often the others need no estimate after it. */
        private List<Plan.Choice> choices(List<Query.Filter> conjuncts) {
            List<Option> options = options(conjuncts);
            Option leastCommon = leastCommon(options);
            if (leastCommon == null) {
                return List.of();
            }
            Plan.Choice first = choice(leastCommon);
            List<Plan.Choice> choices = new ArrayList<>(options.size());
            for (Option option : options) {
                if (option == leastCommon) {
                    choices.add(first);
                } else if (isComplete || !first.isBetterThanAny(option.leastShare())) {
                    choices.add(choice(option));
                }
            }
            return choices;
        }

        private static @Nullable Option leastCommon(List<Option> options) {
            Option leastCommon = null;
            for (Option option : options) {
                if (leastCommon == null || option.leastShare() < leastCommon.leastShare()) {
                    leastCommon = option;
                }
            }
            return leastCommon;
        }

        private List<Option> options(List<Query.Filter> conjuncts) {
            List<Option> options = new ArrayList<>(conjuncts.size());
            for (Query.Filter conjunct : conjuncts) {
                for (CandidateTerms candidates : alternatives(conjunct)) {
                    options.add(option(candidates, conjunct));
                }
            }
            perOption =
                    Math.max(MIN_OPERATIONS_PER_OPTION, MAX_OPERATIONS_PER_OPTION / Math.max(1, options.size() / 8));
            for (CandidateTerms candidates :
                    RangeMerger.of(conjuncts, candidates -> share(candidates, popularity.queries(candidates)))) {
                if (isAll(candidates.terms(), indexed::accepts)) {
                    options.add(option(candidates, null));
                }
            }
            return options;
        }

        private List<CandidateTerms> alternatives(Query.Filter conjunct) {
            if (conjunct instanceof Query.Comparison node && node.method() == Method.CONTAINS_ALL) {
                return extractor.ofEach(node);
            }
            if (conjunct instanceof Query.ElemMatch node) {
                return extractor.ofEach(node);
            }
            return conjunct.accept(this).map(List::of).orElse(List.of());
        }

        private Option option(CandidateTerms candidates, Query.@Nullable Filter conjunct) {
            return new Option(candidates, conjunct, sample.leastShare(candidates, records));
        }

        private Plan.Choice choice(Option option) {
            CandidateTerms candidates = option.candidates();
            int population = popularity.queries(candidates);
            boolean current = isAll(candidates.terms(), isCurrent);
            return new Plan.Choice(candidates, option.conjunct(), share(candidates, population), population, current);
        }

        private double share(CandidateTerms candidates, int population) {
            long limit = Math.max(0, Math.min(perOption, end - sample.operations()));
            return sample.share(candidates, records, popularity.of(candidates, population), limit);
        }

        @Override
        public Optional<CandidateTerms> comparison(Query.Comparison node) {
            if (node.method() == Method.CONTAINS_ALL) {
                return bestOf(List.of(node));
            }
            return Optional.of(extractor.of(node).atMost(MAX_TERMS));
        }

        @Override
        public Optional<CandidateTerms> nullCheck(Query.NullCheck node) {
            return Optional.of(extractor.of(node));
        }

        @Override
        public Optional<CandidateTerms> exists(Query.Exists node) {
            throw new IllegalArgumentException("filter must be in normal form: " + node.method());
        }

        @Override
        public Optional<CandidateTerms> elemMatch(Query.ElemMatch node) {
            return bestOf(List.of(node));
        }

        @Override
        public Optional<CandidateTerms> and(Query.And node) {
            return bestOf(node.filters());
        }

        private Optional<CandidateTerms> bestOf(List<Query.Filter> conjuncts) {
            Plan.Choice best = best(choices(conjuncts));
            return best == null
                    ? Optional.empty()
                    : Optional.of(new CandidateTerms(best.candidates().terms(), false));
        }

        @Override
        public Optional<CandidateTerms> or(Query.Or node) {
            List<CandidateTerms> alternatives = new ArrayList<>();
            for (Query.Filter filter : node.filters()) {
                filter.accept(this).ifPresent(alternatives::add);
            }
            return alternatives.size() < node.filters().size()
                    ? Optional.empty()
                    : Optional.of(CandidateTerms.any(alternatives).atMost(MAX_TERMS));
        }
    }
}
