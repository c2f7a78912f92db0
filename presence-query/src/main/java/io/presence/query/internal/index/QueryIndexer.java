package io.presence.query.internal.index;

import io.presence.query.Query;
import io.presence.query.internal.plan.Plan;
import io.presence.query.internal.plan.Term;
import io.presence.query.internal.program.Program;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The code that adds queries to the posting lists of their candidate terms, and removes them.
 *
 * <p>A query that is found by an exact term is evaluated by the residual filter of its plan, which is often that of
 * many queries, and one that is found by another term by its whole filter. So each posting has one of two programs.
 *
 * <p><b>Cost.</b> That of {@link TermIndex}, for each term.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <S> the type of subscribers
 */
final class QueryIndexer<S> {

    private final TermIndex<StandingQuery<S>> termIndex;
    private final ProgramPool programs;

    QueryIndexer(TermIndex<StandingQuery<S>> termIndex, ProgramPool programs) {
        this.termIndex = termIndex;
        this.programs = programs;
    }

    /** Indexes a new query by a plan of its filter. */
    StandingQuery<S> index(int hash, Query.Filter filter, Plan plan) {
        StandingQuery<S> query = new StandingQuery<>(hash, filter, retain(hash, filter, plan.residual()));
        addPostings(query, plan);
        return query;
    }

    /** Indexes a query that is in no posting list. */
    void index(StandingQuery<S> query, Plan plan) {
        query.residual(retain(query.hash(), query.filter(), plan.residual()));
        addPostings(query, plan);
    }

    /** Indexes a query by another plan. */
    void reindex(StandingQuery<S> query, Plan plan) {
        unindex(query);
        index(query, plan);
    }

    private Program retain(int hash, Query.Filter filter, Query.Filter residual) {
        return residual == filter ? programs.retain(hash, filter) : programs.retain(residual);
    }

    private void addPostings(StandingQuery<S> query, Plan plan) {
        Plan.Choice choice = plan.choice();
        if (choice == null) {
            termIndex.unindexed().add(query);
            return;
        }
        StandingQuery.Postings<S> postings = new StandingQuery.Postings<>(query);
        List<Term> terms = choice.terms();
        int exact = choice.exactTerms();
        addPostings(query, terms.subList(0, exact), postings);
        if (exact == 0) {
            addPostings(query, terms, postings);
        } else if (exact < terms.size()) {
            Program whole = programs.retain(query.hash(), query.filter());
            postings.residual(whole);
            addPostings(query, terms.subList(exact, terms.size()), postings);
            if (!postings.isUsed(whole)) {
                programs.release(whole);
            }
        }
    }

    private void addPostings(StandingQuery<S> query, List<Term> terms, StandingQuery.Postings<S> postings) {
        for (Term term : terms) {
            if (term instanceof Term.InBox || !isLastOf(query, termIndex.find(term))) {
                termIndex.add(term, postings);
            }
        }
    }

    /*
     * Returns whether the last posting of a list is one of the query, which then has an equal term: nothing else is
     * indexed meanwhile. Boxes can begin in one cell and have one posting each.
     */
    private static <S> boolean isLastOf(StandingQuery<S> query, @Nullable PostingList<StandingQuery<S>> postingList) {
        return postingList != null
                && !postingList.isEmpty()
                && postingList.get(postingList.size() - 1).query() == query;
    }

    /** Removes a query from all posting lists and releases its programs. */
    void unindex(StandingQuery<S> query) {
        Program last = query.residual();
        programs.release(last);
        for (Posting<StandingQuery<S>> posting = query; posting != null; ) {
            Posting<StandingQuery<S>> next = posting.next();
            if (StandingQuery.residual(posting) != last) {
                last = StandingQuery.residual(posting);
                programs.release(last);
            }
            termIndex.remove(posting);
            posting.next(null);
            posting = next;
        }
    }

    /** Returns the posting lists that a query is in. */
    static <S> Set<PostingList<StandingQuery<S>>> postingListsOf(StandingQuery<S> query) {
        Set<PostingList<StandingQuery<S>>> found = new HashSet<>();
        for (Posting<StandingQuery<S>> posting = query; posting != null; posting = posting.next()) {
            PostingList<StandingQuery<S>> postingList = posting.postingList();
            if (postingList != null) {
                found.add(postingList);
            }
        }
        return found;
    }

    /** Returns whether a query is indexed under the terms of a choice and under no other term. */
    boolean isIndexed(StandingQuery<S> query, Plan.@Nullable Choice choice) {
        if (choice == null) {
            return query.postingList() == termIndex.unindexed();
        }
        List<Term> terms = choice.terms();
        return terms.isEmpty() ? query.postingList() == null : isIndexed(query, terms);
    }

    /* The postings of a query are in the order of its terms. Equal terms have one posting. */
    private boolean isIndexed(StandingQuery<S> query, List<Term> terms) {
        Set<PostingList<StandingQuery<S>>> seen = new HashSet<>();
        Posting<StandingQuery<S>> posting = query;
        for (Term term : terms) {
            PostingList<StandingQuery<S>> postingList = termIndex.find(term);
            if (postingList == null) {
                return false;
            }
            if (term instanceof Term.InBox || seen.add(postingList)) {
                if (posting == null || posting.postingList() != postingList) {
                    return false;
                }
                posting = after(posting, termIndex.postings(term));
            }
        }
        return posting == null;
    }

    private static <Q> @Nullable Posting<Q> after(Posting<Q> first, int count) {
        Posting<Q> posting = first;
        for (int i = count; i > 0 && posting != null; i--) {
            posting = posting.next();
        }
        return posting;
    }
}
