package io.presence.examples.gateway.rest;

import io.presence.Presence;
import io.presence.PresenceException;
import io.presence.PresencePage;
import io.presence.PresenceStore;
import io.presence.Presences;
import io.presence.examples.gateway.account.Caller;
import io.presence.query.ListQuery;
import io.presence.query.Query;
import io.presence.query.QueryJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lists for clients that use the id of a presence as cursor. If the presence was the first or the last of a page that
 * was served to the same account, the list continues at its position on that page, even if it has changed or ended.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class PagedLists {

    private final PresenceStore store;
    private final ServedCursors served;

    PagedLists(PresenceStore store, LongSupplier nanoClock) {
        this.store = store;
        this.served = new ServedCursors(nanoClock);
    }

    /** Lists the presences that a caller may read. */
    PresencePage list(Caller caller, List<Query> queries) {
        String account = account(caller);
        String list = digest(queries);
        ListQuery.Cursor cursor = cursor(queries);
        ServedCursors.Served end = cursor == null ? null : served.find(account, list, cursor);
        PresencePage page = page(caller.in(store), queries, end);
        List<Presence> shown = page.presences();
        if (!shown.isEmpty()) {
            served.keep(account, list, true, shown.get(0).id(), page.previousCursor());
            served.keep(account, list, false, shown.get(shown.size() - 1).id(), page.nextCursor());
        }
        return page;
    }

    private static PresencePage page(Presences view, List<Query> queries, ServedCursors.@Nullable Served end) {
        if (end == null) {
            return view.list(array(queries));
        }
        String cursor = end.cursor();
        return cursor == null ? beyondTheEnd(view, queries) : view.list(array(withCursor(queries, cursor)));
    }

    /* The last presence of a list may have ended since. Nothing came after it when it was served. */
    private static PresencePage beyondTheEnd(Presences view, List<Query> queries) {
        try {
            return view.list(array(queries));
        } catch (PresenceException e) {
            if (e.code() != PresenceException.Code.CURSOR_NOT_FOUND) {
                throw e;
            }
            Query[] filters =
                    queries.stream().filter(Query.Filter.class::isInstance).toArray(Query[]::new);
            return new PresencePage(view.count(filters), List.of());
        }
    }

    private static Query[] array(List<Query> queries) {
        return queries.toArray(Query[]::new);
    }

    private static List<Query> withCursor(List<Query> queries, String cursor) {
        UnaryOperator<Query> replaced =
                query -> query instanceof ListQuery.Cursor given ? new ListQuery.Cursor(given.method(), cursor) : query;
        return queries.stream().map(replaced).toList();
    }

    private static ListQuery.@Nullable Cursor cursor(List<Query> queries) {
        return queries.stream()
                .filter(ListQuery.Cursor.class::isInstance)
                .map(ListQuery.Cursor.class::cast)
                .findFirst()
                .orElse(null);
    }

    private static String account(Caller caller) {
        return caller.isKey() ? "key" : "user:" + caller.requireSession().user().id();
    }

    /* A cursor is bound to these. The size of the page may differ. */
    private static String digest(List<Query> queries) {
        List<Query> bound = queries.stream()
                .filter(query -> query instanceof Query.Filter || query instanceof ListQuery.Order)
                .toList();
        try {
            byte[] text = QueryJson.writeArray(bound).getBytes(StandardCharsets.UTF_8);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 must be available", e);
        }
    }
}
