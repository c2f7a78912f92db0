package io.presence.internal.stats;

/**
 * A recorder of rare occurrences of one store, for a profiler of the JVM. This one records nothing.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
interface EventRecorder {

    /** The recorder of a JVM without JDK Flight Recorder. */
    EventRecorder NONE = new EventRecorder() {};

    /** Returns a recorder to JDK Flight Recorder, or {@link #NONE} if the module {@code jdk.jfr} is absent. */
    static EventRecorder of(String store) {
        try {
            return new JfrEvents(store);
        } catch (LinkageError absent) {
            return NONE;
        }
    }

    /** Returns whether {@link #conflated} records. */
    default boolean isConflationRecorded() {
        return false;
    }

    /** Returns whether {@link #reset} records. */
    default boolean isResetRecorded() {
        return false;
    }

    /** Records that the dispatcher has dispatched a write late. */
    default void dispatchStalled(long lagNanos) {}

    /** Records that an expiry was dispatched late. */
    default void expiredLate(String presenceId, long lateNanos) {}

    /** Records that a listener was called after changes were conflated. */
    default void conflated(String subscription, int changes) {}

    /** Records the reset of a subscription. */
    default void reset(String subscription) {}
}
