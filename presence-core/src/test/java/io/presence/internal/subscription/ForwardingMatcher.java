package io.presence.internal.subscription;

import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.StateChange;
import io.presence.query.Query;

/** A matcher that does what the index does. A test overrides what is to fail. */
class ForwardingMatcher implements Matcher {

    private final Matcher index = new IndexMatcher();

    /** Called before each match, so that it can throw. */
    void beforeMatch() {}

    @Override
    public void add(LiveSubscription subscription) {
        index.add(subscription);
    }

    @Override
    public void remove(LiveSubscription subscription) {
        index.remove(subscription);
    }

    @Override
    public void widenTo(LiveSubscription subscription, Query.Filter alternative) {
        index.widenTo(subscription, alternative);
    }

    @Override
    public void match(StateChange step, Visitor visitor) {
        beforeMatch();
        index.match(step, visitor);
    }

    @Override
    public long match(StateChange step, long operations, BoundedVisitor delivered) {
        beforeMatch();
        return index.match(step, operations, delivered);
    }
}
