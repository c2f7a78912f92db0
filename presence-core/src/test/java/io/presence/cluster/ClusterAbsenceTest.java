package io.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.fixture.Promise;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A store that is no node of a cluster has none of its costs. */
class ClusterAbsenceTest {

    /* Of the fields of each primitive type. */
    private static final Map<Class<?>, Integer> BYTES =
            Map.of(long.class, 8, int.class, 4, short.class, 2, byte.class, 1, boolean.class, 1);

    private static final int REFERENCE_BYTES = 4;
    private static final int ENTRY_BYTES = 56;
    private static final int STATE_BYTES = 52;

    @Test
    @Promise("cluster-absence")
    void cluster_ofASingleStore_isEmpty() {
        try (PresenceStore store = PresenceStore.builder().callerDriven().build()) {
            store.upsert(PresenceUpsert.of("p", "u", "online"));
            store.doWork();
            assertThat(store.cluster()).isEmpty();
        }
    }

    @Test
    @Promise("cluster-absence")
    void threads_ofANode_areThoseOfASingleStore() {
        assertThat(threads(PresenceStore.builder())).isEqualTo(1);
        SimulatedNetwork network = new SimulatedNetwork(1);
        ClusterOptions options = ClusterOptions.over(network.join("a"));
        assertThat(threads(PresenceStore.builder().cluster(options))).isEqualTo(1);
    }

    private static int threads(PresenceStoreBuilder builder) {
        List<Thread> made = new ArrayList<>();
        try (PresenceStore store = builder.threadFactory(task -> {
                    Thread thread = new Thread(task);
                    made.add(thread);
                    return thread;
                })
                .build()) {
            store.upsert(PresenceUpsert.of("p", "u", "online"));
            store.flush().toCompletableFuture().join();
        }
        return made.size();
    }

    /* As small as without clusters. Fails if one of them gets a field for them. */
    @Test
    @Promise("cluster-absence")
    void objects_ofEachPresence_haveNoFieldForClusters() throws ClassNotFoundException {
        assertThat(bytesOfFields("io.presence.internal.store.Entry")).isEqualTo(ENTRY_BYTES);
        assertThat(bytesOfFields("io.presence.internal.store.PresenceState")).isEqualTo(STATE_BYTES);
    }

    private static int bytesOfFields(String name) throws ClassNotFoundException {
        int bytes = 0;
        for (Class<?> type = Class.forName(name); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    bytes += BYTES.getOrDefault(field.getType(), REFERENCE_BYTES);
                }
            }
        }
        return bytes;
    }

    @Test
    void transport_thatCannotStart_buildsNoStore() {
        ClusterTransport failing = new ClusterTransport() {
            @Override
            public void start(Receiver receiver) {
                throw new IllegalStateException("intended");
            }

            @Override
            public void broadcast(byte[] frame) {}

            @Override
            public void send(String member, byte[] frame) {}

            @Override
            public void close() {}
        };
        List<Thread> made = new ArrayList<>();
        PresenceStoreBuilder builder = PresenceStore.builder()
                .threadFactory(task -> {
                    made.add(new Thread(task));
                    return made.get(0);
                })
                .cluster(ClusterOptions.over(failing));

        assertThatThrownBy(builder::build).hasMessage("intended");
        assertThat(made).isEmpty();
    }
}
