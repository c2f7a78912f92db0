package io.presence.internal.read;

import io.presence.internal.store.PresenceState;
import io.presence.query.ListQuery;
import io.presence.query.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The values that a list is ordered by, read once from each state. Strings compare by their first
 * {@value #MAX_CHARACTERS} code points, so a {@link PagePosition} has a bounded size.
 *
 * <p><b>Cost.</b> One look-up per order clause for each state. Lists and maps are equal in an order, so a comparison
 * of two states reads at most that many characters and big numbers.
 */
final class SortKeys {

    /** The number of code points of a string that are compared: all of a status or a user id. */
    static final int MAX_CHARACTERS = 256;

    private static final @Nullable Object[] NONE = {};

    private final List<ListQuery.Order> orders;
    private final List<Comparator<@Nullable Object>> comparators;

    SortKeys(List<ListQuery.Order> orders) {
        this.orders = orders;
        this.comparators = orders.stream()
                .map(order -> order.isDescending() ? Values.descending() : Values.ascending())
                .toList();
    }

    /** A state with its sort values, one for each order clause, and the key of its id. */
    static final class Keyed {

        private final PresenceState state;
        private final @Nullable Object[] values;
        private final long idKey;

        Keyed(PresenceState state, @Nullable Object[] values, long idKey) {
            this.state = state;
            this.values = values;
            this.idKey = idKey;
        }

        PresenceState state() {
            return state;
        }
    }

    /** Reads the sort values of states that are to be compared. */
    List<Keyed> of(List<PresenceState> states) {
        IdKeys ids = IdKeys.of(states);
        List<Keyed> keyed = new ArrayList<>(states.size());
        for (PresenceState state : states) {
            keyed.add(new Keyed(state, values(state), ids.key(state.id())));
        }
        return keyed;
    }

    /** Returns the position of a state. */
    PagePosition position(PresenceState state) {
        return new PagePosition(Arrays.asList(values(state)), state.id());
    }

    private @Nullable Object[] values(PresenceState state) {
        if (orders.isEmpty()) {
            return NONE;
        }
        @Nullable Object[] values = new @Nullable Object[orders.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = shortened(state.get(orders.get(i).attribute()));
        }
        return values;
    }

    private static @Nullable Object shortened(@Nullable Object value) {
        return value instanceof String text && text.length() > MAX_CHARACTERS ? first(text) : value;
    }

    private static String first(String text) {
        boolean isLong = text.codePointCount(0, text.length()) > MAX_CHARACTERS;
        return isLong ? text.substring(0, text.offsetByCodePoints(0, MAX_CHARACTERS)) : text;
    }

    /** Returns the order of keyed states: by the values, then by id. */
    Comparator<Keyed> order() {
        return (a, b) -> {
            for (int i = 0; i < a.values.length; i++) {
                int order = comparators.get(i).compare(a.values[i], b.values[i]);
                if (order != 0) {
                    return order;
                }
            }
            int order = Long.compare(a.idKey, b.idKey);
            return order == 0 ? a.state.id().compareTo(b.state.id()) : order;
        };
    }

    /** Returns the order of keyed states relative to a position: negative if they come before it. */
    ToIntFunction<Keyed> against(PagePosition position) {
        return keyed -> compare(keyed, position);
    }

    private int compare(Keyed keyed, PagePosition position) {
        for (int i = 0; i < keyed.values.length; i++) {
            int order = comparators
                    .get(i)
                    .compare(keyed.values[i], position.values().get(i));
            if (order != 0) {
                return order;
            }
        }
        return keyed.state.id().compareTo(position.id());
    }
}
