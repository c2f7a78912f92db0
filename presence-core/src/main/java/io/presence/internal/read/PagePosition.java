package io.presence.internal.read;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A position in an order of presences, with or without a presence there.
 *
 * @param values one for each clause of the order, as {@link SortKeys} reads them
 * @param id orders presences with equal values
 */
record PagePosition(List<@Nullable Object> values, String id) {

    /** Copies the values. */
    PagePosition {
        values = Collections.unmodifiableList(Arrays.asList(values.toArray()));
    }
}
