package io.presence.internal.read;

import io.presence.query.AttributePath;
import io.presence.query.Query;
import io.presence.query.Query.Filter;
import io.presence.query.Query.FilterVisitor;

/** The check whether a filter reads {@code expiresAt}, the only attribute that heartbeats change. Stateless. */
final class DeadlineUse implements FilterVisitor<Boolean> {

    private static final DeadlineUse INSTANCE = new DeadlineUse();

    private DeadlineUse() {}

    static boolean isIn(Filter filter) {
        return filter.accept(INSTANCE);
    }

    private static boolean isDeadline(AttributePath path) {
        return path.root().equals("expiresAt");
    }

    @Override
    public Boolean comparison(Query.Comparison comparison) {
        return isDeadline(comparison.attribute());
    }

    @Override
    public Boolean nullCheck(Query.NullCheck check) {
        return isDeadline(check.attribute());
    }

    @Override
    public Boolean exists(Query.Exists exists) {
        return exists.attributes().stream().anyMatch(DeadlineUse::isDeadline);
    }

    /* The conditions within are on elements, not on the presence. */
    @Override
    public Boolean elemMatch(Query.ElemMatch elements) {
        return isDeadline(elements.attribute());
    }

    @Override
    public Boolean and(Query.And and) {
        return and.filters().stream().anyMatch(DeadlineUse::isIn);
    }

    @Override
    public Boolean or(Query.Or or) {
        return or.filters().stream().anyMatch(DeadlineUse::isIn);
    }
}
