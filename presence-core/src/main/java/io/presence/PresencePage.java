package io.presence;

import java.util.List;

/**
 * What {@link Presences#list} found: one page, and how many there are in all.
 *
 * @param total how many presences match the filters, before cursor, offset and limit
 * @param presences the page, in the order asked for
 */
public record PresencePage(long total, List<Presence> presences) {

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
}
