package io.presence.internal.read;

import io.presence.ListPlan;
import io.presence.Presence;
import io.presence.PresencePage;
import io.presence.internal.index.AccessPath;
import io.presence.internal.index.Planner;
import io.presence.internal.store.Access;
import io.presence.internal.store.Entry;
import io.presence.internal.store.PresenceState;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.StateSchema;
import io.presence.internal.store.StoreErrors;
import io.presence.query.CompiledQuery;
import io.presence.query.ListQuery;
import io.presence.query.Query;
import io.presence.query.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Answers list and count by a pass over the entries that may match: what is alive at one reading of the clock,
 * readable, and matches. Whichever way the {@link Planner} leads, each entry is judged by its state alone.
 *
 * <p><b>Cost.</b> O(entries on the way), and O(m log n) for the m that match and the n up to the end of the page.
 *
 * <p><b>Threads.</b> Safe for use by any thread; takes no lock.
 */
public final class Lister {

    private static final Comparator<PresenceState> BY_ID = (a, b) -> Values.compareStrings(a.id(), b.id());

    private final PresenceTable table;
    private final Cursors cursors = new Cursors();

    /**
     * Lists one store.
     *
     * @param entries what to look through
     */
    public Lister(PresenceTable entries) {
        this.table = entries;
    }

    /** Returns one page of what a caller with the scope may read. */
    public PresencePage list(Access access, Query... queries) {
        ListQuery query = PresenceQueries.list(queries);
        SortKeys keys = new SortKeys(query.orders());
        long now = table.now();
        PagePosition cursor = cursor(access, query, keys, now);
        List<PresenceState> matches = matches(access, query.filter(), now);
        PageWindow<PresenceState> window =
                query.orders().isEmpty() ? byId(matches, query, cursor) : ordered(matches, query, keys, cursor);
        return page(access, query, keys, matches.size(), window);
    }

    /** Counts what a caller with the scope may read. */
    public long count(Access access, Query... filters) {
        return matches(access, PresenceQueries.count(filters), table.now()).size();
    }

    /** Tells how list would come by what it looks at. Counts what callers may not read, so it is for trusted code. */
    public ListPlan explain(Query... queries) {
        Query.Filter filter = PresenceQueries.list(queries).filter();
        Planner<Entry> planner = table.planner();
        AccessPath<Entry> path = planner.choose(filter);
        return new ListPlan(path.name(), path.size(), planner.fullScan().size(), planner.considered(filter));
    }

    private List<PresenceState> matches(Access access, Query.Filter filter, long now) {
        CompiledQuery<PresenceState> compiled = CompiledQuery.compile(filter, StateSchema.STORED);
        List<PresenceState> matches = new ArrayList<>();
        /* What began later is not in the list: the life before may be, and an id is in it once. */
        long maxIncarnation = table.incarnations();
        for (Entry entry : table.planner().choose(filter).entries()) {
            PresenceState live = readable(access, entry, now);
            if (live != null && live.incarnation() <= maxIncarnation && compiled.test(live)) {
                matches.add(live);
            }
        }
        return matches;
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
        return keys.of(found).position();
    }

    private static PageWindow<PresenceState> byId(
            List<PresenceState> matches, ListQuery query, @Nullable PagePosition cursor) {
        return PageWindow.of(matches, query, BY_ID, cursor == null ? null : against(cursor.id()));
    }

    private static ToIntFunction<PresenceState> against(String id) {
        return match -> Values.compareStrings(match.id(), id);
    }

    /** Reads what states are ordered by once, and not in each comparison. */
    private static PageWindow<PresenceState> ordered(
            List<PresenceState> matches, ListQuery query, SortKeys keys, @Nullable PagePosition cursor) {
        List<SortKeys.Keyed> keyed = new ArrayList<>(matches.size());
        for (PresenceState match : matches) {
            keyed.add(keys.of(match));
        }
        return PageWindow.of(keyed, query, keys.order(), cursor == null ? null : keys.against(cursor))
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
        return cursors.text(access, query, keys.of(shown).position());
    }
}
