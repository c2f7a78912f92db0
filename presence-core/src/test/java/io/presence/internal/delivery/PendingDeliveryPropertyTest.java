package io.presence.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.fixture.Promise;
import io.presence.internal.delivery.PendingDeliveryPropertyTest.Move.Kind;
import io.presence.internal.store.PresenceState;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.BeforeTry;
import org.jspecify.annotations.Nullable;

/**
 * The pending changes of a listener against all the changes that they conflate, over random histories of few
 * presences: the delivered events, their order, and the delivered revision (invariants 3, 5 and 6).
 */
class PendingDeliveryPropertyTest {

    /** Something that happens: to a presence, or to what waits. */
    record Move(Kind kind, String id, int status, int most, int open) {
        enum Kind {
            UPSERT,
            UPDATE,
            DELETE,
            EXPIRE,
            TAKE,
            /** The draining thread takes the pending changes, or returns them. */
            HOLD,
            RESET,
            CHANGE_PRINCIPAL
        }
    }

    private ChangeSequence lives = new ChangeSequence();
    private AssembledView assembled = new AssembledView(lives);

    @BeforeTry
    void startAnew() {
        lives = new ChangeSequence();
        assembled = new AssembledView(lives);
    }

    private @Nullable StateChange step(Move move) {
        return switch (move.kind()) {
            case UPSERT -> lives.write(move.id(), move.status(), Action.UPSERT);
            case UPDATE -> lives.write(move.id(), move.status(), Action.UPDATE);
            case DELETE -> lives.end(move.id(), Cause.DELETED);
            case EXPIRE -> lives.end(move.id(), Cause.EXPIRED);
            default -> null;
        };
    }

    private boolean concerns(@Nullable StateChange step) {
        return step != null && (lives.sees(step.before()) || lives.sees(step.after()));
    }

    private void add(PendingDelivery waiting, StateChange step) {
        Cause cause = lives.causeAt(step.revision());
        waiting.add(step, FilterResult.of(lives.sees(step.before())), FilterResult.of(lives.sees(step.after())), cause);
    }

    /** Adds a step of which it is open whether the state before is seen, the state after, or both, as a move says. */
    private void addOpen(PendingDelivery waiting, StateChange step, int open) {
        FilterResult before = verdict(step.before(), (open & 1) != 0);
        FilterResult after = verdict(step.after(), (open & 2) != 0);
        if (before != FilterResult.NO || after != FilterResult.NO) {
            waiting.add(step, before, after, after == FilterResult.NO ? lives.causeAt(step.revision()) : null);
        }
    }

    private FilterResult verdict(@Nullable PresenceState state, boolean isOpen) {
        return isOpen && lives.mayRead(state) ? FilterResult.UNEVALUATED : FilterResult.of(lives.sees(state));
    }

    /** Decides what is open, as long as it may. */
    private record Decider(int operations) implements DrainContext {
        @Override
        public void filterEvaluated(long operations) {}

        @Override
        public void allEvaluated() {}

        @Override
        public Query.Filter filter() {
            return ChangeSequence.FILTER;
        }

        @Override
        public FilterBudget budget() {
            return new FilterBudget(operations);
        }
    }

    @Property(tries = 2_000)
    @Promise("previous-matches")
    void take_afterAnyChanges_deliversTheirNetEffect(@ForAll("streams") List<Move> moves) {
        PendingDelivery waiting = new PendingDelivery();
        MailboxModel owed = new MailboxModel();
        for (Move move : moves) {
            StateChange step = step(move);
            if (concerns(step)) {
                add(waiting, step);
                owed.add(step, lives.sees(step.after()), lives.causeAt(step.revision()));
            }
            if (move.kind() == Kind.TAKE) {
                take(waiting, owed, move.most());
            }
            assertThat(waiting.size()).isEqualTo(owed.size());
        }
        take(waiting, owed, Integer.MAX_VALUE);
        assertThat(waiting.isEmpty()).isTrue();
        assembled.checkIsNow();
    }

    private void take(PendingDelivery waiting, MailboxModel owed, int most) {
        List<PresenceEvent> expected = owed.take(most);
        ListenerCall call = waiting.take(most, null, NothingOpen.INSTANCE);
        assertThat(call == null ? List.of() : call.events()).isEqualTo(expected);
        if (call != null) {
            assembled.take(call);
            assembled.checkProgress(call);
        }
    }

    @Example
    void exact_afterIncarnationIsCancelledOut_isUndefined() {
        PendingDelivery waiting = new PendingDelivery();
        add(waiting, lives.write("a", 0, Action.UPSERT));
        assembled.take(waiting.take(1, null, NothingOpen.INSTANCE));
        add(waiting, lives.end("a", Cause.DELETED));
        add(waiting, lives.write("a", 0, Action.UPSERT));
        add(waiting, lives.write("b", 0, Action.UPSERT));
        add(waiting, lives.end("a", Cause.DELETED));

        ListenerCall left = waiting.take(1, null, NothingOpen.INSTANCE);

        assembled.take(left);
        assembled.checkProgress(left);
        assertThat(left.deliveredRevision()).isEqualTo(3);
        assertThat(left.exactRevision()).isEqualTo(-1);
    }

    /** The pending changes, as one object or as two of which the draining thread holds one, with the sync epochs. */
    private final class Box {
        private PendingDelivery waiting = new PendingDelivery();
        private @Nullable PendingDelivery held;
        private int join;
        private int joined;

        void add(StateChange step, int open) {
            addOpen(waiting, step, open);
        }

        void hold() {
            if (held == null) {
                held = waiting;
                waiting = new PendingDelivery();
            } else {
                held.add(waiting, outcome -> {});
                waiting = held;
                held = null;
            }
        }

        void startOver() {
            waiting.reset();
            lives.snapshot().forEach(step -> waiting.add(step, FilterResult.NO, FilterResult.YES, null));
            waiting.sync(lives.revision(), ++join);
        }

        void changePrincipal() {
            List<StateChange> steps = lives.changePrincipal();
            if (joined != join) {
                startOver();
                return;
            }
            for (StateChange step : steps) {
                boolean sees = lives.sees(step.after());
                waiting.add(
                        step,
                        FilterResult.of(!sees),
                        FilterResult.of(sees),
                        sees ? null : lives.causeAt(step.revision()));
            }
            waiting.sync(lives.revision(), ++join);
        }

        boolean take(int most, int operations) {
            ListenerCall call = (held == null ? waiting : held).take(most, null, new Decider(operations));
            if (call == null) {
                return false;
            }
            assembled.take(call);
            if (call.kind() == ListenerCall.Kind.SYNCED) {
                joined = call.syncEpoch();
            }
            if (joined == join) {
                assembled.checkProgress(call);
            }
            return true;
        }

        void drain() {
            if (held != null) {
                hold();
            }
            while (take(2, 1)) {
                /* Until nothing waits. */
            }
            assertThat(waiting.size()).isZero();
            assertThat(joined).isEqualTo(join);
            assembled.checkIsNow();
        }
    }

    @Property(tries = 2_500)
    @Promise("slow-listener-memory")
    void take_withBatchesAndResets_addsUpToTheFinalState(@ForAll("histories") List<Move> moves) {
        Box box = new Box();
        for (Move move : moves) {
            switch (move.kind()) {
                case TAKE -> box.take(move.most(), 400 * move.open());
                case HOLD -> box.hold();
                case RESET -> box.startOver();
                case CHANGE_PRINCIPAL -> box.changePrincipal();
                default -> {
                    StateChange step = step(move);
                    if (step != null) {
                        box.add(step, move.open());
                    }
                }
            }
            assertThat(box.waiting.size()).isLessThanOrEqualTo(2 * IDS.length);
        }
        box.drain();
    }

    @Property(tries = 1_000)
    void add_ofLaterPending_equalsAddingAllToOne(
            @ForAll("streams") List<Move> earlier, @ForAll("streams") List<Move> later) {
        PendingDelivery older = new PendingDelivery();
        PendingDelivery newer = new PendingDelivery();
        PendingDelivery whole = new PendingDelivery();
        for (Move move : earlier) {
            addTo(move, older, whole);
            if (move.kind() == Kind.TAKE) {
                assertSameCall(older, whole, move.most(), NothingOpen.INSTANCE);
            }
        }
        later.forEach(move -> addTo(move, newer, whole));
        older.add(newer, outcome -> {});
        assertThat(older.size()).isEqualTo(whole.size());
        assertThat(drained(older)).isEqualTo(drained(whole));
    }

    /* An open change can stay open longer in two objects than in one, where a later change has decided it. */
    @Property(tries = 1_000)
    void add_ofLaterOpenPending_equalsAddingAllToOne(
            @ForAll("streams") List<Move> earlier, @ForAll("streams") List<Move> later) {
        PendingDelivery older = new PendingDelivery();
        PendingDelivery newer = new PendingDelivery();
        PendingDelivery whole = new PendingDelivery();
        for (Move move : earlier) {
            addOpenTo(move, older, whole);
            if (move.kind() == Kind.TAKE) {
                assertSameCall(older, whole, move.most(), new Decider(move.status()));
            }
        }
        later.forEach(move -> addOpenTo(move, newer, whole));
        older.add(newer, outcome -> {});
        assertThat(drained(older)).isEqualTo(drained(whole));
        assertThat(older.isEmpty()).isTrue();
    }

    private static void assertSameCall(PendingDelivery one, PendingDelivery other, int most, DrainContext drain) {
        assertThat(parts(one.take(most, null, drain))).isEqualTo(parts(other.take(most, null, drain)));
    }

    private static List<Object> parts(@Nullable ListenerCall call) {
        return call == null
                ? List.of()
                : List.of(
                        call.kind(),
                        call.events(),
                        call.syncedAt(),
                        call.syncEpoch(),
                        call.deliveredRevision(),
                        call.exactRevision());
    }

    private void addTo(Move move, PendingDelivery one, PendingDelivery other) {
        StateChange step = step(move);
        if (concerns(step)) {
            add(one, step);
            add(other, step);
        }
    }

    private void addOpenTo(Move move, PendingDelivery one, PendingDelivery other) {
        StateChange step = step(move);
        if (step != null) {
            addOpen(one, step, move.open());
            addOpen(other, step, move.open());
        }
    }

    /*
     * By presence, since who came and went untold, and comes again, may keep its place or lose it. Without the cause of
     * an exit, since who left, came again and left, all untold, may have left the one time or the other.
     */
    private static TreeMap<String, List<String>> drained(PendingDelivery waiting) {
        TreeMap<String, List<String>> lines = new TreeMap<>();
        ListenerCall call;
        while ((call = waiting.take(1, null, new Decider(1))) != null) {
            for (PresenceEvent event : call.events()) {
                long revision = event.change() == Change.EXIT ? 0 : event.revision();
                String line = event.change() + " " + revision + " " + System.identityHashCode(event.presence());
                lines.computeIfAbsent(event.presence().id(), id -> new ArrayList<>())
                        .add(line);
            }
        }
        return lines;
    }

    private static final String[] IDS = {"a", "b", "c"};

    @Provide
    Arbitrary<List<Move>> streams() {
        return moves(Arbitraries.frequency(
                        Tuple.of(4, Kind.UPSERT),
                        Tuple.of(4, Kind.UPDATE),
                        Tuple.of(2, Kind.DELETE),
                        Tuple.of(1, Kind.EXPIRE),
                        Tuple.of(3, Kind.TAKE)))
                .list()
                .ofMaxSize(30);
    }

    @Provide
    Arbitrary<List<Move>> histories() {
        return moves(Arbitraries.frequency(
                        Tuple.of(4, Kind.UPSERT),
                        Tuple.of(4, Kind.UPDATE),
                        Tuple.of(3, Kind.DELETE),
                        Tuple.of(6, Kind.TAKE),
                        Tuple.of(3, Kind.HOLD),
                        Tuple.of(1, Kind.RESET),
                        Tuple.of(1, Kind.CHANGE_PRINCIPAL)))
                .list()
                .ofMaxSize(60);
    }

    private static Arbitrary<Move> moves(Arbitrary<Kind> kinds) {
        return Combinators.combine(
                        kinds,
                        Arbitraries.of(IDS),
                        Arbitraries.integers().between(0, ChangeSequence.STATUSES - 1),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.frequency(Tuple.of(3, 0), Tuple.of(1, 1), Tuple.of(1, 2), Tuple.of(3, 3)))
                .as(Move::new);
    }
}
