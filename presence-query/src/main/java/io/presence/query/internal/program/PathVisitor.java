package io.presence.query.internal.program;

import io.presence.query.AttributePath;
import io.presence.query.Query;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A visitor of every path of a filter with its level of nesting. The results have no meaning. */
final class PathVisitor implements Query.FilterVisitor<Boolean> {

    /** The level of a path that begins with an attribute of the record. */
    static final int RECORD = -1;

    private final Visitor visitor;
    private final int level;

    /** A callback that receives each occurrence of a path. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Called with a path and its level: {@link #RECORD}, or the number of {@code elemMatch} around the one that
         * contains it.
         */
        void path(int level, AttributePath path);
    }

    private PathVisitor(int level, Visitor visitor) {
        this.level = level;
        this.visitor = visitor;
    }

    /** Visits the paths of a filter on a record. */
    static void visit(Query.Filter filter, Visitor visitor) {
        filter.accept(new PathVisitor(RECORD, visitor));
    }

    /**
     * Returns the paths that filters on one element use. A nested {@code elemMatch} adds its own path, but not the
     * paths of the filters in it.
     */
    static Set<AttributePath> within(List<Query.Filter> filters) {
        Set<AttributePath> paths = new LinkedHashSet<>();
        PathVisitor use = new PathVisitor(0, (level, path) -> {
            if (level == 0) {
                paths.add(path);
            }
        });
        filters.forEach(filter -> filter.accept(use));
        return paths;
    }

    @Override
    public Boolean comparison(Query.Comparison node) {
        return use(node.attribute());
    }

    @Override
    public Boolean nullCheck(Query.NullCheck node) {
        return use(node.attribute());
    }

    @Override
    public Boolean exists(Query.Exists node) {
        node.attributes().forEach(this::use);
        return true;
    }

    @Override
    public Boolean elemMatch(Query.ElemMatch node) {
        PathVisitor inner = new PathVisitor(level + 1, visitor);
        node.filters().forEach(filter -> filter.accept(inner));
        return use(node.attribute());
    }

    @Override
    public Boolean and(Query.And node) {
        return all(node.filters());
    }

    @Override
    public Boolean or(Query.Or node) {
        return all(node.filters());
    }

    private boolean all(List<Query.Filter> filters) {
        filters.forEach(filter -> filter.accept(this));
        return true;
    }

    private boolean use(AttributePath path) {
        visitor.path(level, path);
        return true;
    }
}
