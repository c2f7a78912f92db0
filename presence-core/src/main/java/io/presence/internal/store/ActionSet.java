package io.presence.internal.store;

import io.presence.PresenceEvent.Action;
import org.jspecify.annotations.Nullable;

/** Sets of actions as bit masks: the actions on a presence between two captures. */
public final class ActionSet {

    private ActionSet() {}

    /**
     * Returns the mask of one action.
     *
     * @param action the action
     * @return one bit
     */
    public static int mask(Action action) {
        return switch (action) {
            case UPSERT -> 1;
            case UPDATE -> 2;
            case DELETE -> 4;
        };
    }

    /**
     * Returns the action that a channel reports for a set of actions.
     *
     * @param named the one action of the channel, or null
     * @param actions a mask that is not empty
     * @return the named action, or else the dominant one
     */
    public static Action reportedAction(@Nullable Action named, int actions) {
        return named == null ? dominant(actions) : named;
    }

    /**
     * Returns the action that represents several in one change. An upsert outranks an update: it replaces earlier
     * updates, and later ones change the state that it wrote.
     *
     * @param actions a mask that is not empty
     * @return the outranking action
     */
    public static Action dominant(int actions) {
        if ((actions & mask(Action.DELETE)) != 0) {
            return Action.DELETE;
        }
        return (actions & mask(Action.UPSERT)) != 0 ? Action.UPSERT : Action.UPDATE;
    }
}
