package io.presence;

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
