package io.presence.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks of nodes and sets of queries, each with its exception. */
final class Checks {

    private Checks() {}

    /** Returns {@code value} unless it is null. */
    static <T> T notNull(String parameter, @Nullable T value) {
        if (value == null) {
            throw new NullPointerException(parameter + " must not be null");
        }
        return value;
    }

    /** Returns {@code values} unless one of them is null. */
    static <T> List<T> all(String parameter, T[] values) {
        return all(parameter, Arrays.asList(notNull(parameter, values)));
    }

    /** Returns {@code values} unless one of them is null. */
    static <T> List<T> all(String parameter, List<T> values) {
        int index = 0;
        for (T value : notNull(parameter, values)) {
            if (value == null) {
                throw new NullPointerException(parameter + "[" + index + "] must not be null");
            }
            index++;
        }
        return values;
    }

    static void kind(Method method, Method.Kind kind) {
        if (notNull("method", method).kind() != kind) {
            throw notAllowed("method must be of kind " + kind, method);
        }
    }

    static void oneOf(Method method, Method first, Method second) {
        if (notNull("method", method) != first && method != second) {
            throw notAllowed("method must be " + first.wireName() + " or " + second.wireName(), method);
        }
    }

    static void count(Method method, int count) {
        int least = method.minValues();
        if (count < least || count > method.maxValues()) {
            String bound = least == method.maxValues() ? "exactly " : "at least ";
            String problem = method.wireName() + " must have " + bound + least + (least == 1 ? " value" : " values");
            throw new QueryException(QueryException.Code.WRONG_COUNT, "$.values", problem, count);
        }
    }

    /** Rejects a call without an argument for the values. An empty collection stands for no values. */
    static void given(Method method, @Nullable Object @Nullable [] values) {
        if (values != null && values.length == 0) {
            String problem = method.wireName() + " must have at least 1 value";
            throw new QueryException(QueryException.Code.WRONG_COUNT, "$.values", problem, 0);
        }
    }

    static void limit(int value) {
        if (value < 1 || value > ListQuery.Limit.MAX) {
            throw invalid("limit must be 1 to " + ListQuery.Limit.MAX, value);
        }
    }

    static void offset(int value) {
        if (value < 0) {
            throw invalid("offset must not be negative", value);
        }
    }

    static void cursor(Method method, String id) {
        notNull("id", id);
        if (id.isEmpty() || id.length() > ListQuery.Cursor.MAX_LENGTH) {
            throw invalid(
                    method.wireName() + " must have 1 to " + ListQuery.Cursor.MAX_LENGTH + " characters", id.length());
        }
    }

    static AttributePath attribute(String text) {
        try {
            return AttributePath.parse(notNull("attribute", text));
        } catch (QueryException e) {
            throw e.within("$.attribute");
        }
    }

    /** Applies a check to each element, and adds the index of the element to an exception. */
    static <T extends @Nullable Object> void each(String parent, List<? extends T> elements, Consumer<T> check) {
        int index = 0;
        for (T element : elements) {
            try {
                check.accept(element);
            } catch (QueryException e) {
                throw e.within(parent + "[" + index + "]");
            }
            index++;
        }
    }

    /** Applies a function to each element, with exceptions as in {@link #each}. */
    static <T, R> List<R> map(String parent, List<? extends T> elements, Function<T, R> function) {
        List<R> results = new ArrayList<>(elements.size());
        Checks.<T>each(parent, elements, element -> results.add(function.apply(element)));
        return results;
    }

    static Query.Filter filter(Query query) {
        if (notNull("filter", query) instanceof Query.Filter filter) {
            return filter;
        }
        throw notAllowed("filter must not be a list option", query.method());
    }

    static void selected(String attribute) {
        if (!attribute.equals(ListQuery.Select.EVERYTHING)) {
            AttributePath.parse(attribute);
        }
    }

    /**
     * Returns the filters that a query adds to a standing query: the query itself, or none if it selects everything.
     */
    static List<Query.Filter> filters(Query query) {
        if (query instanceof Query.Filter filter) {
            return List.of(filter);
        }
        if (query instanceof ListQuery.Select select) {
            everything(select);
            return List.of();
        }
        throw notAllowed("subscription must not have list options", query.method());
    }

    private static void everything(ListQuery.Select select) {
        if (!select.isEverything()) {
            String problem = "select must have \"*\" in a subscription, which delivers whole records";
            throw notAllowed(problem, select.attributes().get(0)).within("$.values[0]");
        }
    }

    static Query.Filter all(List<Query.Filter> filters) {
        return filters.size() == 1 ? filters.get(0) : new Query.And(filters);
    }

    private static QueryException notAllowed(String problem, Method method) {
        return notAllowed(problem, method.wireName());
    }

    private static QueryException notAllowed(String problem, String value) {
        return new QueryException(QueryException.Code.NOT_ALLOWED, "$", problem, value);
    }

    private static QueryException invalid(String problem, int value) {
        return new QueryException(QueryException.Code.INVALID_VALUE, "$.values[0]", problem, value);
    }
}
