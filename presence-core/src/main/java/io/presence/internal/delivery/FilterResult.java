package io.presence.internal.delivery;

/** Whether a subscription sees a state, as far as the dispatcher has found out. */
enum FilterResult {
    /** It does not. */
    NO,
    /** It does. */
    YES,
    /** It may read the state, which is on its channel. Whether its filter holds is left to the draining thread. */
    OPEN;

    /** Returns the verdict of one who knows. */
    public static FilterResult of(boolean sees) {
        return sees ? YES : NO;
    }
}
