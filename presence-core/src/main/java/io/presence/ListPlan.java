package io.presence;

import java.util.List;

/**
 * How {@link Presences#list} would find what it returns, at the moment of asking: {@link PresenceStore#explain}. The
 * answer to the query does not depend on it, only the cost.
 *
 * <p>Numbers count what is held in memory, ended presences whose end is not told yet included.
 *
 * @param access {@code full scan}, {@code $id} (looked up one by one), or {@code index on} an attribute
 * @param candidates how many presences are looked at
 * @param presences how many there are: what a full scan would look at
 * @param considered for each condition that must hold, in the order given: how many it would leave to look at, or why it
 *     can't be used. Values asked for are not repeated
 */
public record ListPlan(String access, long candidates, long presences, List<String> considered) {

    /**
     * Copies the conditions.
     *
     * @throws IllegalArgumentException if a number is negative
     */
    public ListPlan {
        Checks.notNull("access", access);
        Checks.notNegative("candidates", candidates);
        Checks.notNegative("presences", presences);
        considered = List.copyOf(considered);
    }

    /** Says it in one line: {@code index on userId: 2 of 90000 presences; equal userId: index on userId, 2 candidates}. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(access + ": " + candidates + " of " + presences + " presences");
        considered.forEach(condition -> line.append("; ").append(condition));
        return Checks.printable(line.toString());
    }
}
