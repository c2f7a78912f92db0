package io.presence.bench.soak;

import io.presence.Presence;
import io.presence.PresencePage;
import io.presence.PresenceStore;
import io.presence.query.Query;
import java.util.HashMap;
import java.util.Map;

/** Reads all presences by lists of each room, page by page. */
final class Listing {

    private static final int PAGE = 5000;

    private Listing() {}

    /** Returns the presences of all rooms by their ids. Each presence of the store is in a room. */
    static Map<String, Presence> read(PresenceStore store, SoakPlan plan) {
        Map<String, Presence> all = new HashMap<>();
        for (int room = 0; room < plan.rooms(); room++) {
            add(store, Writer.room(room), all);
        }
        for (int room = 0; room < Clients.rooms(); room++) {
            add(store, Clients.room(room), all);
        }
        return all;
    }

    private static void add(PresenceStore store, String room, Map<String, Presence> all) {
        Query filter = Query.equal("metadata.room", room);
        PresencePage page = store.list(filter, Query.limit(PAGE));
        page.presences().forEach(one -> all.put(one.id(), one));
        while (page.hasNext()) {
            page = store.list(filter, Query.limit(PAGE), Query.cursorAfter(page.nextCursor()));
            page.presences().forEach(one -> all.put(one.id(), one));
        }
    }
}
