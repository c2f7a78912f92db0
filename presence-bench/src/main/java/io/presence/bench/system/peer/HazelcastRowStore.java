package io.presence.bench.system.peer;

import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.IndexConfig;
import com.hazelcast.config.IndexType;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryExpiredListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import com.hazelcast.query.Predicate;
import com.hazelcast.query.Predicates;
import io.presence.bench.system.peer.Interest.InDocument;
import io.presence.bench.system.peer.Interest.InZone;
import java.util.concurrent.TimeUnit;

/**
 * Hazelcast's IMap in this JVM with an entry listener for each interest. There is one member that looks for no others,
 * without backups or statistics. Rows are stored as objects, which is fastest for predicates. The map has an index,
 * which listeners do not use. Events have the semantics of the library: an update is an addition if the row matches
 * after it but not before, and a removal if the row matched before but not after. Writes do not wait for their
 * completion.
 */
public final class HazelcastRowStore implements RowStore {

    private static final String LOGGING = "hazelcast.logging.type";

    static {
        /* Suppresses messages before the configuration is read. */
        System.setProperty(LOGGING, "none");
    }

    private final HazelcastInstance member = Hazelcast.newHazelcastInstance(config());
    private final IMap<String, Row> rows = member.getMap("rows");

    private static Config config() {
        Config config = new Config();
        config.setProperty(LOGGING, "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.map.entry.filtering.natural.event.types", "true");
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.getMetricsConfig().setEnabled(false);
        config.getSerializationConfig()
                .addSerializerConfig(new SerializerConfig()
                        .setImplementation(new RowSerializer())
                        .setTypeClass(Row.class));
        config.addMapConfig(new MapConfig("rows")
                .setInMemoryFormat(InMemoryFormat.OBJECT)
                .setBackupCount(0)
                .setStatisticsEnabled(false)
                .addIndexConfig(new IndexConfig(IndexType.HASH, "documentId")));
        return config;
    }

    private record Listener(RowListener listener)
            implements EntryAddedListener<String, Row>,
                    EntryUpdatedListener<String, Row>,
                    EntryRemovedListener<String, Row>,
                    EntryExpiredListener<String, Row> {
        @Override
        public void entryAdded(EntryEvent<String, Row> event) {
            listener.enter(event.getKey(), event.getValue().number());
        }

        @Override
        public void entryUpdated(EntryEvent<String, Row> event) {
            listener.update(event.getKey(), event.getValue().number());
        }

        @Override
        public void entryRemoved(EntryEvent<String, Row> event) {
            listener.exit(event.getKey());
        }

        @Override
        public void entryExpired(EntryEvent<String, Row> event) {
            listener.exit(event.getKey());
        }
    }

    @Override
    public void listen(Interest interest, RowListener listener) {
        rows.addEntryListener(new Listener(listener), predicate(interest), true);
    }

    private static Predicate<String, Row> predicate(Interest interest) {
        if (interest instanceof InZone in) {
            return Predicates.and(Predicates.equal("zone", in.zone()), Predicates.equal("status", in.status()));
        }
        return Predicates.equal("documentId", ((InDocument) interest).documentId());
    }

    @Override
    public void upsert(Row row) {
        rows.setAsync(row.id(), row, TTL.toSeconds(), TimeUnit.SECONDS);
    }

    /* The operations of a partition run in the order of their arrival. */
    @Override
    public void ready() {
        var unused = rows.size();
    }

    @Override
    public void close() {
        member.shutdown();
    }
}
