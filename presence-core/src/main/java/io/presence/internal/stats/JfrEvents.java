package io.presence.internal.stats;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * The events of one store in JDK Flight Recorder. Loading this class fails if the module {@code jdk.jfr} is absent.
 *
 * <p><b>Cost.</b> One read of a flag while an event is not recorded: one instance of each event answers for all whether
 * it is enabled, so nothing is allocated.
 */
final class JfrEvents implements EventRecorder {

    private final String store;
    private final DispatchStall stall = new DispatchStall();
    private final LateExpiry lateExpiry = new LateExpiry();
    private final Conflation conflation = new Conflation();
    private final Reset reset = new Reset();

    JfrEvents(String store) {
        this.store = store;
    }

    /** The fields that all events have. */
    @Category("Presence")
    @StackTrace(false)
    abstract static class StoreEvent extends Event {
        @Label("Store")
        String store = "";
    }

    /** The event of a write that was dispatched late. */
    @Name("io.presence.DispatchStall")
    @Label("Dispatch Stall")
    @Description("The dispatcher has dispatched all writes, the oldest of them late")
    static final class DispatchStall extends StoreEvent {
        @Label("Lag")
        @Description("The time from the oldest write to its dispatch")
        @Timespan(Timespan.NANOSECONDS)
        long lag;
    }

    /** The event of an expiry that was dispatched late. */
    @Name("io.presence.LateExpiry")
    @Label("Late Expiry")
    @Description("The expiry of a presence was dispatched late")
    static final class LateExpiry extends StoreEvent {
        @Label("Presence Id")
        String presenceId = "";

        @Label("Lateness")
        @Description("The time from the deadline to the dispatch")
        @Timespan(Timespan.NANOSECONDS)
        long lateness;
    }

    /** The event of a listener that was called after changes were conflated. */
    @Name("io.presence.Conflation")
    @Label("Conflation")
    @Description("A listener received the net effect of changes that were pending")
    static final class Conflation extends StoreEvent {
        @Label("Subscription")
        String subscription = "";

        @Label("Changes")
        @Description("The changes since the previous call that were conflated with others or cancelled out")
        int changes;
    }

    /** The event of a subscription that was reset. */
    @Name("io.presence.Reset")
    @Label("Reset")
    @Description("A listener must discard its state, and receives a new snapshot if its channel has one")
    static final class Reset extends StoreEvent {
        @Label("Subscription")
        String subscription = "";
    }

    @Override
    public boolean isConflationRecorded() {
        return conflation.isEnabled();
    }

    @Override
    public boolean isResetRecorded() {
        return reset.isEnabled();
    }

    @Override
    public void dispatchStalled(long lagNanos) {
        if (stall.isEnabled()) {
            DispatchStall event = new DispatchStall();
            event.store = store;
            event.lag = lagNanos;
            event.commit();
        }
    }

    @Override
    public void expiredLate(String presenceId, long lateNanos) {
        if (lateExpiry.isEnabled()) {
            LateExpiry event = new LateExpiry();
            event.store = store;
            event.presenceId = presenceId;
            event.lateness = lateNanos;
            event.commit();
        }
    }

    @Override
    public void conflated(String subscription, int changes) {
        Conflation event = new Conflation();
        event.store = store;
        event.subscription = subscription;
        event.changes = changes;
        event.commit();
    }

    @Override
    public void reset(String subscription) {
        Reset event = new Reset();
        event.store = store;
        event.subscription = subscription;
        event.commit();
    }
}
