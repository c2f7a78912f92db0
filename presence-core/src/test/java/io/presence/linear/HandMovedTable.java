package io.presence.linear;

import io.presence.Presence;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Version;
import io.presence.WriteResult;
import io.presence.internal.store.Clocks;
import io.presence.internal.store.DirtyQueue;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.TrustedAccess;
import io.presence.internal.store.TtlPolicy;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The table of a store without the rest of it, which takes a twentieth of the time to explore. */
final class HandMovedTable extends HandMovedPresences {

    private static final TtlPolicy TTL_POLICY = new TtlPolicy(Duration.ofMinutes(1), Duration.ofHours(1));
    private static final int MAX_PRESENCES = 8;

    private final PresenceTable table;

    HandMovedTable() {
        Clocks clocks = new Clocks(this::nanos, this::wall);
        table = new PresenceTable(clocks, TTL_POLICY, new DirtyQueue(clocks, () -> {}), MAX_PRESENCES, List.of());
        /* Each run of a history must have the same versions. */
        table.startIncarnations(new SplittableRandom(1));
    }

    @Override
    WriteResult upsert(PresenceUpsert upsert) {
        return table.upsert(upsert, TrustedAccess.INSTANCE);
    }

    @Override
    WriteResult update(String id, PresencePatch patch) {
        return table.update(id, patch, TrustedAccess.INSTANCE);
    }

    @Override
    boolean touch(String id, @Nullable Duration ttl) {
        return table.touch(id, ttl, TrustedAccess.INSTANCE);
    }

    @Override
    boolean delete(String id, @Nullable Version version) {
        return table.delete(id, version, TrustedAccess.INSTANCE);
    }

    @Override
    @Nullable Presence get(String id) {
        return table.get(id, TrustedAccess.INSTANCE);
    }
}
