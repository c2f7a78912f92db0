package io.presence.examples.gateway.rest;

import io.presence.query.ListQuery;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The cursors of served pages, by the presences at both ends of each page. SDKs give the id of a presence where the
 * store takes a cursor, and that presence may have ended since. A cursor is found only for the account that the page
 * was served to, the same list and the same direction.
 *
 * <p>Bounded: {@value #MAX_OF_ACCOUNT} ends of pages of one account, for {@value #MINUTES} minutes, and
 * {@value #MAX_CHARACTERS} characters in all, beyond which the accounts that have listed least recently are removed. A
 * cursor of more than {@value #MAX_CURSOR} characters is not kept.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class ServedCursors {

    static final int MAX_OF_ACCOUNT = 16;
    static final int MINUTES = 10;
    static final int MAX_CHARACTERS = 8 * 1024 * 1024;
    static final int MAX_CURSOR = 2048;

    private static final long NANOS = MINUTES * 60_000_000_000L;

    /* The memory of objects and tables, expressed in characters. */
    private static final int OVERHEAD = 256;

    private final LongSupplier nanoClock;
    private final int maxCharacters;
    private final Map<String, Account> accounts = new LinkedHashMap<>(16, 0.75f, true);
    private long characters;

    /** The key of an end of a page. */
    private record End(String list, boolean isBefore, String id) {}

    /**
     * The page beyond an end of a page.
     *
     * @param cursor the cursor of the page beyond, or null if there was none when the page was served
     */
    record Served(@Nullable String cursor, long at) {

        private int weight(End end) {
            return OVERHEAD + end.list().length() + end.id().length() + (cursor == null ? 0 : cursor.length());
        }
    }

    /** The ends of pages of one account, in the order in which they were kept. */
    private static final class Account {

        private final Map<End, Served> ends = new LinkedHashMap<>();
        private long weight = OVERHEAD;

        private void put(End end, Served served) {
            remove(end);
            ends.put(end, served);
            weight += served.weight(end);
            if (ends.size() > MAX_OF_ACCOUNT) {
                remove(ends.keySet().iterator().next());
            }
        }

        private void remove(End end) {
            Served removed = ends.remove(end);
            weight -= removed == null ? 0 : removed.weight(end);
        }
    }

    ServedCursors(LongSupplier nanoClock) {
        this(nanoClock, MAX_CHARACTERS);
    }

    ServedCursors(LongSupplier nanoClock, int maxCharacters) {
        this.nanoClock = nanoClock;
        this.maxCharacters = maxCharacters;
    }

    /**
     * Keeps an end of a page.
     *
     * @param list identifies the filters and the order
     * @param isBefore whether it is the first presence on the page, not the last
     * @param cursor the cursor of the page beyond, or null if there is none
     */
    synchronized void keep(String account, String list, boolean isBefore, String id, @Nullable String cursor) {
        if (cursor != null && cursor.length() > MAX_CURSOR) {
            return;
        }
        Account known = accounts.get(account);
        characters -= known == null ? 0 : known.weight;
        Account kept = known == null ? new Account() : known;
        kept.put(new End(list, isBefore, id), new Served(cursor, nanoClock.getAsLong()));
        accounts.put(account, kept);
        characters += kept.weight;
        Iterator<Account> eldest = accounts.values().iterator();
        while (characters > maxCharacters && eldest.hasNext()) {
            characters -= eldest.next().weight;
            eldest.remove();
        }
    }

    /** Returns the page beyond the presence that a cursor names, or null if none is kept. */
    synchronized @Nullable Served find(String account, String list, ListQuery.Cursor cursor) {
        Account known = accounts.get(account);
        Served served = known == null ? null : known.ends.get(new End(list, cursor.isBefore(), cursor.id()));
        return served == null || nanoClock.getAsLong() - served.at() > NANOS ? null : served;
    }

    /** Returns the size of everything that is kept, in characters. */
    synchronized long characters() {
        return characters;
    }
}
