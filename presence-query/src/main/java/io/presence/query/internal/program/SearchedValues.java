package io.presence.query.internal.program;

import io.presence.query.Method;
import io.presence.query.Query;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * The values of a search with its automaton, which takes most of the time to add a query with many long needles and can
 * be created on another thread. As a list it equals the values.
 *
 * <p><b>Threads.</b> Immutable.
 */
final class SearchedValues extends AbstractList<@Nullable Object> implements RandomAccess {

    private final List<@Nullable Object> values;
    private final Method positive;
    private final Condition leaf;

    private SearchedValues(Query.Comparison node) {
        values = node.values();
        positive = node.method().positive();
        leaf = Condition.of(positive, Constants.ofAll(values));
    }

    /** Returns a comparison with its automaton. */
    static Query.Comparison prepare(Query.Comparison node) {
        return node.values() instanceof SearchedValues
                ? node
                : new Query.Comparison(node.method(), node.attribute(), new SearchedValues(node));
    }

    /** Returns the condition of a comparison, not negated. */
    static Condition leaf(Query.Comparison node) {
        Method positive = node.method().positive();
        return node.values() instanceof SearchedValues ready && ready.positive == positive
                ? ready.leaf
                : Condition.of(positive, Constants.ofAll(node.values()));
    }

    @Override
    public @Nullable Object get(int index) {
        return values.get(index);
    }

    @Override
    public int size() {
        return values.size();
    }
}
