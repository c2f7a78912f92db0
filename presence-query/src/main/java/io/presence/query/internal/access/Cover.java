package io.presence.query.internal.access;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Terms of which a record must have at least one in order to match a filter.
 *
 * @param terms at least one, except for a filter that nothing matches
 * @param isExact whether the filter holds for whatever has one of them
 */
public record Cover(List<Term> terms, boolean isExact) {
    /* So many are compared one by one: no set is faster. */
    private static final int FEW = 8;

    /** Leaves out terms that are there already. */
    public Cover {
        terms = isDistinct(terms) ? List.copyOf(terms) : List.copyOf(new LinkedHashSet<>(terms));
    }

    /** May miss it when there are many. */
    private static boolean isDistinct(List<Term> terms) {
        if (terms.size() > FEW) {
            return false;
        }
        for (int i = 1; i < terms.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (terms.get(i).equals(terms.get(j))) {
                    return false;
                }
            }
        }
        return true;
    }

    static Cover exact(Term term) {
        return new Cover(List.of(term), true);
    }

    static Cover inexact(Term term) {
        return new Cover(List.of(term), false);
    }

    /** Returns what covers a filter that holds if one of several does. */
    static Cover any(List<Cover> covers) {
        List<Term> terms = new ArrayList<>();
        boolean exact = true;
        for (Cover cover : covers) {
            terms.addAll(cover.terms());
            exact &= cover.isExact();
        }
        return new Cover(terms, exact);
    }
}
