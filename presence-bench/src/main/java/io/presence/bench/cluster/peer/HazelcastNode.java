package io.presence.bench.cluster.peer;

import com.hazelcast.config.Config;
import com.hazelcast.config.ReplicatedMapConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import com.hazelcast.replicatedmap.ReplicatedMap;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A member of Hazelcast with a ReplicatedMap, over TCP at given ports of the loopback interface. Rows are kept as
 * objects, without TTLs and statistics, and serialized field by field. All that is the fastest.
 */
final class HazelcastNode implements Node {

    private static final String LOGGING = "hazelcast.logging.type";
    private static final String MAP = "rows";

    static {
        /* Suppresses messages before the configuration is read. */
        System.setProperty(LOGGING, "none");
    }

    private final HazelcastInstance member;
    private final ReplicatedMap<String, Shown> rows;

    HazelcastNode(String cluster, List<Integer> ports, int port) {
        member = Hazelcast.newHazelcastInstance(config(cluster, ports, port));
        rows = member.getReplicatedMap(MAP);
    }

    private static Config config(String cluster, List<Integer> ports, int port) {
        Config config = new Config().setClusterName(cluster);
        config.setProperty(LOGGING, "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.getMetricsConfig().setEnabled(false);
        config.getNetworkConfig().setPort(port).setPortAutoIncrement(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true);
        ports.forEach(
                each -> config.getNetworkConfig().getJoin().getTcpIpConfig().addMember("127.0.0.1:" + each));
        config.getSerializationConfig()
                .addSerializerConfig(new SerializerConfig()
                        .setImplementation(new ShownSerializer())
                        .setTypeClass(Shown.class));
        return config.addReplicatedMapConfig(new ReplicatedMapConfig(MAP).setStatisticsEnabled(false));
    }

    private static final class ShownSerializer implements StreamSerializer<Shown> {
        @Override
        public int getTypeId() {
            return 1;
        }

        @Override
        public void write(ObjectDataOutput out, Shown row) throws IOException {
            out.writeString(row.id());
            out.writeString(row.userId());
            out.writeString(row.status());
        }

        @Override
        public Shown read(ObjectDataInput in) throws IOException {
            return new Shown(text(in), text(in), text(in));
        }

        private static String text(ObjectDataInput in) throws IOException {
            return Objects.requireNonNull(in.readString());
        }
    }

    @Override
    public void put(Shown row) {
        rows.put(row.id(), row);
    }

    @Override
    public void putAll(List<Shown> batch) {
        rows.putAll(batch.stream().collect(Collectors.toMap(Shown::id, row -> row)));
    }

    @Override
    public @Nullable String status(String id) {
        Shown found = rows.get(id);
        return found == null ? null : found.status();
    }

    @Override
    public void close() {
        member.shutdown();
    }
}
