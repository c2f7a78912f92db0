package io.presence.internal.index;

import io.presence.query.AttributePath;
import io.presence.query.Query;
import io.presence.query.Values;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A planner that selects the access path of a filter: by the condition that leaves the fewest entries to examine, or
 * a full scan.
 *
 * <p>A condition is usable if the filter implies it (it is at the top, or in an {@code and} at the top), and if it
 * requires {@code $id} or an indexed attribute to equal one of several values. Such a condition is an {@code equal},
 * or an {@code or} of which each alternative implies an {@code equal} on that attribute. A null value matches
 * nothing. A list or map has no key, so a condition with one is not usable.
 *
 * <p><b>Cost.</b> One look-up for each value of the filter. Reads no entries.
 *
 * <p><b>Threads.</b> Safe for use by any thread; takes no lock.
 *
 * @param <E> the type of entries
 */
public final class Planner<E> {

    private static final AttributePath ID = AttributePath.of("$id");

    /**
     * The index of all entries by id.
     *
     * <p><b>Threads.</b> Safe for use by any thread.
     *
     * @param <E> the type of entries
     */
    public interface PrimaryIndex<E> {

        /** The entry of an id, or null. */
        @Nullable E find(String id);

        /** The number of entries. */
        int size();

        /** All entries, each once, weakly consistent: an entry that is there throughout is included. */
        Iterator<E> iterator();
    }

    /**
     * A way to the entries that can match a filter: it gives all of those, and possibly others.
     *
     * @param <E> the type of entries
     */
    public interface AccessPath<E> {

        /** The name: {@code full scan}, {@code $id}, or {@code index on} an attribute. */
        String name();

        /** Returns whether every entry is examined because no condition selects an id or an index. */
        default boolean isFullScan() {
            return false;
        }

        /** The number of entries to examine, as of now. An entry under two of the values counts twice. */
        long size();

        /**
         * The entries to examine, each once, weakly consistent: an entry that matches throughout the iteration is
         * included. Iterate once.
         */
        Iterable<E> entries();

        /**
         * The entries to examine, some possibly more than once, without preparation: for a scan in slices. Weakly
         * consistent as above for a filter with one value. With several, an entry that changes from one value to
         * another may be missed.
         */
        Iterator<E> iterator();
    }

    private final PrimaryIndex<E> byId;
    private final SecondaryIndexes<E> indexes;

    /**
     * Creates the planner of a store.
     *
     * @param byId all entries
     * @param indexes the same entries by other attributes
     */
    public Planner(PrimaryIndex<E> byId, SecondaryIndexes<E> indexes) {
        this.byId = byId;
        this.indexes = indexes;
    }

    /** The access path with the fewest entries to examine. */
    public AccessPath<E> choose(Query.Filter filter) {
        AccessPath<E> best = fullScan();
        long minSize = best.size();
        for (Query.Filter conjunct : conjuncts(filter).toList()) {
            AccessPath<E> path = accessPath(conjunct);
            long size = path == null ? Long.MAX_VALUE : path.size();
            if (path != null && (size < minSize || (size == minSize && best instanceof FullScan))) {
                best = path;
                minSize = size;
            }
        }
        return best;
    }

    /** The access path that serves each filter. */
    public AccessPath<E> fullScan() {
        return new FullScan<>(byId);
    }

    /**
     * The alternatives: for each condition, the number of entries that it leaves to examine, or the reason why it is
     * not usable.
     */
    public List<String> considered(Query.Filter filter) {
        return conjuncts(filter).map(this::considering).toList();
    }

    private String considering(Query.Filter conjunct) {
        AccessPath<E> path = accessPath(conjunct);
        String outcome = path == null ? obstacle(conjunct) : path.name() + ", " + path.size() + " candidates";
        return name(conjunct) + ": " + outcome;
    }

    private static String name(Query.Filter conjunct) {
        String method = conjunct.method().wireName();
        EqualityCondition anyOf = conjunct instanceof Query.Or ? EqualityCondition.of(conjunct) : null;
        if (anyOf != null) {
            return method + " " + anyOf.attribute();
        }
        return conjunct instanceof Query.Comparison comparison ? method + " " + comparison.attribute() : method;
    }

    private String obstacle(Query.Filter conjunct) {
        EqualityCondition anyOf = EqualityCondition.of(conjunct);
        if (anyOf == null) {
            return conjunct instanceof Query.Or
                    ? "not an equal on one attribute in each alternative, so no index serves it"
                    : "not equal, so no index serves it";
        }
        return indexes.on(anyOf.attribute()) == null ? "not indexed" : "a list or map is in no index";
    }

    private static Stream<Query.Filter> conjuncts(Query.Filter filter) {
        return filter instanceof Query.And and ? and.filters().stream().flatMap(Planner::conjuncts) : Stream.of(filter);
    }

    private @Nullable AccessPath<E> accessPath(Query.Filter conjunct) {
        EqualityCondition anyOf =
                EqualityCondition.of(conjunct, attribute -> attribute.equals(ID) || indexes.on(attribute) != null);
        if (anyOf == null) {
            return null;
        }
        if (anyOf.attribute().equals(ID)) {
            return new IdLookup<>(byId, strings(anyOf.values()));
        }
        AttributeIndex<E> index = indexes.on(anyOf.attribute());
        Set<Object> keys = keys(anyOf.values());
        return index == null || keys == null ? null : new IndexLookup<>(index, keys);
    }

    private static Set<String> strings(List<@Nullable Object> values) {
        Set<String> strings = new LinkedHashSet<>();
        for (Object value : values) {
            if (value instanceof String text) {
                strings.add(text);
            }
        }
        return strings;
    }

    private static @Nullable Set<Object> keys(List<@Nullable Object> values) {
        Set<Object> keys = new LinkedHashSet<>();
        for (Object value : values) {
            Object key = Values.key(value);
            if (key != null) {
                keys.add(key);
            } else if (value != null) {
                return null;
            }
        }
        return keys;
    }

    private record FullScan<E>(PrimaryIndex<E> byId) implements AccessPath<E> {
        @Override
        public String name() {
            return "full scan";
        }

        @Override
        public boolean isFullScan() {
            return true;
        }

        @Override
        public long size() {
            return byId.size();
        }

        @Override
        public Iterable<E> entries() {
            return byId::iterator;
        }

        @Override
        public Iterator<E> iterator() {
            return byId.iterator();
        }
    }

    /* An id is a string, so other values match no id. */
    private record IdLookup<E>(PrimaryIndex<E> byId, Set<String> ids) implements AccessPath<E> {
        @Override
        public String name() {
            return "$id";
        }

        @Override
        public long size() {
            return ids.size();
        }

        @Override
        public Iterable<E> entries() {
            return ids.stream().map(byId::find).filter(Objects::nonNull).toList();
        }

        @Override
        public Iterator<E> iterator() {
            return entries().iterator();
        }
    }

    private record IndexLookup<E>(AttributeIndex<E> index, Set<Object> keys) implements AccessPath<E> {
        @Override
        public String name() {
            return "index on " + index.attribute();
        }

        @Override
        public long size() {
            return index.size(keys);
        }

        @Override
        public Iterable<E> entries() {
            return index.entries(keys);
        }

        @Override
        public Iterator<E> iterator() {
            return index.iterator(keys);
        }
    }
}
