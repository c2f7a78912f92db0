package io.presence;

import org.jspecify.annotations.Nullable;

/**
 * The result of an upsert or update: the presence as it is after the write, and the effect of the write.
 *
 * <p><b>Threads.</b> Immutable.
 *
 * @param presence the presence after the write
 * @param outcome the effect of the write
 */
public record WriteResult(Presence presence, Outcome outcome) {

    /** The effect of a write. */
    public enum Outcome {
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
    public record Attempt(
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

    /** Checks that neither part is null. */
    public WriteResult {
        Checks.notNull("presence", presence);
        Checks.notNull("outcome", outcome);
    }

    /**
     * Returns whether the write has given the presence a new version.
     *
     * @return false for {@link Outcome#UNCHANGED}
     */
    public boolean isChange() {
        return outcome != Outcome.UNCHANGED;
    }
}
