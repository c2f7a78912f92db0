package io.presence.internal.read;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in an order of presences, whether there is a presence or not.
 *
 * @param values one for each clause of the order, as {@link SortKeys} reads them
 * @param id decides between presences whose values are alike
 */
record PagePosition(List<@Nullable Object> values, String id) {

    /** Copies the values. */
    PagePosition {
        values = Collections.unmodifiableList(Arrays.asList(values.toArray()));
    }
}
