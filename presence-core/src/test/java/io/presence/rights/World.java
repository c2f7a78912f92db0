package io.presence.rights;

import static java.util.Objects.requireNonNull;

import io.presence.Presence;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.Presences;
import io.presence.cluster.ClusterOptions;
import io.presence.testing.LocalNetwork;
import io.presence.testing.ManualStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The presences that a test wrote, in the store whose readers are examined. In a cluster another node writes them.
 */
final class World implements AutoCloseable {

    private static final List<String> STATUSES = List.of("away", "online", "busy");

    final Map<String, Written> written = new LinkedHashMap<>();
    final Json json = new Json();
    private final ManualStore writer;
    private final ManualStore reader;

    private World(ManualStore writer, ManualStore reader) {
        this.writer = writer;
        this.reader = reader;
        settle();
    }

    static World ofOneNode() {
        ManualStore store = ManualStore.of(options());
        return new World(store, store);
    }

    static World ofTwoNodes() {
        LocalNetwork network = LocalNetwork.create();
        return new World(
                ManualStore.of(options().cluster(ClusterOptions.over(network.join("one")))),
                ManualStore.of(options().cluster(ClusterOptions.over(network.join("two")))));
    }

    private static PresenceStoreBuilder options() {
        return PresenceStore.builder()
                .index("metadata.room")
                .historySize(65_536)
                .lockPolicy((who, what) -> true);
    }

    boolean isCluster() {
        return writer != reader;
    }

    PresenceStore store() {
        return reader.store();
    }

    Presences as(Person person) {
        return store().as(person.principal());
    }

    /** Writes a presence, and lets a millisecond pass, so that no two presences have one time. */
    void write(Written presence) {
        pass();
        writer.store().upsert(presence.upsert());
        written.put(presence.id(), presence);
    }

    /** Writes the permissions and the status of a presence. */
    void update(Written presence) {
        pass();
        writer.store()
                .update(
                        presence.id(),
                        PresencePatch.none()
                                .status(presence.status())
                                .permissions(presence.upsert().permissions()));
        written.put(presence.id(), presence);
    }

    void delete(String id) {
        writer.store().delete(id);
        written.remove(id);
    }

    /** Writes a presence of ada for each grant, and one of bob. */
    void writeAll(List<List<String>> grants) {
        int number = 0;
        for (List<String> grant : grants) {
            String status = STATUSES.get(number % 3);
            write(new Written("a" + number, "ada", status, "room-" + number % 5, grant));
            write(new Written("b" + number, "bob", status, "room-" + number % 7, grant));
            number++;
        }
        settle();
    }

    private void pass() {
        writer.clock().advance(Duration.ofMillis(1));
        if (isCluster()) {
            reader.clock().advance(Duration.ofMillis(1));
        }
    }

    /** Dispatches and delivers everything on all nodes. */
    void settle() {
        writer.run();
        if (isCluster()) {
            reader.run();
            writer.run();
        }
    }

    /** The JSON of each presence that a person can read by the naive definition, by id. */
    Map<String, String> readableBy(Person person) {
        Map<String, String> readable = new TreeMap<>();
        for (Written presence : written.values()) {
            if (person.canRead(presence)) {
                readable.put(presence.id(), json(presence.id()));
            }
        }
        return readable;
    }

    /** The JSON of a presence as trusted code sees it. */
    String json(String id) {
        return json.of(present(id));
    }

    /** A presence as trusted code sees it. */
    Presence present(String id) {
        return requireNonNull(store().get(id), id);
    }

    @Override
    public void close() {
        writer.close();
        if (isCluster()) {
            reader.close();
        }
    }
}
