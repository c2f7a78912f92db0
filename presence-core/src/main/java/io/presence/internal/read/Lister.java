package io.presence.internal.read;

import io.presence.ListPlan;
import io.presence.Presence;
import io.presence.PresencePage;
import io.presence.internal.index.Planner;
import io.presence.internal.stats.Counters;
import io.presence.internal.store.Access;
import io.presence.internal.store.Entry;
import io.presence.internal.store.PresenceState;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.StateSchema;
import io.presence.internal.store.StoreErrors;
import io.presence.query.CompiledQuery;
import io.presence.query.ListQuery;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list, count and explain operations: a scan of the access path that the {@link Planner} selects. A scan selects
 * the presences that are alive, that the caller can read and that match the query. The clock is read once. Each entry
 * is tested by its state, whatever the access path.
 *
 * <p><b>Cost.</b> O(entries on the access path). A list also takes O(m log n) for m matches of which n are before the
 * end of the page.
 *
 * <p><b>Threads.</b> Safe for use by any thread; takes no lock.
 */
public final class Lister {

    private final PresenceTable table;
    private final Counters counters;
    private final Cursors cursors = new Cursors();

    /**
     * Creates the lister of a store.
     *
     * @param table the presences to list
     * @param counters counts the lists, and the presences that they examine
     */
    public Lister(PresenceTable table, Counters counters) {
        this.table = table;
        this.counters = counters;
    }

    /** Returns one page of the presences that a caller, who has the scope, can read. */
    public PresencePage list(Access access, Query... queries) {
        ListQuery query = PresenceQueries.list(queries);
        SortKeys keys = new SortKeys(query.orders());
        long now = table.now();
        PagePosition cursor = cursor(access, query, keys, now);
        List<PresenceState> matches = matches(access, query.filter(), now);
        return page(access, query, keys, matches.size(), window(matches, query, keys, cursor));
    }

    /** Counts the presences that a caller, who has the scope, can read. Allocates nothing per match. */
    public long count(Access access, Query... filters) {
        Query.Filter filter = PresenceQueries.count(filters);
        Matcher matcher = new Matcher(access, filter, table.now());
        Planner.AccessPath<Entry> path = table.planner().choose(filter);
        long count = 0;
        long examined = 0;
        Iterator<Entry> entries = entries(path);
        while (entries.hasNext()) {
            examined++;
            if (matcher.match(entries.next()) != null) {
                count++;
            }
        }
        counters.listed(path.isFullScan(), examined);
        return count;
    }

    /**
     * Returns the access path of a list. The numbers include presences that callers cannot read, so it is for trusted
     * code.
     */
    public ListPlan explain(Query... queries) {
        Query.Filter filter = PresenceQueries.list(queries).filter();
        Planner<Entry> planner = table.planner();
        Planner.AccessPath<Entry> path = planner.choose(filter);
        return new ListPlan(path.name(), path.size(), planner.fullScan().size(), planner.considered(filter));
    }

    private Iterator<Entry> entries(Planner.AccessPath<Entry> path) {
        return table.readAhead(path.entries().iterator(), path.size());
    }

    private List<PresenceState> matches(Access access, Query.Filter filter, long now) {
        List<PresenceState> matches = new ArrayList<>();
        Matcher matcher = new Matcher(access, filter, now);
        Planner.AccessPath<Entry> path = table.planner().choose(filter);
        long examined = 0;
        Iterator<Entry> entries = entries(path);
        while (entries.hasNext()) {
            examined++;
            Entry entry = entries.next();
            PresenceState match = matcher.match(entry);
            if (match != null) {
                matches.add(matcher.current(entry, match));
            }
        }
        counters.listed(path.isFullScan(), examined);
        return matches;
    }

    /** The test of one list or count. A state is copied with its current lease first only if the filter reads that. */
    private final class Matcher {

        private final Access access;
        private final long now;
        private final CompiledQuery<PresenceState> compiled;
        private final boolean readsDeadline;
        /* Successors created later are ignored: the list may have the predecessor, and has an id once. */
        private final long maxIncarnation;

        Matcher(Access access, Query.Filter filter, long now) {
            this.access = access;
            this.now = now;
            this.compiled = CompiledQuery.compile(filter, StateSchema.STORED);
            this.readsDeadline = DeadlineUse.isIn(filter);
            this.maxIncarnation = table.incarnations();
        }

        /** Returns the state of an entry that matches, or null. */
        @Nullable PresenceState match(Entry entry) {
            PresenceState live = entry.liveState(now);
            if (live == null || live.incarnation() > maxIncarnation || !access.canRead(live)) {
                return null;
            }
            PresenceState tested = readsDeadline ? table.current(entry, live, now) : live;
            return compiled.test(tested) ? tested : null;
        }

        /** Returns a match with its current lease, or as it was tested if the test read the deadline. */
        PresenceState current(Entry entry, PresenceState match) {
            return readsDeadline ? match : table.current(entry, match, now);
        }
    }

    private @Nullable PresenceState readable(Access access, Entry entry, long now) {
        PresenceState live = entry.liveState(now);
        return live == null || !access.canRead(live) ? null : table.current(entry, live, now);
    }

    private @Nullable PagePosition cursor(Access access, ListQuery query, SortKeys keys, long now) {
        ListQuery.Cursor cursor = query.cursor();
        if (cursor == null) {
            return null;
        }
        if (Cursors.isText(cursor.id())) {
            return cursors.position(access, query, cursor.id());
        }
        Entry entry = table.find(cursor.id());
        PresenceState found = entry == null ? null : readable(access, entry, now);
        if (found == null) {
            throw StoreErrors.cursorNotFound(cursor.id());
        }
        return keys.position(found);
    }

    /** Reads the sort values of each state once, and not in each comparison. */
    private static PageWindow<PresenceState> window(
            List<PresenceState> matches, ListQuery query, SortKeys keys, @Nullable PagePosition cursor) {
        return PageWindow.of(keys.of(matches), query, keys.order(), cursor == null ? null : keys.against(cursor))
                .map(SortKeys.Keyed::state);
    }

    private PresencePage page(
            Access access, ListQuery query, SortKeys keys, long total, PageWindow<PresenceState> window) {
        List<PresenceState> page = window.page();
        String previous = window.hasPrevious() ? text(access, query, keys, page.get(0)) : null;
        String next = window.hasNext() ? text(access, query, keys, page.get(page.size() - 1)) : null;
        return new PresencePage(total, List.<Presence>copyOf(page), previous, next);
    }

    private String text(Access access, ListQuery query, SortKeys keys, PresenceState shown) {
        return cursors.text(access, query, keys.position(shown));
    }
}
