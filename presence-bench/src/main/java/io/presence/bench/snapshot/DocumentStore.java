package io.presence.bench.snapshot;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.PresencePage;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.query.Query;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;

/** A store with an equal number of presences in each document, and an index of the documents. */
final class DocumentStore implements AutoCloseable {

    private static final String ATTRIBUTE = "documentId";
    private static final String PREFIX = "presence-";
    private static final int PAGE = 5000;

    private final PresenceStore store;
    private final int presences;
    private final int documents;

    DocumentStore(int presences, int each) {
        this.presences = presences;
        this.documents = presences / each;
        store = PresenceStore.builder()
                .defaultTtl(Duration.ofHours(1))
                .maxPresences(presences)
                .index("metadata." + ATTRIBUTE)
                .build();
        for (int i = 0; i < presences; i++) {
            write(i, "online");
        }
        store.flush().toCompletableFuture().join();
    }

    int documents() {
        return documents;
    }

    int presences() {
        return presences;
    }

    void write(int presence, String status) {
        store.upsert(PresenceUpsert.of(PREFIX + presence, "user-" + presence, status)
                .metadata(Map.of(ATTRIBUTE, document(presence % documents))));
    }

    private static String document(int document) {
        return "doc-" + document;
    }

    private static Query.Filter in(int document) {
        return Query.equal("metadata." + ATTRIBUTE, document(document));
    }

    /** Lists the presences of a document in pages of the maximum size. Returns their number. */
    int list(int document) {
        int listed = 0;
        PresencePage page;
        do {
            page = store.list(in(document), Query.limit(PAGE), Query.offset(listed));
            listed += page.presences().size();
        } while (listed < page.total());
        return listed;
    }

    /**
     * Subscribes to a document, waits for the end of its snapshot and closes the subscription. Returns the number of
     * presences.
     */
    int snapshot(int document) throws InterruptedException {
        SnapshotListener listener = new SnapshotListener();
        Subscription made = store.subscribe(
                Channel.presences(),
                SubscriptionOptions.defaults().withSnapshot().onDispatcher(),
                listener,
                in(document));
        listener.synced.await();
        made.close();
        return listener.entered;
    }

    /** Calls a function with each updated presence until the subscription is closed. */
    Subscription follow(IntConsumer changed) {
        Subscription made = store.subscribe(
                Channel.presences(), SubscriptionOptions.defaults().onDispatcher(), event -> {
                    if (event.change() == PresenceEvent.Change.UPDATE) {
                        changed.accept(number(event.presence().id()));
                    }
                });
        store.flush().toCompletableFuture().join();
        return made;
    }

    private static int number(String id) {
        return Integer.parseInt(id, PREFIX.length(), id.length(), 10);
    }

    private static final class SnapshotListener implements PresenceListener {
        private final CountDownLatch synced = new CountDownLatch(1);
        private int entered;

        @Override
        public void onEvent(PresenceEvent event) {
            if (event.change() == PresenceEvent.Change.ENTER) {
                entered++;
            }
        }

        @Override
        public void onSynced(long revision) {
            synced.countDown();
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
