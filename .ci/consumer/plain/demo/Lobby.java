package demo;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import io.presence.query.Query;
import java.util.Map;

/** The example of the README, and the version of the library as its users see it. */
public final class Lobby {

    private Lobby() {}

    /** Prints what the file {@code expected} holds. */
    public static void main(String[] args) {
        try (PresenceStore store = PresenceStore.builder().index("metadata.room").build()) {
            Query lobby = Query.equal("metadata.room", "lobby");
            store.subscribe(
                    Channel.presences(),
                    SubscriptionOptions.defaults().withSnapshot(),
                    event -> System.out.println(event.change() + " " + event.presence().status()),
                    lobby);
            store.upsert(PresenceUpsert.of("ada-laptop", "ada", "reading").metadata(Map.of("room", "lobby")));
            store.delivered().toCompletableFuture().join();
            store.touch("ada-laptop");
            store.update("ada-laptop", PresencePatch.none().status("typing"));
            store.delivered().toCompletableFuture().join();
            for (Presence presence : store.list(lobby).presences()) {
                System.out.println(presence.userId() + " is " + presence.status());
            }
        }
        System.out.println("version " + version());
    }

    private static String version() {
        Module module = PresenceStore.class.getModule();
        return module.isNamed()
                ? module.getDescriptor().rawVersion().orElse("none")
                : PresenceStore.class.getPackage().getImplementationVersion();
    }
}
