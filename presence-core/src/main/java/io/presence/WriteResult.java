package io.presence;

import org.jspecify.annotations.Nullable;

/**
 * The result of an upsert or update: the presence as it is after the write, and the effect of the write. Only tests
 * should implement this interface.
 *
 * <p><b>Threads.</b> Immutable.
 */
public interface WriteResult {

    /** The effect of a write. */
    enum Outcome {
        /** An upsert began a new incarnation: there was no presence of this id, or it had ended. */
        CREATED,
        /** An upsert replaced the presence of this id. */
        REPLACED,
        /** An update changed fields of the presence. */
        UPDATED,
        /**
         * The write changed at most the deadline. It has delivered no event, and the presence keeps its
         * {@linkplain Presence#version version}.
         */
        UNCHANGED
    }

    /**
     * One of the upserts of {@link Presences#upsertAll}, with its result or its refusal.
     *
     * @param upsert the upsert
     * @param result null if it was refused
     * @param refusal the exception that {@link Presences#upsert} would have thrown: a {@link PresenceException}, or an
     *     {@link IllegalArgumentException} for an argument that this store or principal does not accept; null if the
     *     presence was written
     */
    record Attempt(
            PresenceUpsert upsert,
            @Nullable WriteResult result,
            @Nullable RuntimeException refusal) {

        /** Checks that exactly one of {@code result} and {@code refusal} is null. */
        public Attempt {
            Checks.notNull("upsert", upsert);
            if ((result == null) == (refusal == null)) {
                throw new IllegalArgumentException(
                        "result or refusal must be null, and not both: " + upsert.presenceId());
            }
        }

        /**
         * Returns the result.
         *
         * @return the result
         * @throws RuntimeException the refusal, if there is one
         */
        public WriteResult orThrow() {
            if (result == null) {
                throw Checks.notNull("refusal", refusal);
            }
            return result;
        }
    }

    /**
     * Returns the presence after the write.
     *
     * @return the presence
     */
    Presence presence();

    /**
     * Returns the effect of the write.
     *
     * @return one of the outcomes
     */
    Outcome outcome();

    /**
     * Returns whether the write has given the presence a new version.
     *
     * @return false for {@link Outcome#UNCHANGED}
     */
    default boolean isChange() {
        return outcome() != Outcome.UNCHANGED;
    }
}
