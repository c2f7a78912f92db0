package io.presence.internal.store;

import static io.presence.fixture.Allocations.assertAllocatesNothing;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Permission;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceUpsert;
import io.presence.Role;
import io.presence.internal.index.SecondaryIndexes;
import io.presence.query.AttributePath;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One entry by one thread: its states, its postings, and the capacity that it claims. */
class EntryTest {

    private static final long TTL = 10_000_000_000L;
    private static final PresenceUpsert ONLINE = PresenceUpsert.of("p", "ada", "online");
    private static final PresenceUpsert AWAY = PresenceUpsert.of("p", "ada", "away");
    private static final PresenceUpsert LADDERED = ONLINE.idle(Duration.ofNanos(TTL / 2), "away");

    private final SecondaryIndexes<Entry> indexes = new SecondaryIndexes<>(List.of(AttributePath.of("status")));
    private final CapacityLimits capacity = new CapacityLimits(1, null);
    private final Entry entry = new Entry("p", 0, TTL, null);
    private final PresenceState online = initial(ONLINE);

    private static PresenceState initial(PresenceUpsert upsert) {
        return PresenceState.initial(PresenceFields.of(upsert, "p", "ada", 0), 1, 0, 0, TTL);
    }

    private PresenceState replaced(PresenceUpsert upsert, long now, long ttl) {
        return online.replaced(upsert, now, 0, ttl);
    }

    private boolean publish(PresenceState next, long now, long ttl) {
        return entry.publish(next, now, ttl, Action.UPSERT, indexes);
    }

    private CapturedChange capture(Entry captured, long now) {
        CapturedChange change = new CapturedChange();
        captured.capture(now, capacity, indexes, change);
        return change;
    }

    private void dispatch(long now) {
        PresenceState last = capture(entry, now).last();
        entry.recordDispatched(last, 1, indexes);
    }

    @Test
    void publishFirst_ofAState_indexesIt() {
        assertThat(entry.owner()).isNull();
        assertThat(entry.liveState(0)).isNull();
        entry.publishFirst(online, indexes);

        assertThat(indexes.size()).isEqualTo(1);
        assertThat(entry.owner()).isEqualTo("ada");
        assertThat(entry.liveState(TTL - 1)).isSameAs(online);
        assertThat(capture(entry, 0).actions()).isEqualTo(ActionSet.mask(Action.UPSERT));
    }

    @Test
    void capture_ofALiveEntry_allocatesNothing() {
        entry.publishFirst(online, indexes);
        CapturedChange change = new CapturedChange();
        assertAllocatesNothing(() -> entry.capture(0, capacity, indexes, change));
        assertThat(change.last()).isSameAs(online);
    }

    @Test
    void publish_beforeTheFirstDispatch_movesThePosting() {
        entry.publishFirst(online, indexes);
        PresenceState away = replaced(AWAY, 5, TTL);

        assertThat(publish(away, 5, TTL)).isTrue();
        assertThat(entry.state()).isSameAs(away);
        assertThat(indexes.size()).isEqualTo(1);
    }

    @Test
    void publish_afterTheDispatch_keepsThePostingOfBoth() {
        entry.publishFirst(online, indexes);
        dispatch(0);
        publish(replaced(AWAY, 5, TTL), 5, TTL);
        assertThat(indexes.size()).isEqualTo(2);

        dispatch(5);
        assertThat(indexes.size()).isEqualTo(1);
    }

    @Test
    void recordDispatched_ofAnOlderState_indexesThatToo() {
        entry.publishFirst(online, indexes);
        capture(entry, 0);
        publish(replaced(AWAY, 5, TTL), 5, TTL);
        entry.recordDispatched(online, 7, indexes);

        assertThat(indexes.size()).isEqualTo(2);
        assertThat(entry.dispatched()).isSameAs(online);
        assertThat(entry.dispatchedRevision()).isEqualTo(7);
    }

    @Test
    void publish_atTheDeadline_changesNothing() {
        entry.publishFirst(online, indexes);

        assertThat(publish(replaced(AWAY, TTL, TTL), TTL, TTL)).isFalse();
        assertThat(entry.state()).isSameAs(online);
        assertThat(entry.liveState(0)).isNull();
        assertThat(indexes.size()).isEqualTo(1);
    }

    @Test
    void publish_withAnEarlierDeadline_setsIt() {
        entry.publishFirst(online, indexes);
        assertThat(publish(replaced(AWAY, 5, 100), 5, 100)).isTrue();

        assertThat(entry.deadline()).isEqualTo(105);
        assertThat(entry.ttl()).isEqualTo(100);
    }

    @Test
    void publish_withOtherPermissions_beginsAnEpoch() {
        entry.publishFirst(online, indexes);
        long before = entry.word();
        PresenceState shared = replaced(ONLINE.permissions(Permission.read(Role.any())), 5, 100);
        assertThat(publish(shared, 5, 100)).isTrue();

        assertThat(entry.deadline()).isEqualTo(105);
        assertThat(Lease.isSameEpoch(entry.word(), before)).isFalse();
        assertThat(Lease.isSameEpoch(entry.word(), shared.word())).isTrue();
    }

    /* A reader that was suspended between its reads of state and word: the word is three epochs ahead, modulo 4. */
    @Test
    void advanceEpoch_ofAStateThatWasReplacedThreeTimes_changesNothing() {
        entry.publishFirst(online, indexes);
        long stale = online.word();
        for (int i = 1; i <= 3; i++) {
            PresenceUpsert upsert = i % 2 == 0 ? ONLINE : ONLINE.permissions(Permission.read(Role.any()));
            PresenceState next = requireNonNull(entry.state()).replaced(upsert, 5L * i, 0, 100);
            assertThat(publish(next, 5L * i, 100)).isTrue();
        }
        long word = entry.word();
        assertThat(Lease.isSameEpoch(word + 1, stale)).isTrue();

        entry.advanceEpoch(stale);
        assertThat(entry.word()).isEqualTo(word);
        assertThat(entry.deadline()).isEqualTo(115);
    }

    @Test
    void permitting_whileAnEpochChanges_isTheWordOfTheState() {
        entry.publishFirst(online, indexes);
        PresenceState shared = replaced(ONLINE.permissions(Permission.read(Role.any())), 5, 100);
        long before = entry.word();
        assertThat(entry.permitting(shared, before)).isEqualTo(before);

        entry.startEpochChange();
        assertThat(entry.permitting(shared, before)).isEqualTo(shared.word()).isNotEqualTo(before);
        assertThat(entry.has(Entry.CAPTURED_ALIVE)).isFalse();

        publish(shared, 5, 100);
        assertThat(entry.isChangingEpoch()).isFalse();
        assertThat(entry.permitting(shared, entry.word())).isEqualTo(entry.word());
    }

    @Test
    void end_ofAnEntry_releasesItsPlaceAndItsPostings() {
        entry.acquire(capacity, null);
        entry.publishFirst(online, indexes);
        assertThat(capacity.acquireLive()).isFalse();
        assertThat(entry.delete(5, Ending.DELETED, capacity, indexes)).isTrue();

        assertThat(indexes.size()).isZero();
        assertThat(capacity.acquireLive()).isTrue();
        entry.end(Ending.EXPIRED, capacity, indexes);
        assertThat(entry.holding()).isEqualTo(Ending.DELETED);
    }

    @Test
    void recordDispatched_ofTheEnd_removesTheLastPosting() {
        entry.publishFirst(online, indexes);
        dispatch(0);
        entry.delete(5, Ending.DELETED, capacity, indexes);
        assertThat(indexes.size()).isEqualTo(1);
        entry.recordDispatched(null, 2, indexes);

        assertThat(indexes.size()).isZero();
        assertThat(entry.dispatched()).isNull();
    }

    @Test
    void clearState_ofAnEndThatIsStillIndexed_removesThePosting() {
        entry.publishFirst(online, indexes);
        entry.set(Entry.INDEXED);
        entry.clearState(indexes);

        assertThat(entry.state()).isNull();
        assertThat(indexes.size()).isZero();
        assertThat(entry.has(Entry.INDEXED)).isFalse();
    }

    @Test
    void capture_ofAnEndOfAnotherNode_isRemote() {
        entry.publishFirst(online, indexes);
        entry.delete(5, Ending.REMOTE_LOST, capacity, indexes);
        assertThat(capture(entry, 5).isRemote()).isTrue();

        Entry own = new Entry("p", 0, TTL, null);
        own.publishFirst(online, indexes);
        own.delete(5, Ending.DELETED, capacity, indexes);
        assertThat(capture(own, 5).isRemote()).isFalse();
    }

    @Test
    void capture_atTheDeadline_isAnExpiry() {
        entry.publishFirst(online, indexes);
        assertThat(capture(entry, TTL - 1).end()).isNull();

        assertThat(capture(entry, TTL).end()).isEqualTo(Ending.EXPIRED.cause());
    }

    @Test
    void isUncaptured_onceCapturedAlive_isFalse() {
        entry.publishFirst(online, indexes);
        assertThat(entry.isUncaptured()).isTrue();
        capture(entry, 0);

        assertThat(entry.isUncaptured()).isFalse();
    }

    @Test
    void supersedeBy_ofACapturedEntry_makesItThePredecessor() {
        entry.publishFirst(online, indexes);
        dispatch(0);
        assertThat(entry.markDirty()).isTrue();
        Entry next = new Entry("p", 5, TTL, null);
        entry.supersedeBy(next);

        assertThat(entry.isRemoved()).isTrue();
        assertThat(next.predecessor()).isSameAs(entry);
        assertThat(next.isUncaptured()).isFalse();
        assertThat(next.isDirty()).isTrue();
    }

    @Test
    void supersedeBy_ofAnEntryThatWasNeverCaptured_passesItsPredecessorOn() {
        entry.publishFirst(online, indexes);
        Entry next = new Entry("p", 5, TTL, null);
        entry.supersedeBy(next);

        assertThat(next.predecessor()).isNull();
        assertThat(next.isUncaptured()).isTrue();
        assertThat(next.isDirty()).isFalse();
    }

    @Test
    void restoreFrom_aSuccessor_takesTheEntryBackButNotTheLife() {
        entry.acquire(capacity, null);
        entry.publishFirst(online, indexes);
        entry.delete(5, Ending.DELETED, capacity, indexes);
        Entry next = new Entry("p", 5, TTL, null);
        assertThat(next.inherit(entry, capacity, null)).isNull();
        entry.supersedeBy(next);
        entry.restoreFrom(next, capacity, null);

        assertThat(entry.isRemoved()).isFalse();
        assertThat(next.isRemoved()).isTrue();
        assertThat(capacity.acquireLive()).isTrue();
        entry.release(capacity);
        assertThat(capacity.entries()).isZero();
    }

    @Test
    void markDirty_twice_isTrueOnce() {
        assertThat(entry.isDirty()).isFalse();
        assertThat(entry.markDirty()).isTrue();
        assertThat(entry.markDirty()).isFalse();
        assertThat(entry.isDirty()).isTrue();
        entry.clearDirty();

        assertThat(entry.isDirty()).isFalse();
        assertThat(entry.markDirty()).isTrue();
    }

    @Test
    void dueAt_withOrWithoutALadder_isTheNextRungOrTheDeadline() {
        assertThat(entry.dueAt()).isEqualTo(TTL);
        entry.publishFirst(initial(LADDERED), indexes);
        assertThat(entry.dueAt()).isEqualTo(TTL / 2);

        Entry plain = new Entry("p", 0, TTL, null);
        plain.publishFirst(online, indexes);
        assertThat(plain.dueAt()).isEqualTo(TTL);
        Entry remote = Entry.remote("p", 0);
        remote.publishFirst(initial(LADDERED), indexes);
        assertThat(remote.dueAt()).isEqualTo(Lease.REMOTE);
    }
}
