package io.presence.internal.list;

import io.presence.ListPlan;
import io.presence.Presence;
import io.presence.PresencePage;
import io.presence.internal.index.Planner;
import io.presence.internal.index.Route;
import io.presence.internal.store.Access;
import io.presence.internal.store.Entries;
import io.presence.internal.store.Entry;
import io.presence.internal.store.Refusals;
import io.presence.internal.store.State;
import io.presence.internal.store.StateSchema;
import io.presence.query.CompiledQuery;
import io.presence.query.ListQuery;
import io.presence.query.Query;
import io.presence.query.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers list and count by a pass over the entries that may match: what is alive at one reading of the clock, readable,
 * and matches. Whichever way the {@link Planner} leads, each entry is judged by its state alone.
 *
 * <p><b>Cost.</b> O(entries on the way), and O(m log n) for the m that match and the n up to the end of the page.
 *
 * <p><b>Threads.</b> Safe for use by any thread; takes no lock.
 */
public final class Lister {

    private static final Comparator<State> BY_ID = (a, b) -> Values.compareStrings(a.id(), b.id());

    private final Entries entries;

    /**
     * Lists one store.
     *
     * @param entries what to look through
     */
    public Lister(Entries entries) {
        this.entries = entries;
    }

    /** Returns one page of what a caller with the scope may read. */
    public PresencePage list(Access access, Query... queries) {
        ListQuery query = PresenceQueries.list(queries);
        Comparator<State> order = order(query.orders());
        long now = entries.now();
        List<State> matches = matches(access, query.filter(), now);
        List<State> page = page(matches, query, cursor(access, query.cursor(), now), order);
        return new PresencePage(matches.size(), List.<Presence>copyOf(page));
    }

    /** Counts what a caller with the scope may read. */
    public long count(Access access, Query... filters) {
        return matches(access, PresenceQueries.count(filters), entries.now()).size();
    }

    /** Tells how list would come by what it looks at. Counts what callers may not read, so it is for trusted code. */
    public ListPlan explain(Query... queries) {
        Query.Filter filter = PresenceQueries.list(queries).filter();
        Planner<Entry> planner = entries.planner();
        Route<Entry> route = planner.choose(filter);
        return new ListPlan(route.name(), route.size(), planner.fullPass().size(), planner.considered(filter));
    }

    private List<State> matches(Access access, Query.Filter filter, long now) {
        CompiledQuery<State> compiled = CompiledQuery.compile(filter, StateSchema.STORED);
        List<State> matches = new ArrayList<>();
        /* What began later is not in the list: the life before may be, and an id is in it once. */
        long lives = entries.lives();
        for (Entry entry : entries.planner().choose(filter).entries()) {
            State live = readable(access, entry, now);
            if (live != null && live.incarnation() <= lives && compiled.test(live)) {
                matches.add(live);
            }
        }
        return matches;
    }

    private static @Nullable State readable(Access access, Entry entry, long now) {
        State live = entry.live(now);
        return live == null || !access.canRead(live) ? null : entry.current(live);
    }

    private @Nullable State cursor(Access access, ListQuery.@Nullable Cursor cursor, long now) {
        if (cursor == null) {
            return null;
        }
        Entry entry = entries.find(cursor.id());
        State found = entry == null ? null : readable(access, entry, now);
        if (found == null) {
            throw Refusals.noCursor(cursor.id());
        }
        return found;
    }

    private static List<State> page(
            List<State> matches, ListQuery query, @Nullable State cursor, Comparator<State> order) {
        if (cursor == null) {
            return window(matches, query, order);
        }
        boolean before = query.cursor() != null && query.cursor().isBefore();
        Comparator<State> away = before ? order.reversed() : order;
        List<State> side = new ArrayList<>();
        for (State state : matches) {
            if (away.compare(state, cursor) > 0) {
                side.add(state);
            }
        }
        List<State> page = window(side, query, away);
        if (before) {
            Collections.reverse(page);
        }
        return page;
    }

    private static List<State> window(List<State> side, ListQuery query, Comparator<State> order) {
        int skipped = Math.min(query.offset(), side.size());
        int end = skipped + Math.min(query.limit(), side.size() - skipped);
        List<State> first = Selection.first(side, end, order);
        return first.subList(skipped, end);
    }

    private static Comparator<State> order(List<ListQuery.Order> orders) {
        Comparator<State> all = null;
        for (ListQuery.Order order : orders) {
            Comparator<@Nullable Object> values = order.isDescending() ? Values.descending() : Values.ascending();
            Comparator<State> one = (a, b) -> values.compare(a.get(order.attribute()), b.get(order.attribute()));
            all = all == null ? one : all.thenComparing(one);
        }
        return all == null ? BY_ID : all.thenComparing(BY_ID);
    }
}
