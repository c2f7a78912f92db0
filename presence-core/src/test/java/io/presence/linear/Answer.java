package io.presence.linear;

import io.presence.Version;
import org.jspecify.annotations.Nullable;

/**
 * The result of an operation.
 *
 * @param version the version of the presence that was written or found
 * @param now the time that {@code ADVANCE} has set
 */
record Answer(Result result, @Nullable Version version, long now) {

    /** The kind of a result. */
    enum Result {
        CREATED,
        CHANGED,
        UNCHANGED,
        /** The condition of the write did not hold. */
        CONFLICT,
        /** True, or a presence. */
        FOUND,
        /** False, null, or the error for an absent presence. */
        ABSENT,
        ADVANCED
    }

    static Answer of(Result result) {
        return new Answer(result, null, 0);
    }

    static Answer of(Result result, Version version) {
        return new Answer(result, version, 0);
    }

    static Answer found(boolean isFound) {
        return of(isFound ? Result.FOUND : Result.ABSENT);
    }

    static Answer advanced(long now) {
        return new Answer(Result.ADVANCED, null, now);
    }
}
