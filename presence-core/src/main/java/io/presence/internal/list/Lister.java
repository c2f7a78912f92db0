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
        long now = entries.now();
        List<State> matches = matches(access, query.filter(), now);
        State cursor = cursor(access, query.cursor(), now);
        List<State> page =
                query.orders().isEmpty() ? page(matches, query, cursor, BY_ID) : ordered(matches, query, cursor);
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

    private @Nullable State readable(Access access, Entry entry, long now) {
        State live = entry.live(now);
        return live == null || !access.canRead(live) ? null : entries.current(entry, live, now);
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

    /** Reads what states are ordered by once, and not in each comparison. */
    private static List<State> ordered(List<State> matches, ListQuery query, @Nullable State cursor) {
        SortKeys keys = new SortKeys(query.orders());
        List<SortKeys.Keyed> keyed = new ArrayList<>(matches.size());
        for (State match : matches) {
            keyed.add(keys.of(match));
        }
        List<SortKeys.Keyed> page = page(keyed, query, cursor == null ? null : keys.of(cursor), keys.orThen(BY_ID));
        List<State> states = new ArrayList<>(page.size());
        page.forEach(each -> states.add(each.state()));
        return states;
    }

    private static <T> List<T> page(List<T> matches, ListQuery query, @Nullable T cursor, Comparator<T> order) {
        if (cursor == null) {
            return window(matches, query, order);
        }
        boolean before = query.cursor() != null && query.cursor().isBefore();
        Comparator<T> away = before ? order.reversed() : order;
        List<T> side = new ArrayList<>();
        for (T match : matches) {
            if (away.compare(match, cursor) > 0) {
                side.add(match);
            }
        }
        List<T> page = window(side, query, away);
        if (before) {
            Collections.reverse(page);
        }
        return page;
    }

    private static <T> List<T> window(List<T> side, ListQuery query, Comparator<T> order) {
        int skipped = Math.min(query.offset(), side.size());
        int end = skipped + Math.min(query.limit(), side.size() - skipped);
        List<T> first = Selection.first(side, end, order);
        return first.subList(skipped, end);
    }
}
