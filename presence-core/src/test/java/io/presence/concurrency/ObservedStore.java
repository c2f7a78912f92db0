package io.presence.concurrency;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import io.presence.query.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A caller-driven store on a clock that tests move, with a listener that was there from the start. */
final class ObservedStore implements AutoCloseable {

    static final String ID = "p";
    private static final long NANOS_PER_MILLI = 1_000_000;

    final AtomicLong millis = new AtomicLong();
    final ReceivedEvents delivered = new ReceivedEvents(millis::get);
    final PresenceStore store;

    ObservedStore() {
        this(PresenceStoreBuilder.DEFAULT_MAX_PRESENCES);
    }

    ObservedStore(int maxPresences) {
        this(PresenceStore.builder().maxPresences(maxPresences));
    }

    ObservedStore(PresenceStoreBuilder options) {
        store = options.callerDriven()
                .tick(Duration.ofMillis(1))
                .nanoClock(this::slowNanos)
                .wallClock(() -> Instant.ofEpochMilli(millis.get()))
                .build();
        store.subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), delivered);
        drain();
    }

    /* The store reads the clock between its looks at a presence: there a thread is easily overtaken. */
    private long slowNanos() {
        Lockstep.stagger();
        long nanos = millis.get() * NANOS_PER_MILLI;
        Lockstep.stagger();
        return nanos;
    }

    /** Writes the presence with this time left, and delivers all. */
    void begin(String status, long millisLeft) {
        store.upsert(upsert(status, millisLeft));
        drain();
        delivered.steps();
    }

    static PresenceUpsert upsert(String status, long millis) {
        return upsert(ID, status, millis);
    }

    static PresenceUpsert upsert(String id, String status, long millis) {
        return PresenceUpsert.of(id, "ada", status).expiresIn(Duration.ofMillis(millis));
    }

    void pass(long more) {
        millis.addAndGet(more);
    }

    void drain() {
        while (store.doWork() > 0) {
            Thread.onSpinWait();
        }
    }

    @Nullable Presence get() {
        return store.get(ID);
    }

    /** The live presences, by id. */
    Map<String, String> listed() {
        Map<String, String> listed = new HashMap<>();
        listed.putAll(
                ReceivedEvents.Presences.statuses(store.list(Query.limit(5000)).presences()));
        return listed;
    }

    @Override
    public void close() {
        store.close();
    }
}
