package io.presence.query.internal.access;

import java.util.List;

/**
 * Terms of which a record must have at least one in order to match a filter.
 *
 * @param terms at least one, except for a filter that nothing matches
 * @param isExact whether the filter holds for whatever has one of them
 */
public record Cover(List<Term> terms, boolean isExact) {
    /** Leaves out terms that are there already. */
    public Cover {
        terms = terms.stream().distinct().toList();
    }

    static Cover exact(Term term) {
        return new Cover(List.of(term), true);
    }

    static Cover inexact(Term term) {
        return new Cover(List.of(term), false);
    }

    /** Returns what covers a filter that holds if one of several does. */
    static Cover any(List<Cover> covers) {
        return new Cover(
                covers.stream().flatMap(cover -> cover.terms().stream()).toList(),
                covers.stream().allMatch(Cover::isExact));
    }
}
