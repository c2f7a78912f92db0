package io.presence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list, with the total number of matching presences and the cursors of the adjacent pages.
 *
 * <pre>{@code
 * try (PresenceStore store = PresenceStore.builder().callerDriven().build()) {
 *     for (int i = 0; i < 250; i++) {
 *         store.upsert(PresenceUpsert.of("tab-" + i, "user-" + i, "online"));
 *     }
 *     PresencePage page = store.list(Query.orderAsc("userId"), Query.limit(100));
 *     while (page.hasNext()) {
 *         page = store.list(Query.orderAsc("userId"), Query.limit(100), Query.cursorAfter(page.nextCursor()));
 *     }
 *     System.out.println(page.presences().size()); // prints: 50
 * }
 * }</pre>
 *
 * <p>A cursor is an opaque text. It is valid for the same principal, filters and order until the store is closed. It
 * stands for a position in the order, so it remains valid if the presence at that position expires, changes or becomes
 * unreadable. Consecutive pages contain each presence exactly once that existed throughout and whose order values did
 * not change. A cursor is encrypted and authenticated with a secret of the store, and reveals nothing. It has at most
 * {@link io.presence.query.ListQuery.Cursor#MAX_LENGTH} characters, and typically fewer than 200.
 *
 * <p><b>Threads.</b> Immutable.
 *
 * @param total the number of presences that match the filters, before cursor, offset and limit are applied
 * @param presences the presences of the page, in the requested order
 * @param previousCursor the argument of {@code Query.cursorBefore} for the page before; null if no presence precedes
 *     this page, or if this page is empty
 * @param nextCursor the argument of {@code Query.cursorAfter} for the page after; null if no presence follows this
 *     page, or if this page is empty
 */
public record PresencePage(
        long total,
        List<Presence> presences,
        @Nullable String previousCursor,
        @Nullable String nextCursor) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if the total is less than the size of the page
     */
    public PresencePage {
        presences = List.copyOf(presences);
        if (total < presences.size()) {
            throw new IllegalArgumentException("total must be at least the size of the page: " + total);
        }
    }

    /**
     * Creates a page without adjacent pages.
     *
     * @param total the number of presences that match the filters
     * @param presences the presences of the page
     * @throws IllegalArgumentException if the total is less than the size of the page
     */
    public PresencePage(long total, List<Presence> presences) {
        this(total, presences, null, null);
    }

    /**
     * Returns whether there is a {@link #nextCursor}.
     *
     * @return true if presences followed this page when it was made
     */
    public boolean hasNext() {
        return nextCursor != null;
    }

    /**
     * Returns whether there is a {@link #previousCursor}.
     *
     * @return true if presences preceded this page when it was made
     */
    public boolean hasPrevious() {
        return previousCursor != null;
    }
}
