package io.presence.query.internal.index;

import io.presence.query.internal.plan.Plan;
import io.presence.query.internal.plan.Term;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts queries into the postings of the terms that a plan has chosen, and takes them out.
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

    /** Files a query, which is filed nowhere, under a choice; null for none. */
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

    /* Two terms of a cover may be equal. Two boxes may begin in one cell and are filed each. Since nothing else is filed meanwhile, the query is the last one there. */
    private static <S> boolean isLastOf(StandingQuery<S> query, @Nullable PostingList<StandingQuery<S>> postingList) {
        return postingList != null
                && !postingList.isEmpty()
                && postingList.get(postingList.size() - 1).query() == query;
    }

    /** Takes a query out of all postings. */
    void unindex(StandingQuery<S> query) {
        for (Posting<StandingQuery<S>> posting = query; posting != null; ) {
            Posting<StandingQuery<S>> next = posting.next();
            termIndex.remove(posting);
            posting.next(null);
            posting = next;
        }
    }

    /** Returns the postings that a query is in. */
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

    /** Returns whether a query is filed under a choice, and under nothing else. */
    boolean isIndexed(StandingQuery<S> query, Plan.@Nullable Choice choice) {
        if (choice == null) {
            return query.postingList() == termIndex.unindexed();
        }
        List<Term> terms = choice.terms();
        return terms.isEmpty() ? query.postingList() == null : isIndexed(query, terms);
    }

    /* The filings of a query are in the order of the terms, of which equal ones have one. */
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
