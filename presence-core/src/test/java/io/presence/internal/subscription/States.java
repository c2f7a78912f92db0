package io.presence.internal.subscription;

import io.presence.PresenceUpsert;
import io.presence.internal.store.Clocks;
import io.presence.internal.store.DirtyQueue;
import io.presence.internal.store.PresenceState;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.TrustedAccess;
import io.presence.internal.store.TtlPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** States as a store makes them, each a millisecond after the one before. */
final class States {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private long millis;

    PresenceState of(PresenceUpsert upsert) {
        millis++;
        Clocks clocks = new Clocks(() -> millis * 1_000_000, () -> START.plusMillis(millis));
        TtlPolicy lifetimes = new TtlPolicy(Duration.ofMinutes(1), Duration.ofHours(1));
        return (PresenceState) new PresenceTable(clocks, lifetimes, new DirtyQueue(clocks, () -> {}), 1, List.of())
                .upsert(upsert, TrustedAccess.INSTANCE)
                .presence();
    }
}
