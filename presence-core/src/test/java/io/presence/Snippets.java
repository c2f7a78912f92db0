package io.presence;

import io.presence.query.Query;
import java.time.Duration;
import java.util.Map;

/** The samples of the documentation, compiled and run. {@link SnippetsTest} compares them with the pages. */
final class Snippets {

    private Snippets() {}

    static void readme() {
        // @start region=readme
        PresenceStore store =
                PresenceStore.builder().defaultTtl(Duration.ofSeconds(30)).build();
        Presences ada = store.as(Principal.user("ada").team("blue").build());
        Presences bob = store.as(Principal.user("bob").team("blue").build());

        bob.subscribe(
                Channel.presences(),
                Subscription.Options.defaults().withSnapshot(),
                event -> System.out.println(
                        event.change() + " " + event.presence().status()),
                Query.equal("metadata.documentId", "plan"));

        // bob is told ENTER viewing
        ada.upsert(PresenceUpsert.of("ada-laptop", "viewing")
                .metadata(Map.of("documentId", "plan"))
                .permissions(Permission.read(Role.team("blue"))));
        // a heartbeat: it lives 30 seconds more, and nobody is told
        ada.touch("ada-laptop");
        // UPDATE typing
        ada.update("ada-laptop", PresencePatch.none().status("typing"));
        // EXIT typing: it no longer matches what bob asked for
        ada.update("ada-laptop", PresencePatch.none().metadata(Map.of()));
        // @end
        store.close();
    }

    static void tour() {
        // @start region=tour
        PresenceStore store =
                PresenceStore.builder().defaultTtl(Duration.ofSeconds(30)).build();

        // The host's own code is trusted, and says whose presence it writes.
        store.upsert(PresenceUpsert.of("tab-1", "ada", "online").metadata(Map.of("documentId", "plan")));
        // A heartbeat: false once it is gone.
        store.touch("tab-1");
        // What is not named stays.
        store.update("tab-1", PresencePatch.none().status("away"));

        // A principal sees and writes what it may.
        Presences bob = store.as(Principal.user("bob").team("blue").build());
        bob.upsert(PresenceUpsert.of("bob-phone", "online").permissions(Permission.read(Role.team("blue"))));

        // Live: what is there already, then every step, ENTER UPDATE* EXIT per presence.
        bob.subscribe(
                Channel.presences(),
                Subscription.Options.defaults().withSnapshot(),
                event -> System.out.println(
                        event.change() + " " + event.presence().id()),
                Query.equal("metadata.documentId", "plan"));
        // @end
        store.close();
    }

    static void store() {
        // @start region=store
        try (PresenceStore store = PresenceStore.builder().build()) {
            Presences ada = store.as(Principal.user("ada").build());
            ada.subscribe(Channel.presences(), System.out::println, Query.equal("status", "online"));
            ada.upsert(PresenceUpsert.of("tab-1", "online").expiresIn(Duration.ofSeconds(30)));
        }
        // @end
    }
}
