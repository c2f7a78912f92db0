package io.presence.linear;

/**
 * A recorded call.
 *
 * @param earliest the time of the clock before the call
 * @param invoked a number that is less than those of all later events
 * @param returned a number that is greater than those of all earlier events
 */
record Call(Operation operation, Answer answer, long earliest, long invoked, long returned) {

    /** Returns whether it returned before another one was invoked. */
    boolean precedes(Call other) {
        return returned < other.invoked;
    }
}
