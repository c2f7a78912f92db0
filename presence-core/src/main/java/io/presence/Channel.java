package io.presence;

import io.presence.PresenceEvent.Action;
import org.jspecify.annotations.Nullable;

/**
 * The presences and actions that a {@link Subscription} listens to: all presences or one, and every event or the events
 * of one action. Permissions and queries restrict a subscription further.
 *
 * <p>The text form is Appwrite's: {@code presences}, {@code presences.<id>}, {@code presences.upsert},
 * {@code presences.<id>.delete}. Ids can contain dots. {@link #parse} and {@link #toString} are inverse, because
 * {@link Ids} forbids presence ids that end in the name of an action.
 *
 * <p>A channel of one action delivers only the events of that action. These events do not add up to a set of visible
 * presences, so {@link SubscriptionOptions#withSnapshot()} and {@link SubscriptionOptions#resumeFrom} are refused for
 * it.
 *
 * <p><b>Threads.</b> Immutable.
 *
 * @param presenceId the id of the one presence, or null for all presences
 * @param action the one action, or null for every event
 */
public record Channel(@Nullable String presenceId, @Nullable Action action) {

    private static final String ALL = "presences";
    private static final Channel PRESENCES = new Channel(null, null);

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if {@code presenceId} is not a presence id
     */
    public Channel {
        if (presenceId != null) {
            Ids.presenceId("presenceId", presenceId);
        }
    }

    /**
     * Returns the channel of all presences.
     *
     * @return {@code presences}
     */
    public static Channel presences() {
        return PRESENCES;
    }

    /**
     * Returns the channel of one presence.
     *
     * @param id the id of the presence
     * @return {@code presences.<id>}
     * @throws IllegalArgumentException if {@code id} is not a presence id
     */
    public static Channel presence(String id) {
        return new Channel(Ids.presenceId("id", id), null);
    }

    /**
     * Returns this channel, restricted to upserts.
     *
     * @return this channel with {@code .upsert}
     */
    public Channel upsert() {
        return new Channel(presenceId, Action.UPSERT);
    }

    /**
     * Returns this channel, restricted to updates.
     *
     * @return this channel with {@code .update}
     */
    public Channel update() {
        return new Channel(presenceId, Action.UPDATE);
    }

    /**
     * Returns this channel, restricted to the ends of presences, whatever their cause.
     *
     * @return this channel with {@code .delete}
     */
    public Channel delete() {
        return new Channel(presenceId, Action.DELETE);
    }

    /**
     * Parses the text form of a channel.
     *
     * @param text for example {@code presences.tab-1.update}
     * @return the channel
     * @throws IllegalArgumentException if {@code text} is not the text form of a channel of presences
     */
    public static Channel parse(String text) {
        if (Checks.notNull("text", text).equals(ALL)) {
            return PRESENCES;
        }
        if (!text.startsWith(ALL + ".")) {
            throw new IllegalArgumentException(
                    "channel must be presences or start with presences.: " + Checks.excerpt(text));
        }
        String rest = text.substring(ALL.length() + 1);
        for (Action action : Action.values()) {
            String word = action.toString();
            if (rest.equals(word)) {
                return new Channel(null, action);
            }
            if (rest.endsWith("." + word)) {
                return new Channel(rest.substring(0, rest.length() - word.length() - 1), action);
            }
        }
        return new Channel(rest, null);
    }

    /**
     * Returns the text form, which {@link #parse} accepts.
     *
     * @return for example {@code presences.tab-1.update}
     */
    @Override
    public String toString() {
        return ALL + (presenceId == null ? "" : "." + presenceId) + (action == null ? "" : "." + action);
    }
}
