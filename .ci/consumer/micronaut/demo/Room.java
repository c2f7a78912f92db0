package demo;

import io.presence.Channel;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import jakarta.inject.Singleton;

/** A bean that uses the store. */
@Singleton
final class Room {

    private final PresenceStore store;

    Room(PresenceStore store) {
        this.store = store;
    }

    void enter(String user) {
        store.subscribe(
                Channel.presences(),
                SubscriptionOptions.defaults().withSnapshot(),
                event -> System.out.println(event.change() + " " + event.presence().status()));
        store.upsert(PresenceUpsert.of(user, user, "reading"));
        store.delivered().toCompletableFuture().join();
    }
}
