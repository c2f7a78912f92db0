package io.presence.query.internal.normal;

import io.presence.query.AttributePath;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * A builder of an {@code and} or an {@code or} from filters in normal form. The result does not depend on their order
 * or on repetitions.
 *
 * <p>The parts of a nested group of the same kind are added as if they were added directly.
 *
 * <p><b>Cost.</b> A single condition on an attribute is in normal form already, and is only sorted.
 */
abstract class Group implements Query.FilterVisitor<Group> {

    private static final Comparator<Query.Filter> BY_ATTRIBUTE =
            (a, b) -> attribute(a).compareTo(attribute(b));

    final CanonicalOrder order;

    private final List<Query.Filter> ofAttributes = new ArrayList<>();
    /** The groups of the other kind. */
    private final List<Query.Filter> groups = new ArrayList<>(0);

    private boolean isDecided;

    Group(CanonicalOrder order) {
        this.order = order;
    }

    /** Adds the merged conditions of several filters on one attribute. */
    abstract void join(AttributePath attribute, List<Query.Filter> said, Collection<Query.Filter> filters);

    /** Returns the whole filter if one part decides it. */
    abstract Query.Filter decided();

    /** Returns the whole filter. */
    abstract Query.Filter group(List<Query.Filter> filters);

    final Query.Filter toFilter() {
        List<Query.Filter> filters = new ArrayList<>(ofAttributes.size() + groups.size());
        filters.addAll(distinctGroups());
        joinTo(filters);
        if (isDecided) {
            return decided();
        }
        filters.sort(order);
        return filters.size() == 1 ? filters.get(0) : group(filters);
    }

    private Collection<Query.Filter> distinctGroups() {
        if (groups.size() <= 1) {
            return groups;
        }
        Collection<Query.Filter> distinct = new TreeSet<>(order);
        distinct.addAll(groups);
        return distinct;
    }

    private void joinTo(Collection<Query.Filter> filters) {
        ofAttributes.sort(BY_ATTRIBUTE);
        int from = 0;
        while (from < ofAttributes.size()) {
            AttributePath attribute = attribute(ofAttributes.get(from));
            int to = from + 1;
            while (to < ofAttributes.size() && attribute.equals(attribute(ofAttributes.get(to)))) {
                to++;
            }
            if (to == from + 1) {
                filters.add(ofAttributes.get(from));
            } else {
                join(attribute, ofAttributes.subList(from, to), filters);
            }
            from = to;
        }
    }

    private static AttributePath attribute(Query.Filter filter) {
        if (filter instanceof Query.Comparison node) {
            return node.attribute();
        }
        return filter instanceof Query.NullCheck node ? node.attribute() : ((Query.ElemMatch) filter).attribute();
    }

    /** Drops the other parts, since one part decides the whole. */
    final void decide() {
        isDecided = true;
    }

    /** Adds the parts of a group of the same kind. */
    final Group addAll(List<Query.Filter> filters) {
        for (int i = 0; i < filters.size(); i++) {
            filters.get(i).accept(this);
        }
        return this;
    }

    /** Adds a group of the other kind, which decides if it is empty. */
    final Group addGroup(Query.Filter node, List<Query.Filter> filters) {
        isDecided |= filters.isEmpty();
        groups.add(node);
        return this;
    }

    @Override
    public Group comparison(Query.Comparison node) {
        ofAttributes.add(node);
        return this;
    }

    @Override
    public Group nullCheck(Query.NullCheck node) {
        ofAttributes.add(node);
        return this;
    }

    @Override
    public Group exists(Query.Exists node) {
        throw new AssertionError(node.method());
    }

    @Override
    public Group elemMatch(Query.ElemMatch node) {
        ofAttributes.add(node);
        return this;
    }
}
