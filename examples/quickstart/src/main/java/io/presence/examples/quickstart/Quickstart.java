package io.presence.examples.quickstart;

import io.presence.*;
import io.presence.PresenceEvent.Cause;
import io.presence.query.Query;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Prints who is in a room. It takes three seconds, after which a presence without heartbeats has expired. */
public final class Quickstart {

    public static void main(String[] args) throws InterruptedException {
        run(System.out);
    }

    static void run(PrintStream out) throws InterruptedException {
        Query lobby = Query.equal("metadata.room", "lobby");
        CountDownLatch expired = new CountDownLatch(1);
        PresenceStoreBuilder options = PresenceStore.builder().index("metadata.room");
        try (PresenceStore store = options.defaultTtl(Duration.ofSeconds(3)).build()) {
            PresenceListener board = event -> {
                out.println(event.change() + " " + event.presence().userId() + " "
                        + event.presence().status());
                if (event.cause() == Cause.EXPIRED) expired.countDown();
            };
            store.subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), board, lobby);

            store.upsert(PresenceUpsert.of("ada-laptop", "ada", "reading").metadata(Map.of("room", "lobby")));
            store.upsert(PresenceUpsert.of("bob-phone", "bob", "reading").metadata(Map.of("room", "lobby")));
            store.delivered().toCompletableFuture().join(); // each listener has been called
            store.update("ada-laptop", PresencePatch.none().status("typing"));
            store.delivered().toCompletableFuture().join();
            out.println("in the lobby: " + store.count(lobby));
            while (!expired.await(200, TimeUnit.MILLISECONDS)) {
                store.touch("ada-laptop"); // a heartbeat; bob's phone has lost its network and sends none
            }
            store.update("ada-laptop", PresencePatch.none().metadata(Map.of("room", "kitchen")));
            store.delivered().toCompletableFuture().join();
            out.println("in the lobby: " + store.count(lobby));
        }
    }
}
