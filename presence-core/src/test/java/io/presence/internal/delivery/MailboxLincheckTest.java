package io.presence.internal.delivery;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.internal.stats.Counters;
import io.presence.internal.store.PresenceState;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A dispatcher that fills a mailbox and a thread that drains it, explored by Lincheck and compared with the
 * {@link MailboxModel}, which one thread uses.
 *
 * <p>A drain may find nothing because the dispatcher has the content at that moment. Then the dispatcher will signal.
 * So the drain of this test is repeated if the dispatcher was there. No presence enters twice, since its place among
 * the others is not specified then.
 *
 * <p><b>Mutation evidence.</b> This fails with a mailbox that returns content without comparing with null, and with one
 * that conflates the older content after the newer.
 */
public class MailboxLincheckTest {

    /* The changes that the dispatcher enqueues: as many as a history can enqueue. */
    private static final List<StateChange> CHANGES = changes();

    private static final int ORDERS = Integer.getInteger("lincheck.orders", 60);

    private final Mailbox mailbox = new Mailbox(new Counters());
    private int next;
    private volatile int dispatched;

    private static List<StateChange> changes() {
        ChangeSequence sequence = new ChangeSequence();
        return List.of(
                sequence.write("a", 0, Action.UPSERT),
                sequence.write("b", 0, Action.UPSERT),
                sequence.write("a", 2, Action.UPDATE),
                sequence.write("b", 2, Action.UPDATE),
                requireNonNull(sequence.end("a", Cause.EXPIRED)),
                sequence.write("c", 0, Action.UPSERT),
                requireNonNull(sequence.end("b", Cause.EXPIRED)),
                sequence.write("c", 2, Action.UPDATE),
                sequence.write("d", 0, Action.UPSERT));
    }

    private static boolean isVisible(@Nullable PresenceState state) {
        return state != null;
    }

    private static @Nullable Cause cause(StateChange change) {
        return isVisible(change.after()) ? null : Cause.EXPIRED;
    }

    /** Enqueues the next change. */
    @Operation(nonParallelGroup = "dispatcher")
    public void add() {
        StateChange change = CHANGES.get(next++);
        dispatched++;
        mailbox.add(
                change,
                FilterResult.of(isVisible(change.before())),
                FilterResult.of(isVisible(change.after())),
                cause(change));
        dispatched++;
    }

    /** Takes one event. */
    @Operation(nonParallelGroup = "drain")
    public String take() {
        while (true) {
            int before = dispatched;
            ListenerCall call = mailbox.take(1, null, NothingUnevaluated.INSTANCE);
            if (call != null) {
                return text(call.events());
            }
            if (before == dispatched && before % 2 == 0) {
                return "";
            }
        }
    }

    private static String text(List<PresenceEvent> events) {
        List<String> lines = new ArrayList<>();
        for (PresenceEvent event : events) {
            lines.add(event.change() + " " + event.revision() + " "
                    + event.presence().id());
        }
        return String.join(", ", lines);
    }

    @Test
    void takeAndAdd_inExploredOrders_areLinearizable() {
        new ModelCheckingOptions()
                .iterations(6)
                .invocationsPerIteration(ORDERS)
                .threads(2)
                .actorsBefore(2)
                .actorsPerThread(3)
                .actorsAfter(4)
                .sequentialSpecification(OneThread.class)
                .check(MailboxLincheckTest.class);
    }

    /** The specification. */
    public static class OneThread {

        private final MailboxModel model = new MailboxModel();
        private int next;

        /** Enqueues the next change. */
        public void add() {
            StateChange change = CHANGES.get(next++);
            model.add(change, isVisible(change.after()), cause(change));
        }

        /** Takes one event. */
        public String take() {
            return text(model.take(1));
        }
    }
}
