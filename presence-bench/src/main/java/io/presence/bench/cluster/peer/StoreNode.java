package io.presence.bench.cluster.peer;

import io.presence.Presence;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.cluster.ClusterOptions;
import io.presence.cluster.ClusterTransport;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The library, with a thread of its own as by default. */
final class StoreNode implements Node {

    private static final Duration TTL = Duration.ofDays(1);

    private final PresenceStore store;

    StoreNode(ClusterTransport transport) {
        store = PresenceStore.builder()
                .defaultTtl(TTL)
                .maxPresences(Integer.MAX_VALUE)
                .cluster(ClusterOptions.over(transport))
                .build();
    }

    @Override
    public void put(Shown row) {
        store.upsert(upsert(row));
    }

    private static PresenceUpsert upsert(Shown row) {
        return PresenceUpsert.of(row.id(), row.userId(), row.status());
    }

    @Override
    public void putAll(List<Shown> rows) {
        store.upsertAll(rows.stream().map(StoreNode::upsert).toList());
    }

    @Override
    public @Nullable String status(String id) {
        Presence found = store.get(id);
        return found == null ? null : found.status();
    }

    @Override
    public long bytesSent() {
        return store.cluster().orElseThrow().bytesSent();
    }

    @Override
    public void close() {
        store.close();
    }
}
