package io.presence.examples.gateway.deliver;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Change;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The channels of one subscription of a client as one subscription of the store, so that an event on several of them is
 * delivered once.
 *
 * <p>If all channels are of one action, the client receives each write of that action, as from the store's channels of
 * that action. Otherwise it receives an ENTER as an upsert and an EXIT as a delete; a channel of one action among
 * others then receives those of its action.
 *
 * <p><b>Threads.</b> Immutable.
 */
public final class Target {

    private final Set<Channel> channels;
    private final Channel channel;
    private final List<Query> filters;

    private Target(Set<Channel> channels, Channel channel, List<Query> filters) {
        this.channels = channels;
        this.channel = channel;
        this.filters = filters;
    }

    /**
     * Reads channels.
     *
     * @param names any names; those that are not of presences receive nothing
     * @return null if no event could be delivered
     */
    public static @Nullable Target of(List<String> names) {
        Set<Channel> channels = new LinkedHashSet<>();
        for (String name : names) {
            try {
                channels.add(Channel.parse(name));
            } catch (IllegalArgumentException silent) {
                /* A channel of something else, or of an id that no presence can have. */
            }
        }
        return channels.isEmpty() ? null : of(channels);
    }

    private static Target of(Set<Channel> channels) {
        Set<@Nullable Action> actions = new LinkedHashSet<>();
        Set<@Nullable String> ids = new LinkedHashSet<>();
        for (Channel each : channels) {
            actions.add(each.action());
            ids.add(each.presenceId());
        }
        Action action = actions.size() == 1 ? actions.iterator().next() : null;
        String id = ids.size() == 1 ? ids.iterator().next() : null;
        Channel channel = narrowed(id == null ? Channel.presences() : Channel.presence(id), action);
        boolean isOfSeveral = id == null && !ids.contains(null);
        return new Target(channels, channel, isOfSeveral ? List.of(Query.equal("$id", ids.toArray())) : List.of());
    }

    private static Channel narrowed(Channel channel, @Nullable Action action) {
        if (action == null) {
            return channel;
        }
        return switch (action) {
            case UPSERT -> channel.upsert();
            case UPDATE -> channel.update();
            case DELETE -> channel.delete();
        };
    }

    /** Returns the channel of the store, which carries at least the events to deliver. */
    public Channel channel() {
        return channel;
    }

    /** Returns the queries of a client, and what the channels ask beside the store's. */
    Query[] filters(List<Query> queries) {
        List<Query> all = new ArrayList<>(queries);
        all.addAll(filters);
        return all.toArray(Query[]::new);
    }

    /** Returns the action under which an event is delivered; null if it is not delivered. */
    @Nullable Action deliveredAs(PresenceEvent event) {
        Action named = channel.action();
        boolean isExit = event.change() == Change.EXIT;
        if (named == Action.DELETE) {
            return event.cause() != null && event.cause().isEnd() ? Action.DELETE : null;
        }
        if (named != null) {
            return isExit ? null : named;
        }
        Action action = isExit ? Action.DELETE : event.change() == Change.ENTER ? Action.UPSERT : event.action();
        return covers(event.presence().id(), action) ? action : null;
    }

    private boolean covers(String id, Action action) {
        if (channels.contains(Channel.presences())) {
            return true;
        }
        return channels.stream()
                .anyMatch(
                        each -> (each.presenceId() == null || each.presenceId().equals(id))
                                && (each.action() == null || each.action() == action));
    }
}
