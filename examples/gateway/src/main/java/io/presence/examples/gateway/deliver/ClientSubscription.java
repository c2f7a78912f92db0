package io.presence.examples.gateway.deliver;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Change;
import io.presence.SubscriptionOptions;
import io.presence.examples.gateway.wire.Json;
import io.presence.query.Query;
import io.presence.session.NamedFilterEvent.NamedChange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A subscription of a client: a filter of the store, and the actions under which its events are delivered.
 *
 * <p>If all channels are of one action, the client receives each write of that action. Otherwise it receives an ENTER
 * as an upsert and an EXIT as a delete; a channel of one action among others then receives those of its action.
 *
 * <p><b>Threads.</b> For the socket's event loop.
 */
public final class ClientSubscription {

    private static final int BATCH = 64;

    private final String id;
    private final Set<Channel> channels = new LinkedHashSet<>();
    private final @Nullable Action action;
    private final List<Query> queries;
    private final SubscriptionOptions options;
    private final boolean isResumable;
    private boolean isSyncing;
    private boolean isInSnapshot;

    /**
     * Creates a subscription.
     *
     * @param names any names of channels; those that are not of presences receive nothing
     * @param withSnapshot whether a snapshot is delivered first
     * @param resume null without tokens; otherwise the token to resume from, or empty for none yet
     */
    public ClientSubscription(
            String id, List<String> names, List<Query> queries, boolean withSnapshot, @Nullable String resume) {
        this.id = id;
        this.options = options(withSnapshot, requireNonNullElse(resume, ""));
        this.isResumable = resume != null;
        this.isSyncing = withSnapshot || options.resumeFrom() != null;
        this.isInSnapshot = withSnapshot && options.resumeFrom() == null;
        for (String name : names) {
            try {
                channels.add(Channel.parse(name));
            } catch (IllegalArgumentException silent) {
                /* A channel of something else, or of an id that no presence can have. */
            }
        }
        Set<@Nullable Action> actions = new LinkedHashSet<>();
        Set<@Nullable String> ids = new LinkedHashSet<>();
        channels.forEach(channel -> {
            actions.add(channel.action());
            ids.add(channel.presenceId());
        });
        this.action = actions.size() == 1 ? actions.iterator().next() : null;
        this.queries = new ArrayList<>(queries);
        if (!ids.isEmpty() && !ids.contains(null)) {
            this.queries.add(Query.equal("$id", ids.toArray()));
        }
    }

    private static SubscriptionOptions options(boolean withSnapshot, String token) {
        SubscriptionOptions options = SubscriptionOptions.defaults().batchSize(BATCH);
        if (!token.isEmpty()) {
            return options.resumeFrom(token);
        }
        return withSnapshot ? options.withSnapshot() : options;
    }

    public String id() {
        return id;
    }

    /** Returns whether no event can be delivered. */
    public boolean isSilent() {
        return channels.isEmpty();
    }

    /** Returns the channel of the store. */
    public Channel channel() {
        return new Channel(null, action);
    }

    /** Returns the options of delivery, except for the executor. */
    public SubscriptionOptions options() {
        return options;
    }

    boolean isResumable() {
        return isResumable;
    }

    /** Returns whether a snapshot, or what was missed, is not delivered in full. */
    boolean isSyncing() {
        return isSyncing;
    }

    /** Returns whether an ENTER now is part of a snapshot. */
    boolean isInSnapshot() {
        return isInSnapshot;
    }

    /** Ends a snapshot or what was missed. Returns a message for the client if there was any. */
    Optional<String> synced(long revision) {
        boolean was = isSyncing;
        isSyncing = false;
        isInSnapshot = false;
        return was ? Optional.of(signal("synced", revision)) : Optional.empty();
    }

    /** Starts a snapshot anew. Returns a message for the client. */
    String reset() {
        isSyncing = true;
        isInSnapshot = true;
        return signal("reset", 0);
    }

    private String signal(String type, long revision) {
        ObjectNode message = Json.object().put("type", type);
        message.putObject("data").put("subscriptionId", id).put("revision", revision);
        return Json.write(message);
    }

    Query[] filters() {
        return queries.toArray(Query[]::new);
    }

    /** Returns the action under which a change is delivered; null if it is not delivered. */
    @Nullable Action deliveredAs(PresenceEvent event, NamedChange change) {
        boolean isExit = change.change() == Change.EXIT;
        if (action == Action.DELETE) {
            return isExit && requireNonNull(change.cause()).isEnd() ? action : null;
        }
        if (action != null) {
            return isExit ? null : action;
        }
        Action as = isExit ? Action.DELETE : change.change() == Change.ENTER ? Action.UPSERT : event.action();
        return covers(event.presence().id(), as) ? as : null;
    }

    private boolean covers(String presenceId, Action as) {
        for (Channel channel : channels) {
            if ((channel.presenceId() == null || channel.presenceId().equals(presenceId))
                    && (channel.action() == null || channel.action() == as)) {
                return true;
            }
        }
        return false;
    }
}
