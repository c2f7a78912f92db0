package io.presence.internal.list;

import io.presence.internal.store.State;
import io.presence.query.ListQuery;
import io.presence.query.Values;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values that a list is ordered by, read once from each state.
 *
 * <p><b>Cost.</b> One look-up per key of an attribute for each state. Lists and maps are alike, so comparing two states
 * reads no more than strings and big numbers.
 */
final class SortKeys {

    private final List<ListQuery.Order> orders;

    SortKeys(List<ListQuery.Order> orders) {
        this.orders = orders;
    }

    /**
     * A state with what it is ordered by.
     *
     * @param values one for each order
     */
    record Keyed(State state, @Nullable Object[] values) {}

    /** Reads what a state is ordered by. */
    Keyed of(State state) {
        @Nullable Object[] values = new @Nullable Object[orders.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = state.get(orders.get(i).attribute());
        }
        return new Keyed(state, values);
    }

    /** Returns the order of keyed states, in which another order decides between those that are alike. */
    Comparator<Keyed> orThen(Comparator<State> last) {
        Comparator<Keyed> all = null;
        for (int i = 0; i < orders.size(); i++) {
            Comparator<@Nullable Object> values =
                    orders.get(i).isDescending() ? Values.descending() : Values.ascending();
            int position = i;
            Comparator<Keyed> one = (a, b) -> values.compare(a.values()[position], b.values()[position]);
            all = all == null ? one : all.thenComparing(one);
        }
        Comparator<Keyed> byState = Comparator.comparing(Keyed::state, last);
        return all == null ? byState : all.thenComparing(byState);
    }
}
