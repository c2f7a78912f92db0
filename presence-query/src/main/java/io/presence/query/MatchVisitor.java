package io.presence.query;

/**
 * A callback that receives the subscribers whose filter matches a changed record.
 *
 * <p><b>Threads.</b> Called by the thread that calls {@link StandingQueries#match}. It must not add, remove or match.
 *
 * @param <S> the type of subscribers
 */
@FunctionalInterface
public interface MatchVisitor<S> {

    /**
     * Called for each subscriber whose filter holds before the change or after it.
     *
     * @param before whether the filter held before the change
     * @param after whether the filter holds after the change; at least one of the two is true
     */
    void matched(S subscriber, boolean before, boolean after);

    /**
     * A visitor of a match that has a limit of operations and can reach it before all filters are evaluated.
     *
     * @param <S> the type of subscribers
     */
    interface Bounded<S> extends MatchVisitor<S> {
        /**
         * Called for each subscriber whose filter was not evaluated because the operations of the match were spent. The
         * filter may hold before the change, after it, at both times or never.
         */
        void undecided(S subscriber);
    }
}
