package io.presence.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceEvent.Action;
import io.presence.WriteResult.Outcome;
import io.presence.internal.index.SecondaryIndexes;
import io.presence.query.AttributePath;
import java.util.AbstractMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An entry whose indexes fail at one of the values that they read. The postings agree with the state that is published,
 * whichever value it is.
 */
class EntryFailuresTest {

    private static final long TTL = 1_000_000_000;
    private static final String FAILURE = "no memory, on purpose";

    private final SecondaryIndexes<Entry> indexes =
            new SecondaryIndexes<>(List.of(AttributePath.of("status"), AttributePath.of("metadata", "room")));
    private final CapacityLimits capacity = new CapacityLimits(1, null);
    private final Entry entry = new Entry("p", 0, TTL, null);
    private final PresenceState online = PresenceState.initial(fields("online", "1"), 1, 0, 0, TTL);
    private final PresenceState away = online.replaced(fields("away", "2"), 5, 0, TTL, Outcome.REPLACED);
    /* The number of values that are read before one fails. */
    private int left = Integer.MAX_VALUE;

    /** Metadata whose value can't be read if the test says so, once. */
    private final class Metadata extends AbstractMap<String, Object> {

        private final String room;

        Metadata(String room) {
            this.room = room;
        }

        @Override
        public Object get(Object key) {
            if (left-- == 0) {
                throw new IllegalStateException(FAILURE);
            }
            return room;
        }

        @Override
        public boolean containsKey(Object key) {
            return true;
        }

        @Override
        public Set<Map.Entry<String, Object>> entrySet() {
            return Map.<String, Object>of("room", room).entrySet();
        }
    }

    private PresenceFields fields(String status, String room) {
        return new PresenceFields("p", "ada", status, null, new Metadata(room), null, null);
    }

    /* Reads a number of values, then fails once. */
    private void failAfter(int values, Runnable write) {
        left = values;
        try {
            write.run();
        } catch (IllegalStateException failed) {
            assertThat(failed).hasMessage(FAILURE);
        } finally {
            left = Integer.MAX_VALUE;
        }
    }

    private void assertPostingsAgree() {
        Set<PresenceState> posted = new HashSet<>();
        for (PresenceState state : new PresenceState[] {entry.state(), entry.dispatched()}) {
            if (state != null) {
                posted.add(state);
            }
        }
        assertThat(indexes.size()).isEqualTo(2L * posted.size());
        posted.forEach(state -> indexes.removePostings(entry, state, null, null));
        assertThat(indexes.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void publishFirst_thatFails_leavesNoPosting(int values) {
        failAfter(values, () -> entry.publishFirst(online, indexes));

        assertPostingsAgree();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void publish_thatFails_keepsThePostingsOfTheStateThatIsPublished(int values) {
        entry.publishFirst(online, indexes);
        failAfter(values, () -> entry.publish(away, 5, TTL, Action.UPSERT, indexes));

        assertPostingsAgree();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void publish_thatFailsAfterADispatch_keepsThePostingsOfBoth(int values) {
        entry.publishFirst(online, indexes);
        dispatch();
        failAfter(values, () -> entry.publish(away, 5, TTL, Action.UPSERT, indexes));

        assertPostingsAgree();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void recordDispatched_thatFails_isDoneAgain(int values) {
        entry.publishFirst(online, indexes);
        dispatch();
        entry.publish(away, 5, TTL, Action.UPSERT, indexes);
        failAfter(values, this::dispatch);

        assertThat(entry.dispatched()).isSameAs(away);
        assertPostingsAgree();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})
    void delete_thatFails_isAnEndWhosePostingsAreRemovedLater(int values) {
        entry.publishFirst(online, indexes);
        dispatch();
        entry.publish(away, 5, TTL, Action.UPSERT, indexes);
        failAfter(values, () -> entry.delete(6, Ending.DELETED, capacity, indexes));
        assertThat(entry.holding()).isEqualTo(Ending.DELETED);
        entry.recordDispatched(null, 2, indexes);
        entry.clearState(indexes);

        assertThat(indexes.size()).isZero();
    }

    @Test
    void recordDispatched_whileTheEndIsStillIndexed_keepsItsPostings() {
        entry.publishFirst(online, indexes);
        dispatch();
        failAfter(0, () -> entry.delete(6, Ending.DELETED, capacity, indexes));
        assertThat(entry.has(Entry.INDEXED)).isTrue();
        entry.recordDispatched(null, 2, indexes);
        assertThat(indexes.size()).isEqualTo(2);

        entry.clearState(indexes);
        assertThat(indexes.size()).isZero();
    }

    private void dispatch() {
        entry.recordDispatched(entry.state(), 1, indexes);
    }
}
