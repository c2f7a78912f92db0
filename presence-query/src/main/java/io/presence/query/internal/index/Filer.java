package io.presence.query.internal.index;

import io.presence.query.internal.plan.Plan;
import io.presence.query.internal.plan.Term;
import io.presence.query.internal.posting.Filing;
import io.presence.query.internal.posting.Posting;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts queries into the postings of the terms that a plan has chosen, and takes them out.
 *
 * <p><b>Cost.</b> That of {@link Postings}, for each term.
 * <p><b>Threads.</b> For one thread.
 *
 * @param <S> the type of subscribers
 */
final class Filer<S> {
    private final Postings<StandingQuery<S>> postings;

    Filer(Postings<StandingQuery<S>> postings) {
        this.postings = postings;
    }

    /** Files a query, which is filed nowhere, under a choice; null for none. */
    void file(StandingQuery<S> query, Plan.@Nullable Choice choice) {
        if (choice == null) {
            postings.unindexed().add(query);
            return;
        }
        StandingQuery.Filings<S> filings = new StandingQuery.Filings<>(query);
        for (Term term : choice.cover().terms()) {
            if (term instanceof Term.InBox || !isLastOf(query, postings.find(term))) {
                postings.add(term, filings);
            }
        }
    }

    /* Two terms of a cover may be equal. Two boxes may begin in one cell and are filed each. Since nothing else is filed meanwhile, the query is the last one there. */
    private static <S> boolean isLastOf(StandingQuery<S> query, @Nullable Posting<StandingQuery<S>> posting) {
        return posting != null
                && !posting.isEmpty()
                && posting.get(posting.size() - 1).query() == query;
    }

    /** Takes a query out of all postings. */
    void unfile(StandingQuery<S> query) {
        for (Filing<StandingQuery<S>> filing = query; filing != null; ) {
            Filing<StandingQuery<S>> next = filing.next();
            postings.remove(filing);
            filing.next(null);
            filing = next;
        }
    }

    /** Returns the postings that a query is in. */
    static <S> Set<Posting<StandingQuery<S>>> postingsOf(StandingQuery<S> query) {
        Set<Posting<StandingQuery<S>>> found = new HashSet<>();
        for (Filing<StandingQuery<S>> filing = query; filing != null; filing = filing.next()) {
            Posting<StandingQuery<S>> posting = filing.posting();
            if (posting != null) {
                found.add(posting);
            }
        }
        return found;
    }

    /** Returns whether a query is filed under a choice, and under nothing else. */
    boolean isFiled(StandingQuery<S> query, Plan.@Nullable Choice choice) {
        if (choice == null) {
            return query.posting() == postings.unindexed();
        }
        List<Term> terms = choice.cover().terms();
        return terms.isEmpty() ? query.posting() == null : isFiled(query, terms);
    }

    /* The filings of a query are in the order of the terms, of which equal ones have one. */
    private boolean isFiled(StandingQuery<S> query, List<Term> terms) {
        Set<Posting<StandingQuery<S>>> seen = new HashSet<>();
        Filing<StandingQuery<S>> filing = query;
        for (Term term : terms) {
            Posting<StandingQuery<S>> posting = postings.find(term);
            if (posting == null) {
                return false;
            }
            if (term instanceof Term.InBox || seen.add(posting)) {
                if (filing == null || filing.posting() != posting) {
                    return false;
                }
                filing = after(filing, postings.filings(term));
            }
        }
        return filing == null;
    }

    private static <Q> @Nullable Filing<Q> after(Filing<Q> first, int count) {
        Filing<Q> filing = first;
        for (int i = count; i > 0 && filing != null; i--) {
            filing = filing.next();
        }
        return filing;
    }
}
