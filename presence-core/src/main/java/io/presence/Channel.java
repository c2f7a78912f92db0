package io.presence;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link Subscription} listens to, before permissions and queries: all presences or one, and either every
 * event or just those of one action.
 *
 * <p>The text form is Appwrite's: {@code presences}, {@code presences.<id>}, {@code presences.upsert},
 * {@code presences.<id>.delete}. Ids may contain dots. {@link #parse} and {@link #toString} are inverse, since no
 * presence id is, or ends in a dot and, the name of an action.
 *
 * <p>A channel of one action is a filtered view of the events: it leaves out steps, so what it tells does not add up
 * to a state, and {@link SubscriptionOptions#withSnapshot()} refuses it.
 *
 * @param presenceId the one presence, or null for all
 * @param action the one action, or null for every event
 */
public record Channel(@Nullable String presenceId, PresenceEvent.@Nullable Action action) {

    private static final String ALL = "presences";
    private static final Channel PRESENCES = new Channel(null, null);

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if {@code presenceId} is not an id or ends in the name of an action
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
     * @param id its id
     * @return {@code presences.<id>}
     * @throws IllegalArgumentException if {@code id} is not a presence id
     */
    public static Channel presence(String id) {
        return new Channel(Ids.presenceId("id", id), null);
    }

    /**
     * Narrows this channel to upserts.
     *
     * @return this channel with {@code .upsert}
     */
    public Channel upsert() {
        return new Channel(presenceId, PresenceEvent.Action.UPSERT);
    }

    /**
     * Narrows this channel to updates.
     *
     * @return this channel with {@code .update}
     */
    public Channel update() {
        return new Channel(presenceId, PresenceEvent.Action.UPDATE);
    }

    /**
     * Narrows this channel to deletes, expiry included.
     *
     * @return this channel with {@code .delete}
     */
    public Channel delete() {
        return new Channel(presenceId, PresenceEvent.Action.DELETE);
    }

    /**
     * Reads a channel from its text form.
     *
     * @param text for example {@code presences.tab-1.update}
     * @return the channel
     * @throws IllegalArgumentException if {@code text} is not a channel of presences
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
        for (PresenceEvent.Action action : PresenceEvent.Action.values()) {
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
     * Returns the text form, as {@link #parse} reads it.
     *
     * @return for example {@code presences.tab-1.update}
     */
    @Override
    public String toString() {
        return ALL + (presenceId == null ? "" : "." + presenceId) + (action == null ? "" : "." + action);
    }
}
