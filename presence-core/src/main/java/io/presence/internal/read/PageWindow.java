package io.presence.internal.read;

import io.presence.query.ListQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One page of the matches of a list query.
 *
 * @param page in the order of the list
 * @param hasPrevious whether there are matches before the first on the page; false if the page is empty
 * @param hasNext whether there are matches after the last on the page; false if the page is empty
 */
record PageWindow<T>(List<T> page, boolean hasPrevious, boolean hasNext) {

    /**
     * Selects the page from all matches.
     *
     * @param matches in any order; not changed
     * @param fromCursor the order of a match relative to the cursor, or null if there is none
     */
    static <T> PageWindow<T> of(
            List<T> matches, ListQuery query, Comparator<T> order, @Nullable ToIntFunction<T> fromCursor) {
        boolean isBefore = query.cursor() != null && query.cursor().isBefore();
        List<T> side = fromCursor == null ? matches : beyond(matches, fromCursor, isBefore);
        int skipped = Math.min(query.offset(), side.size());
        int end = skipped + Math.min(query.limit(), side.size() - skipped);
        List<T> first = TopN.first(side, end, isBefore ? order.reversed() : order);
        List<T> page = new ArrayList<>(first.subList(skipped, end));
        boolean isAhead = !page.isEmpty() && side.size() > end;
        boolean isBehind = !page.isEmpty() && matches.size() - side.size() + skipped > 0;
        if (isBefore) {
            Collections.reverse(page);
        }
        return new PageWindow<>(page, isBefore ? isAhead : isBehind, isBefore ? isBehind : isAhead);
    }

    private static <T> List<T> beyond(List<T> matches, ToIntFunction<T> fromCursor, boolean isBefore) {
        List<T> side = new ArrayList<>();
        for (T match : matches) {
            int order = fromCursor.applyAsInt(match);
            if (isBefore ? order < 0 : order > 0) {
                side.add(match);
            }
        }
        return side;
    }

    /** Returns the same window with mapped elements. */
    <R> PageWindow<R> map(Function<T, R> function) {
        List<R> mapped = new ArrayList<>(page.size());
        page.forEach(each -> mapped.add(function.apply(each)));
        return new PageWindow<>(mapped, hasPrevious, hasNext);
    }
}
