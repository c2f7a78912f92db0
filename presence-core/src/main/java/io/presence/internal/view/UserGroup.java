package io.presence.internal.view;

import io.presence.Presence;
import io.presence.user.UserPresence;
import org.jspecify.annotations.Nullable;

/**
 * The visible presences of one user, of which the user is merged.
 *
 * <p><b>Threads.</b> {@link #with} and {@link #without} by the dispatcher, {@link #merged} by any thread.
 */
interface UserGroup {

    /** Returns a group with a presence, in place of one with the same id. */
    UserGroup with(Presence presence, StatusRanks ranks);

    /** Returns a group without a presence, or null if it was the only one. */
    @Nullable UserGroup without(Presence presence, StatusRanks ranks);

    /** Returns the merged user. */
    UserPresence merged(StatusRanks ranks);
}
