package io.presence.internal.delivery;

/** The result of the filter of a subscription for a state. */
enum FilterResult {
    /** The state is not visible. */
    NO,
    /** The state is visible. */
    YES,
    /** The state is readable and on the channel. The draining thread evaluates the filter. */
    UNEVALUATED;

    /** Returns the result of an evaluated filter. */
    public static FilterResult of(boolean isVisible) {
        return isVisible ? YES : NO;
    }
}
