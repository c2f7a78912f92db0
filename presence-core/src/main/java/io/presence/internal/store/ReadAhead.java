package io.presence.internal.store;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceUpsert;
import io.presence.internal.index.SecondaryIndexes;
import io.presence.internal.table.PagedTable;
import io.presence.internal.wheel.TimerWheel;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reads of several operations, made ahead of them. An operation waits for some ten cache misses one after the
 * other: of the slots in the tables, the entry, its state and the strings. Here one of these is read for all the
 * operations, then the next, so that the misses overlap. Changes nothing, and what it reads can be out of date.
 *
 * <p><b>Threads.</b> {@link #ends} by the dispatcher, the rest by any thread. Takes no lock.
 */
final class ReadAhead {

    private static final int MAX_ENDS = TimerWheel.Run.MAX_SIZE;

    private final EntryTable entries;
    private final SecondaryIndexes<Entry> indexes;
    /* Of the dispatcher. */
    private final @Nullable PresenceState[] states = new PresenceState[MAX_ENDS];
    private final int[] hashes = new int[MAX_ENDS];
    /* Written, by any thread, so that the compiler removes no read. */
    @SuppressWarnings("unused")
    private int read;

    ReadAhead(EntryTable entries, SecondaryIndexes<Entry> indexes) {
        this.entries = entries;
        this.indexes = indexes;
    }

    /** Reads what the dispatch of those entries will read that have expired by {@code now}. */
    void ends(TimerWheel.Run<? extends Entry> next, long now) {
        int sum = 0;
        int known = 0;
        for (int i = 0; i < next.size(); i++) {
            Entry entry = next.timer(i);
            PresenceState state = entry.deadline() <= now ? entry.state() : null;
            if (state != null) {
                states[known++] = state;
            }
        }
        for (int i = 0; i < known; i++) {
            PresenceState state = requireNonNull(states[i]);
            hashes[i] = PagedTable.hash(state.id());
            sum += state.userId().hashCode();
        }
        sum += entries.readAheadOfRemovals(hashes, known);
        sum += indexes.readAhead(states, hashes, known);
        read = sum;
        Arrays.fill(states, 0, known, null);
    }

    /** Reads what the test of a filter will read of the first {@code count} entries. */
    void states(@Nullable Entry[] tested, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            sum += state(tested[i]) == null ? 0 : 1;
        }
        for (int i = 0; i < count; i++) {
            PresenceState state = state(tested[i]);
            sum += state == null ? 0 : state.id().hashCode() + state.metadata().size();
        }
        for (int i = 0; i < count; i++) {
            PresenceState state = state(tested[i]);
            sum += state == null ? 0 : state.id().charAt(0) + (state.metadata().containsKey("") ? 1 : 0);
        }
        read = sum;
    }

    private static @Nullable PresenceState state(@Nullable Entry entry) {
        return entry == null ? null : entry.state();
    }

    /** Reads what heartbeats of the ids from an index to another will read. Allocates nothing. */
    void heartbeats(List<String> ids, int from, int to, Access access) {
        boolean readsStates = access.dependsOnPresence();
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += entries.readAhead(PagedTable.hash(ids.get(i)));
        }
        for (int i = from; i < to; i++) {
            Entry entry = entries.probable(ids.get(i));
            sum += entry == null ? 0 : (int) entry.word() + entry.id().charAt(0);
            PresenceState state = readsStates ? state(entry) : null;
            sum += state == null ? 0 : (int) state.word();
        }
        read = sum;
    }

    /** Reads what upserts will read. */
    void upserts(List<PresenceUpsert> upserts) {
        int count = upserts.size();
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            ids[i] = PagedTable.hash(upserts.get(i).presenceId());
        }
        int sum = entries.readAhead(ids, count);
        @Nullable Entry[] found = new Entry[count];
        for (int i = 0; i < count; i++) {
            found[i] = entries.probable(upserts.get(i).presenceId());
        }
        for (int i = 0; i < count; i++) {
            sum += hashes(found[i]);
        }
        for (int i = 0; i < count; i++) {
            sum += characters(found[i]);
        }
        read = sum;
    }

    /* Reads the entry, its state, and the strings without their characters. */
    private static int hashes(@Nullable Entry entry) {
        PresenceState state = state(entry);
        return state == null ? 0 : state.id().hashCode() + state.userId().hashCode();
    }

    /* Neither an id nor a user is empty. */
    private static int characters(@Nullable Entry entry) {
        PresenceState state = state(entry);
        return state == null ? 0 : state.id().charAt(0) + state.userId().charAt(0);
    }
}
