package io.presence.query;

import io.presence.query.QuerySchema.Kind;
import io.presence.query.internal.ErrorExcerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A collector of the comparisons that hold for no record, by the kinds of the attributes. Each visit returns the
 * visited filter.
 */
final class ImpossibleParts implements Query.FilterVisitor<Query.Filter> {

    private static final int MAX_VALUES = 4;

    private final Function<String, Kind> kinds;
    private final List<String> found = new ArrayList<>();

    private ImpossibleParts(Function<String, Kind> kinds) {
        this.kinds = kinds;
    }

    /**
     * Returns a text for each comparison that can never hold, in the order of the filter.
     *
     * @param kinds the kind of each attribute, by the root of its path
     */
    static List<String> of(Query.Filter filter, Function<String, Kind> kinds) {
        ImpossibleParts parts = new ImpossibleParts(kinds);
        filter.accept(parts);
        return parts.found;
    }

    @Override
    public Query.Filter comparison(Query.Comparison node) {
        Kind kind = node.attribute().size() == 1 ? kinds.apply(node.attribute().root()) : Kind.OBJECT;
        if (!KindRules.canHold(node, kind)) {
            found.add(node.method().wireName() + " " + node.attribute() + " " + values(node.values()));
        }
        return node;
    }

    private static String values(List<?> values) {
        String shown = values.stream().limit(MAX_VALUES).map(ErrorExcerpt::of).collect(Collectors.joining(", "));
        return values.size() > MAX_VALUES ? shown + " and " + (values.size() - MAX_VALUES) + " more" : shown;
    }

    @Override
    public Query.Filter nullCheck(Query.NullCheck node) {
        return node;
    }

    @Override
    public Query.Filter exists(Query.Exists node) {
        return node;
    }

    /* The keys of an element have no declared kind. */
    @Override
    public Query.Filter elemMatch(Query.ElemMatch node) {
        node.filters().forEach(filter -> found.addAll(of(filter, key -> Kind.OBJECT)));
        return node;
    }

    @Override
    public Query.Filter and(Query.And node) {
        node.filters().forEach(filter -> filter.accept(this));
        return node;
    }

    @Override
    public Query.Filter or(Query.Or node) {
        node.filters().forEach(filter -> filter.accept(this));
        return node;
    }
}
