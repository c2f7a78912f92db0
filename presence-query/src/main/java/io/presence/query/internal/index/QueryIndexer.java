package io.presence.query.internal.index;

import io.presence.query.internal.plan.Plan;
import io.presence.query.internal.plan.Term;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The code that adds queries to the posting lists of their candidate terms, and removes them.
 *
 * <p><b>Cost.</b> That of {@link TermIndex}, for each term.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <S> the type of subscribers
 */
final class QueryIndexer<S> {

    private final TermIndex<StandingQuery<S>> termIndex;

    QueryIndexer(TermIndex<StandingQuery<S>> termIndex) {
        this.termIndex = termIndex;
    }

    /** Indexes a query that is not indexed under the terms of a choice, or as unindexed if it is null. */
    void index(StandingQuery<S> query, Plan.@Nullable Choice choice) {
        if (choice == null) {
            termIndex.unindexed().add(query);
            return;
        }
        StandingQuery.Postings<S> postings = new StandingQuery.Postings<>(query);
        for (Term term : choice.terms()) {
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

    /** Removes a query from all posting lists. */
    void unindex(StandingQuery<S> query) {
        for (Posting<StandingQuery<S>> posting = query; posting != null; ) {
            Posting<StandingQuery<S>> next = posting.next();
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
