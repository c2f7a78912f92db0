package io.presence.query.internal.plan;

import io.presence.query.AttributePath;
import java.util.ArrayList;
import java.util.List;

/**
 * The terms of which each record that matches a filter has at least one.
 *
 * @param terms at least one, except for a filter that matches nothing; may contain duplicates
 * @param exact the number of exact terms, which come first. Each record with one of them matches the filter
 */
record CandidateTerms(List<Term> terms, int exact) {

    /* More terms are not compared with each other. A query has one posting in each posting list anyway. */
    private static final int MANY = 64;

    /** Copies the terms. */
    CandidateTerms {
        terms = List.copyOf(terms);
    }

    CandidateTerms(List<Term> terms, boolean isExact) {
        this(terms, isExact ? terms.size() : 0);
    }

    /** Returns terms of which some are exact and others are not. */
    static CandidateTerms of(List<Term> exact, List<Term> others) {
        List<Term> terms = new ArrayList<>(exact.size() + others.size());
        terms.addAll(exact);
        terms.addAll(others);
        return new CandidateTerms(terms, exact.size());
    }

    private List<Term> exactTerms() {
        return terms.subList(0, exact);
    }

    private List<Term> otherTerms() {
        return terms.subList(exact, terms.size());
    }

    /** Returns this, or coarser terms if there are more than {@code most}. */
    CandidateTerms atMost(int most) {
        if (terms.size() <= most) {
            return this;
        }
        List<Term> coarse = new ArrayList<>(terms.size());
        for (Term term : terms) {
            coarse.add(term.coarse());
        }
        coarse.sort(CandidateTerms::compareCoarse);
        return new CandidateTerms(withoutRepetitions(coarse), false);
    }

    /* In their order, since untrusted callers can choose terms with equal hash codes. */
    private static int compareCoarse(Term term, Term other) {
        int order = pathOfCoarse(term).compareTo(pathOfCoarse(other));
        return order != 0 ? order : Integer.compare(typeOfCoarse(term), typeOfCoarse(other));
    }

    private static AttributePath pathOfCoarse(Term term) {
        return term instanceof Term.OfType ofType ? ofType.path() : ((Term.Present) term).path();
    }

    private static int typeOfCoarse(Term term) {
        return term instanceof Term.OfType ofType ? ofType.type() : -1;
    }

    private static List<Term> withoutRepetitions(List<Term> sorted) {
        List<Term> distinct = new ArrayList<>();
        for (Term term : sorted) {
            if (distinct.isEmpty() || !term.equals(distinct.get(distinct.size() - 1))) {
                distinct.add(term);
            }
        }
        return distinct;
    }

    static CandidateTerms exact(Term term) {
        return new CandidateTerms(List.of(term), true);
    }

    static CandidateTerms inexact(Term term) {
        return new CandidateTerms(List.of(term), false);
    }

    /** Returns the terms of a disjunction. */
    static CandidateTerms any(List<CandidateTerms> alternatives) {
        List<Term> exact = new ArrayList<>();
        List<Term> others = new ArrayList<>();
        for (CandidateTerms candidates : alternatives) {
            exact.addAll(candidates.exactTerms());
            others.addAll(candidates.otherTerms());
        }
        CandidateTerms all = of(exact, others);
        return all.terms.size() <= MANY ? all.distinct() : all;
    }

    /* Of equal terms, the first is kept, which is exact if one of them is. */
    private CandidateTerms distinct() {
        List<Term> distinct = distinct(terms);
        int distinctExact =
                exact == terms.size() ? distinct.size() : distinct(exactTerms()).size();
        return new CandidateTerms(distinct, distinctExact);
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
