package io.presence.linear;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Version;
import io.presence.linear.Answer.Result;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories of a presence by hand: legal ones, and those that a broken store would give. */
class HistoryTest {

    private static final Version V1 = Version.of(1, 0);
    private static final Version V2 = Version.of(1, 1);
    private static final Version V3 = Version.of(2, 0);
    private static final Answer FOUND = Answer.of(Result.FOUND);
    private static final Answer ABSENT = Answer.of(Result.ABSENT);
    private static final Answer CONFLICT = Answer.of(Result.CONFLICT);

    private final List<Call> calls = new ArrayList<>();
    private long now;
    private long events;

    /* A call after all those before it. */
    private HistoryTest then(Operation operation, Answer answer) {
        calls.add(new Call(operation, answer, now, ++events, ++events));
        return this;
    }

    /* A call that overlaps all those after it, and none before it. */
    private HistoryTest meanwhile(Operation operation, Answer answer) {
        calls.add(new Call(operation, answer, now, ++events, Long.MAX_VALUE));
        return this;
    }

    private HistoryTest created(long ticks) {
        return then(Operation.upsert(0, ticks), Answer.of(Result.CREATED, V1));
    }

    private HistoryTest advance(long ticks) {
        now += ticks;
        calls.add(new Call(Operation.advance(ticks), Answer.advanced(now), now - ticks, ++events, ++events));
        return this;
    }

    private HistoryTest get(Version version) {
        return then(Operation.get(), Answer.of(Result.FOUND, version));
    }

    private HistoryTest absent() {
        return then(Operation.get(), ABSENT);
    }

    private void isLegal() {
        assertThat(new History(0, calls).isLinearizable()).as("%s", calls).isTrue();
    }

    private void isIllegal() {
        assertThat(new History(0, calls).isLinearizable()).as("%s", calls).isFalse();
    }

    @Test
    void get_untilDeadline_findsThePresence() {
        created(2).get(V1).advance(1).get(V1).advance(1).absent().isLegal();
    }

    @Test
    void get_fromDeadlineOn_findsNothing() {
        created(2).advance(2).get(V1).isIllegal();
    }

    @Test
    void get_beforeDeadline_missesNothing() {
        created(2).advance(1).absent().isIllegal();
    }

    @Test
    void touch_thatFoundIt_extendsTheDeadline() {
        created(2).advance(1).then(Operation.touch(0), FOUND).advance(1).get(V1).isLegal();
    }

    @Test
    void touch_thatFoundIt_isNotLost() {
        created(2)
                .advance(1)
                .then(Operation.touch(0), FOUND)
                .advance(1)
                .absent()
                .isIllegal();
    }

    @Test
    void touch_thatFoundNothing_extendsNothing() {
        created(2).advance(1).then(Operation.touch(0), ABSENT).isIllegal();
    }

    @Test
    void touch_afterItWasFoundExpired_revivesNothing() {
        created(1)
                .meanwhile(Operation.touch(2), FOUND)
                .advance(1)
                .absent()
                .get(V1)
                .isIllegal();
    }

    /* The touch has read the clock before it was advanced. */
    @Test
    void touch_besideTheDeadline_extendsFromAnEarlierTime() {
        created(1)
                .meanwhile(Operation.touch(2), FOUND)
                .advance(1)
                .get(V1)
                .advance(1)
                .absent()
                .isLegal();
    }

    @Test
    void delete_ofExpiredPresence_findsNothing() {
        created(1).advance(1).then(Operation.delete(), FOUND).isIllegal();
    }

    @Test
    void get_afterDelete_findsNothing() {
        created(2).then(Operation.delete(), FOUND).get(V1).isIllegal();
    }

    @Test
    void ifAbsent_ofTwoThreads_isCreatedOnce() {
        meanwhile(Operation.ifAbsent(0, 2), Answer.of(Result.CREATED, V1))
                .then(Operation.ifAbsent(0, 2), Answer.of(Result.CREATED, V3))
                .isIllegal();
    }

    @Test
    void ifAbsent_ofTwoThreads_conflictsOnce() {
        meanwhile(Operation.ifAbsent(0, 2), Answer.of(Result.CREATED, V1))
                .then(Operation.ifAbsent(0, 2), CONFLICT)
                .isLegal();
    }

    @Test
    void ifVersion_ofTwoThreads_succeedsOnce() {
        created(2)
                .meanwhile(Operation.ifVersion(1, 2, V1), Answer.of(Result.CHANGED, V2))
                .then(Operation.ifVersion(2, 2, V1), Answer.of(Result.CHANGED, Version.of(1, 2)))
                .isIllegal();
    }

    @Test
    void deleteOfVersion_afterChange_conflicts() {
        created(2).then(Operation.upsert(1, 2), Answer.of(Result.CHANGED, V2));
        then(Operation.delete(V1), CONFLICT).get(V2).isLegal();
        then(Operation.delete(V1), FOUND).isIllegal();
    }

    @Test
    void get_afterNewerVersionWasFound_doesNotFindTheOlder() {
        created(2)
                .meanwhile(Operation.upsert(1, 2), Answer.of(Result.CHANGED, V2))
                .get(V2)
                .get(V1)
                .isIllegal();
    }

    /* The change has set the deadline, and has not published its status yet. */
    @Test
    void get_besideChangeAfterDeadline_findsTheFormerVersion() {
        created(1)
                .meanwhile(Operation.upsert(1, 2), Answer.of(Result.CHANGED, V2))
                .advance(1)
                .get(V1)
                .get(V2)
                .isLegal();
    }

    @Test
    void unchangedWrite_withAnotherVersion_isIllegal() {
        created(2).then(Operation.upsert(0, 2), Answer.of(Result.UNCHANGED, V2)).isIllegal();
    }

    @Test
    void patch_ofLivePresence_leavesTheDeadline() {
        created(2).advance(1).then(Operation.patch(1), Answer.of(Result.CHANGED, V2));
        get(V2).advance(1).absent().isLegal();
    }

    @Test
    void patch_ofLivePresence_extendsNothing() {
        created(2).advance(1).then(Operation.patch(1), Answer.of(Result.CHANGED, V2));
        advance(1).get(V2).isIllegal();
    }
}
