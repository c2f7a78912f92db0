package io.presence.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * The claim of a write on its user's number of presences, in a store that limits it.
 *
 * @param counts the presences of each user
 * @param user the owner of the presence
 * @param isLimited whether the limit applies to the writer; if not, the presence is only counted
 */
record UserClaim(UserCounts counts, String user, boolean isLimited) {

    /** Counts one more presence. False if the limit is reached. */
    boolean acquire() {
        if (isLimited) {
            return counts.acquire(user);
        }
        counts.add(user);
        return true;
    }

    /** Returns whether the count is within the limit. It is not if trusted code has written more. */
    boolean isWithinLimit() {
        return !isLimited || counts.count(user) <= counts.limit();
    }

    /** Subtracts one presence. */
    void release() {
        counts.release(user);
    }

    /** Returns whether it is a claim of this user. */
    boolean isFor(@Nullable String other) {
        return user.equals(other);
    }
}
