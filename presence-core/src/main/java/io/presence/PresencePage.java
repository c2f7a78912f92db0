package io.presence;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, the number of presences in all, and where the pages beside it begin.
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
 * <p>A cursor is an opaque text, valid until its store is closed, for the same principal, filters and order. It stands
 * for a position, so it is as good when the presence at that position has expired, gone, changed or become unreadable.
 * Pages that follow each other by cursors have each presence once that was there throughout and whose order values did
 * not change. It is encrypted and authenticated with a secret of the store, and shows nothing. It has at most
 * {@link io.presence.query.ListQuery.Cursor#MAX_LENGTH} characters, most have fewer than 200.
 *
 * <p><b>Threads.</b> Immutable.
 *
 * @param total how many presences match the filters, before cursor, offset and limit
 * @param presences the page, in the order asked for
 * @param previousCursor what {@code Query.cursorBefore} takes for the page before, or null if none is before the first
 *     presence of this page, or this page is empty
 * @param nextCursor what {@code Query.cursorAfter} takes for the page after, or null if none is after the last presence
 *     of this page, or this page is empty
 */
public record PresencePage(
        long total,
        List<Presence> presences,
        @Nullable String previousCursor,
        @Nullable String nextCursor) {

    /**
     * Copies the page.
     *
     * @throws IllegalArgumentException if the total is less than the page
     */
    public PresencePage {
        presences = List.copyOf(presences);
        if (total < presences.size()) {
            throw new IllegalArgumentException("total must be at least the size of the page: " + total);
        }
    }

    /**
     * Makes a page without any beside it.
     *
     * @param total how many presences match the filters
     * @param presences the page
     * @throws IllegalArgumentException if the total is less than the page
     */
    public PresencePage(long total, List<Presence> presences) {
        this(total, presences, null, null);
    }

    /**
     * Tells whether there is a {@link #nextCursor}.
     *
     * @return whether presences came after this page when it was made
     */
    public boolean hasNext() {
        return nextCursor != null;
    }

    /**
     * Tells whether there is a {@link #previousCursor}.
     *
     * @return whether presences came before this page when it was made
     */
    public boolean hasPrevious() {
        return previousCursor != null;
    }
}
