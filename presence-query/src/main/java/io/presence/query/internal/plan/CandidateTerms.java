package io.presence.query.internal.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Terms of which a record must have at least one in order to match a filter.
 *
 * @param terms at least one, except for a filter that nothing matches; one may be there more than once
 * @param isExact whether the filter holds for whatever has one of them
 */
record CandidateTerms(List<Term> terms, boolean isExact) {
    /* Two terms of a longer cover may be equal: a query is filed once in each posting all the same. */
    private static final int MANY = 64;

    /** Copies the terms. */
    CandidateTerms {
        terms = List.copyOf(terms);
    }

    /** Returns this, or a cover by what the paths of the terms hold if there are more than a number of terms. */
    CandidateTerms atMost(int most) {
        if (terms.size() <= most) {
            return this;
        }
        Set<Term> coarse = new LinkedHashSet<>();
        for (Term term : terms) {
            coarse.add(term.coarse());
        }
        return new CandidateTerms(List.copyOf(coarse), false);
    }

    static CandidateTerms exact(Term term) {
        return new CandidateTerms(List.of(term), true);
    }

    static CandidateTerms inexact(Term term) {
        return new CandidateTerms(List.of(term), false);
    }

    /** Returns what covers a filter that holds if one of several does. */
    static CandidateTerms any(List<CandidateTerms> alternatives) {
        List<Term> terms = new ArrayList<>();
        boolean exact = true;
        for (CandidateTerms candidates : alternatives) {
            terms.addAll(candidates.terms());
            exact &= candidates.isExact();
        }
        return new CandidateTerms(terms.size() <= MANY ? distinct(terms) : terms, exact);
    }

    /* By pairs, since an untrusted caller can choose terms whose hash codes are equal. */
    private static List<Term> distinct(List<Term> terms) {
        int[] hashes = new int[terms.size()];
        List<Term> distinct = new ArrayList<>(terms.size());
        for (Term term : terms) {
            int hash = term.hashCode();
            int i = 0;
            while (i < distinct.size() && (hashes[i] != hash || !distinct.get(i).equals(term))) {
                i++;
            }
            if (i == distinct.size()) {
                hashes[i] = hash;
                distinct.add(term);
            }
        }
        return distinct;
    }
}
