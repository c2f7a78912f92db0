package io.presence.query.internal.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The terms of which each record that matches a filter has at least one.
 *
 * @param terms at least one, except for a filter that matches nothing; may contain duplicates
 * @param isExact whether each record with one of the terms matches the filter
 */
record CandidateTerms(List<Term> terms, boolean isExact) {

    /* More terms are not compared with each other. A query has one posting in each posting list anyway. */
    private static final int MANY = 64;

    /** Copies the terms. */
    CandidateTerms {
        terms = List.copyOf(terms);
    }

    /** Returns this, or coarser terms if there are more than {@code most}. */
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

    /** Returns the terms of a disjunction. */
    static CandidateTerms any(List<CandidateTerms> alternatives) {
        List<Term> terms = new ArrayList<>();
        boolean exact = true;
        for (CandidateTerms candidates : alternatives) {
            terms.addAll(candidates.terms());
            exact &= candidates.isExact();
        }
        return new CandidateTerms(terms.size() <= MANY ? distinct(terms) : terms, exact);
    }

    /* In pairs, since untrusted callers can choose terms with equal hash codes. */
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
