package io.presence.examples.gateway.deliver;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceListener;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.query.Query;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subscription of a client, and the subscription of the store that serves it.
 *
 * <p><b>Threads.</b> Called by the dispatcher; opened, changed and closed by the socket's event loop; paused and
 * resumed by both.
 */
public final class ClientSubscription implements PresenceListener {

    private static final int BATCH = 64;

    private final String id;
    private final @Nullable Target target;
    private final Rounds rounds;
    private final Outbox outbox;
    private boolean isSyncing;
    private @Nullable Subscription live;
    private volatile boolean isClosed;

    /**
     * Creates a subscription that is not open.
     *
     * @param target the channels; null for none that carries events
     * @param withSnapshot whether a snapshot is delivered first
     */
    public ClientSubscription(String id, @Nullable Target target, boolean withSnapshot, Rounds rounds, Outbox outbox) {
        this.id = id;
        this.target = target;
        this.isSyncing = withSnapshot;
        this.rounds = rounds;
        this.outbox = outbox;
    }

    /**
     * Subscribes to the store.
     *
     * @param view the store as the client may use it
     * @throws io.presence.query.QueryException if a query is not valid for a subscription
     */
    public void open(Presences view, List<Query> queries) {
        if (target != null) {
            SubscriptionOptions options =
                    SubscriptionOptions.defaults().onDispatcher().batchSize(BATCH);
            live = view.subscribe(
                    target.channel(), isSyncing ? options.withSnapshot() : options, this, target.filters(queries));
        }
    }

    String id() {
        return id;
    }

    boolean isClosed() {
        return isClosed;
    }

    @Override
    public void onEvent(PresenceEvent event) {
        Action action = target == null ? null : target.deliveredAs(event);
        if (action != null && !isClosed) {
            boolean isSnapshot = isSyncing && event.change() == Change.ENTER;
            outbox.event(rounds.frame(event, action, isSnapshot), this);
        }
    }

    @Override
    public void onSynced(long revision) {
        if (isSyncing) {
            isSyncing = false;
            outbox.signal("synced", revision, this);
        }
    }

    @Override
    public void onReset() {
        isSyncing = true;
        outbox.signal("reset", 0, this);
    }

    void pause() {
        if (live != null) {
            live.pause();
        }
    }

    void resume() {
        if (live != null) {
            live.resume();
        }
    }

    void principal(Principal principal) {
        if (live != null) {
            live.switchPrincipal(principal);
        }
    }

    /** Closes it. Texts that are not sent yet are dropped. */
    public void close() {
        isClosed = true;
        if (live != null) {
            live.close();
        }
    }
}
