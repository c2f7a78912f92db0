package io.presence.cluster;

import io.presence.PresenceStore;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Map;

/**
 * The sizes of what a node keeps of others, by reflection.
 *
 * @param peers the nodes that are known
 * @param members the members that have a node
 * @param evicted the nodes that were evicted
 * @param ownershipIds the ids that have an owner
 * @param requests the ends that owners are asked for
 * @param kept those of them whose owner is lost
 * @param handedOver the presences that wait for their next owner
 * @param snapshots the snapshots that are being sent
 */
record ClusterMemory(
        int peers, int members, int evicted, int ownershipIds, int requests, int kept, int handedOver, int snapshots) {

    static ClusterMemory of(PresenceStore store) {
        return new ClusterMemory(
                size(store, "replication", "peers", "byNode"),
                size(store, "replication", "peers", "byMember"),
                size(store, "replication", "peers", "evicted"),
                size(store, "replication", "reconciler", "ownerships", "byId"),
                size(store, "replication", "reconciler", "requests", "byId"),
                size(store, "replication", "reconciler", "requests", "kept"),
                size(store, "replication", "changes", "handedOver"),
                size(store, "replication", "log", "snapshots", "running"));
    }

    private static int size(Object from, String... path) {
        Object at = from;
        for (String name : path) {
            at = read(at, name);
        }
        return at instanceof Map<?, ?> map ? map.size() : ((Collection<?>) at).size();
    }

    private static Object read(Object from, String name) {
        try {
            Field field = from.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(from);
        } catch (ReflectiveOperationException missing) {
            throw new AssertionError(missing);
        }
    }
}
