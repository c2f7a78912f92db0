package io.presence.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.Subscription.CloseReason;
import io.presence.property.ModelRecord.Shown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A listener that can be called late, be reset and change its principal, and checks each call against the model. A
 * test can make it throw or act in its next call. It has its own assembly since its checks depend on the principal.
 */
final class CheckedSlowListener implements PresenceListener {

    /** The assembled presences at a call of {@code onSynced}. */
    record Synced(long revision, ObservedView sight, Map<String, Shown> assembled) {}

    final Map<String, Shown> assembled;
    final List<Synced> synced = new ArrayList<>();
    private final Map<String, Long> revisions = new HashMap<>();
    /* The wanted view of the subscription, and the view for which presences are assembled. */
    private ObservedView wanted;
    private ObservedView sight;
    private boolean mustBeSilent;
    private long demand;
    boolean isPaused;
    boolean throwsNext;

    @Nullable Runnable next;

    @Nullable CloseReason closed;

    CheckedSlowListener(ObservedView sight, Map<String, Shown> known, long demand) {
        this.demand = demand;
        this.wanted = sight;
        this.sight = sight;
        this.assembled = new TreeMap<>(known);
    }

    /** This as a listener that takes batches. */
    PresenceListener.Batching batching() {
        return new PresenceListener.Batching() {
            @Override
            public void onEvents(List<PresenceEvent> events) {
                assertThat(events).isNotEmpty();
                CheckedSlowListener.this.onEvents(events);
            }

            @Override
            public void onSynced(long revision) {
                CheckedSlowListener.this.onSynced(revision);
            }

            @Override
            public void onReset() {
                CheckedSlowListener.this.onReset();
            }

            @Override
            public void onClosed(CloseReason reason) {
                CheckedSlowListener.this.onClosed(reason);
            }
        };
    }

    ObservedView wanted() {
        return wanted;
    }

    ObservedView sight() {
        return sight;
    }

    void switchTo(ModelCaller caller) {
        wanted = wanted.of(caller);
    }

    void addDemand(long more) {
        demand = demand + more < 0 ? Long.MAX_VALUE : demand + more;
    }

    void silence() {
        mustBeSilent = true;
    }

    boolean isSilent() {
        return mustBeSilent;
    }

    private void begin() {
        assertThat(isPaused).as("a call in a pause").isFalse();
        beginLast();
    }

    /* The end of a listener that paused and threw in one call is delivered. */
    private void beginLast() {
        assertThat(mustBeSilent).as("a call after the end").isFalse();
    }

    private void end() {
        Runnable action = next;
        next = null;
        if (action != null) {
            action.run();
        }
        if (throwsNext) {
            throwsNext = false;
            throw new IntendedFailure();
        }
    }

    @Override
    public void onEvent(PresenceEvent event) {
        onEvents(List.of(event));
    }

    private void onEvents(List<PresenceEvent> events) {
        begin();
        demand -= demand == Long.MAX_VALUE ? 0 : events.size();
        assertThat(demand).as("demand that is left").isNotNegative();
        events.forEach(this::take);
        end();
    }

    private void take(PresenceEvent event) {
        Shown delivered = Shown.of(event.presence());
        String id = delivered.id();
        if (wanted.channel().action() != null) {
            assertThat(event.action()).isEqualTo(wanted.channel().action());
        } else {
            chain(event, delivered);
        }
        Long before = revisions.put(id, event.revision());
        assertThat(before == null || before < event.revision())
                .as("after %s: %s", before, event)
                .isTrue();
        boolean isVisible =
                event.change() == PresenceEvent.Change.EXIT || wanted.sees(DispatchedChanges.record(event.presence()));
        assertThat(isVisible).as("%s sees %s", wanted, event).isTrue();
    }

    private void chain(PresenceEvent event, Shown delivered) {
        switch (event.change()) {
            case ENTER ->
                assertThat(assembled.put(delivered.id(), delivered))
                        .as("entered: %s", event)
                        .isNull();
            case UPDATE ->
                assertThat(assembled.put(delivered.id(), delivered))
                        .as("updated: %s", event)
                        .isNotNull()
                        .isEqualTo(Shown.of(event.previous()));
            case EXIT ->
                assertThat(assembled.remove(delivered.id()))
                        .as("left: %s", event)
                        .isEqualTo(delivered);
        }
    }

    @Override
    public void onSynced(long revision) {
        begin();
        sight = wanted;
        synced.add(new Synced(revision, sight, Map.copyOf(assembled)));
        end();
    }

    @Override
    public void onReset() {
        begin();
        assembled.clear();
        revisions.clear();
        end();
    }

    @Override
    public void onClosed(CloseReason reason) {
        beginLast();
        closed = reason;
        mustBeSilent = true;
        end();
    }
}
