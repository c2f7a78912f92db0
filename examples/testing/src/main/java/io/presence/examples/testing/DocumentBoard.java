package io.presence.examples.testing;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.Presences;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.query.Query;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The list of the users who have a document open, kept up to date by the events of one subscription.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class DocumentBoard implements PresenceListener, AutoCloseable {

    private final Map<String, Presence> byId = new TreeMap<>();
    private final Subscription subscription;

    /**
     * Opens a board.
     *
     * @param view the store as the user of the board may read it
     * @param documentId the document
     */
    public DocumentBoard(Presences view, String documentId) {
        subscription = view.subscribe(
                Channel.presences(),
                SubscriptionOptions.defaults().withSnapshot(),
                this,
                Query.equal("metadata.documentId", documentId));
    }

    @Override
    public synchronized void onEvent(PresenceEvent event) {
        switch (event.change()) {
            case ENTER, UPDATE -> byId.put(event.presence().id(), event.presence());
            case EXIT -> byId.remove(event.presence().id());
        }
    }

    @Override
    public synchronized void onReset() {
        byId.clear();
    }

    /** Returns one line for each device that has the document open, by the id of its presence. */
    public synchronized List<String> lines() {
        return byId.values().stream()
                .map(presence -> presence.id() + " " + presence.status())
                .toList();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
