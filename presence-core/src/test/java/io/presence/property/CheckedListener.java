package io.presence.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceListener;
import io.presence.property.ModelRecord.Shown;
import java.util.Map;
import java.util.TreeMap;

/**
 * A listener that assembles its events and checks them against the model: one ENTER and one EXIT per stay, rising
 * revisions, no presence that the caller cannot read or that does not match, and no expiry that the model denies.
 */
final class CheckedListener implements PresenceListener {

    private final StoreModel model;
    private final ModelCaller caller;
    private final QueryCase asked;
    private final Channel channel;
    private final Map<String, Shown> assembled = new TreeMap<>();
    private long revision = -1;
    private final Map<String, Long> revisions = new TreeMap<>();
    private final boolean isPrompt;
    private int synced;

    /**
     * Starts before anything was delivered.
     *
     * @param isPrompt whether each event is delivered before the next step, so that revisions rise; otherwise they do
     *     for
     * each
     *     presence
     */
    CheckedListener(StoreModel model, ModelCaller caller, QueryCase asked, Channel channel, boolean isPrompt) {
        this.isPrompt = isPrompt;
        this.model = model;
        this.caller = caller;
        this.asked = asked;
        this.channel = channel;
    }

    @Override
    public void onEvent(PresenceEvent event) {
        Shown delivered = Shown.of(event.presence());
        String id = delivered.id();
        long last = isPrompt ? revision : revisions.getOrDefault(id, -1L);
        assertThat(event.revision()).as("revision").isGreaterThan(synced == 0 ? last - 1 : last);
        revision = event.revision();
        revisions.put(id, revision);
        switch (event.change()) {
            case ENTER -> {
                assertThat(assembled).as("entered while inside: %s", event).doesNotContainKey(id);
                assembled.put(id, delivered);
            }
            case UPDATE -> {
                assertThat(event.previous()).as("previous of %s", event).isNotNull();
                assertThat(assembled.get(id)).as("updated: %s", event).isEqualTo(Shown.of(event.previous()));
                assembled.put(id, delivered);
            }
            case EXIT -> {
                assertThat(assembled.remove(id)).as("last delivered: %s", event).isEqualTo(delivered);
                Cause cause = event.cause();
                assertThat(cause).as("cause of %s", event).isNotNull();
                assertThat(!cause.isEnd() || model.hasEnded(id, delivered.createdAt(), cause))
                        .as("an end that was: %s", event)
                        .isTrue();
            }
        }
    }

    @Override
    public void onSynced(long atRevision) {
        synced++;
        revision = Math.max(revision, atRevision);
    }

    /** Compares with the model when nothing is undispatched. */
    void check(long tick) {
        assertThat(synced).as("synced").isEqualTo(1);
        Map<String, Shown> expected = new TreeMap<>();
        for (ModelRecord record : model.list(caller, asked)) {
            String one = channel.presenceId();
            if (one == null || one.equals(record.id())) {
                expected.put(record.id(), record.shown());
            }
        }
        Map<String, Shown> seen = new TreeMap<>(assembled);
        seen.keySet().removeIf(id -> !expected.containsKey(id) && model.isBetweenDeadlineAndTick(id, tick));
        assertThat(seen)
                .as("delivered to %s of %s on %s", caller, asked, channel)
                .isEqualTo(expected);
    }
}
