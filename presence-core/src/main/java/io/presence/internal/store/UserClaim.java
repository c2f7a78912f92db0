package io.presence.internal.store;

import org.jspecify.annotations.Nullable;

/**
 * For whom a write begins a life, in a store that counts presences per user.
 *
 * @param counts the presences of each user
 * @param user whose presence it is
 * @param isLimited whether the limit holds for the writer; if not, the presence is only counted
 */
record UserClaim(UserCounts counts, String user, boolean isLimited) {

    /** Counts one more presence. False if there are as many as there may be. */
    boolean acquire() {
        if (isLimited) {
            return counts.acquire(user);
        }
        counts.add(user);
        return true;
    }

    /** Tells whether the user may keep what is counted: not if trusted code has written more than the limit. */
    boolean isWithinLimit() {
        return !isLimited || counts.count(user) <= counts.limit();
    }

    /** Counts one less. */
    void release() {
        counts.release(user);
    }

    /** Tells whether it is for a user. */
    boolean isFor(@Nullable String other) {
        return user.equals(other);
    }
}
