package io.presence.internal.view;

import io.presence.internal.store.Access;
import io.presence.query.Query;

/**
 * The identity of a view. Subscriptions with equal keys share one.
 *
 * @param kind makes the fold; equal for equal folds
 * @param readable the condition under which the principal can read a presence
 * @param filter the filter of the queries
 */
record ViewKey(Kind kind, Query.Filter readable, Query.Filter filter) {

    static ViewKey of(Kind kind, Access access, Query.Filter filter) {
        return new ViewKey(kind, access.readable(), filter);
    }

    ViewKey as(Access access) {
        return of(kind, access, filter);
    }

    /** A kind of fold. */
    interface Kind {

        /** Creates an empty fold. */
        Fold<?> newFold();
    }
}
