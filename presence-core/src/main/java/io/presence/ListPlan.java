package io.presence;

import java.util.List;

/**
 * The access path that {@link Presences#list} would use for a query now, as {@link PresenceStore#explain} returns it.
 * The access path determines the cost of the query and has no effect on its result.
 *
 * <p><b>Units.</b> The numbers count presences in memory, including ended ones whose end is not dispatched yet.
 *
 * <p><b>Threads.</b> Immutable.
 *
 * @param access the access path: {@code full scan} for a scan of all presences, {@code $id} for one look-up for each
 *     id, or {@code index on} followed by an attribute for a secondary index
 * @param candidates the number of presences that the list would examine
 * @param presences the number of presences in the store, which a full scan would examine
 * @param considered one line for each condition that must hold, in the given order: the condition, and either the
 *     number of candidates that it would leave, or the reason why it cannot be used. The lines do not repeat the values
 *     of the query
 */
public record ListPlan(String access, long candidates, long presences, List<String> considered) {

    /**
     * Copies the lines.
     *
     * @throws IllegalArgumentException if a number is negative
     */
    public ListPlan {
        Checks.notNull("access", access);
        Checks.notNegative("candidates", candidates);
        Checks.notNegative("presences", presences);
        considered = List.copyOf(considered);
    }

    /**
     * Returns whether the list would examine every presence of the store. {@link #considered} has the reasons.
     * {@link PresenceStats#lists} counts such lists.
     *
     * @return true if the access path is a full scan
     */
    public boolean isFullScan() {
        return access.equals("full scan");
    }

    /**
     * Returns the plan in one line, for example
     * {@code index on userId: 2 of 90000 presences; equal userId: index on userId, 2 candidates}.
     *
     * @return one line
     */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(access + ": " + candidates + " of " + presences + " presences");
        considered.forEach(condition -> line.append("; ").append(condition));
        return Checks.printable(line.toString());
    }
}
