package io.presence.session;

import static java.util.Objects.requireNonNull;

import io.presence.query.Query;
import io.presence.query.QueryException;
import io.presence.query.QueryLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Several filters, each with a name, for one listener. A client that shows a room, its typists and its own friends
 * needs three filters: with {@link io.presence.Presences#subscribe(io.presence.Channel,
 * io.presence.SubscriptionOptions, NamedFilterListener, NamedFilters)} it has one subscription, and one call for each
 * change, with the names that the change concerns.
 *
 * <pre>{@code
 * NamedFilters filters = NamedFilters.of("room", Query.equal("metadata.room", "r1"))
 *         .and("typing", Query.equal("metadata.room", "r1"), Query.equal("status", "typing"));
 * }</pre>
 *
 * <p><b>Threads.</b> Immutable.
 */
public final class NamedFilters {

    /** The maximum number of names. */
    public static final int MAX_NAMES = 16;

    /** The maximum length of a name in characters. */
    public static final int MAX_NAME_LENGTH = 64;

    private final Map<String, Query.Filter> filters;

    private NamedFilters(Map<String, Query.Filter> filters) {
        this.filters = Collections.unmodifiableMap(filters);
    }

    /**
     * Creates filters of one name.
     *
     * @param name 1 to {@value #MAX_NAME_LENGTH} characters
     * @param filters the filters, all of which must hold; none of them for every presence
     * @return filters of one name
     * @throws IllegalArgumentException if the name is empty or too long
     * @throws QueryException if a query is not a filter, or the filters exceed {@link QueryLimits#DEFAULT}
     */
    public static NamedFilters of(String name, Query... filters) {
        return new NamedFilters(Map.of()).and(name, filters);
    }

    /**
     * Returns these filters and those of another name. Each name has changes of its own.
     *
     * @param name 1 to {@value #MAX_NAME_LENGTH} characters, different from the other names
     * @param filters the filters, all of which must hold; none of them for every presence
     * @return the filters of one name more
     * @throws IllegalArgumentException if the name is empty, too long or in use, or if there are {@value #MAX_NAMES}
     *     names
     * @throws QueryException if a query is not a filter, or the filters exceed {@link QueryLimits#DEFAULT}
     */
    public NamedFilters and(String name, Query... filters) {
        requireNonNull(name, "name must not be null");
        requireNonNull(filters, "filters must not be null");
        if (name.isEmpty() || name.length() > MAX_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "name must have 1 to " + MAX_NAME_LENGTH + " characters: " + name.length());
        }
        if (this.filters.containsKey(name)) {
            throw new IllegalArgumentException("name must be different from the other names: " + name);
        }
        if (this.filters.size() == MAX_NAMES) {
            throw new IllegalArgumentException("names must be at most " + MAX_NAMES + ": " + (MAX_NAMES + 1));
        }
        Map<String, Query.Filter> more = new LinkedHashMap<>(this.filters);
        more.put(name, Query.allOf(List.of(filters)));
        return new NamedFilters(more);
    }

    /**
     * Returns the names.
     *
     * @return an immutable list, in the order in which they were added
     */
    public List<String> names() {
        return List.copyOf(filters.keySet());
    }

    /**
     * Returns the filter of a name.
     *
     * @param name a name
     * @return null if there is no such name
     */
    public Query.@Nullable Filter filter(String name) {
        return filters.get(requireNonNull(name, "name must not be null"));
    }

    /**
     * Returns the filter of the subscription: a presence matches it if it matches the filter of at least one name.
     *
     * @return the filter of the name, or an {@code or} of several
     */
    public Query.Filter anyOf() {
        List<Query.Filter> all = new ArrayList<>(filters.values());
        return all.size() == 1 ? all.get(0) : Query.or(all.toArray(Query.Filter[]::new));
    }

    /**
     * Checks the filters of all names together against limits. A subscription checks them against
     * {@link QueryLimits#DEFAULT}; use this for stricter limits.
     *
     * @param limits the limits
     * @return these filters
     * @throws QueryException {@code LIMIT_EXCEEDED}
     */
    public NamedFilters check(QueryLimits limits) {
        requireNonNull(limits, "limits must not be null").check(anyOf());
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NamedFilters that && filters.equals(that.filters);
    }

    @Override
    public int hashCode() {
        return filters.hashCode();
    }

    @Override
    public String toString() {
        return filters.toString();
    }
}
