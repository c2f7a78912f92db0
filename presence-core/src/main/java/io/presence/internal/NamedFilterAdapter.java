package io.presence.internal;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.Subscription.CloseReason;
import io.presence.internal.delivery.AdaptedListener;
import io.presence.internal.delivery.StateChange;
import io.presence.internal.read.PresenceQueries;
import io.presence.internal.store.PresenceState;
import io.presence.internal.store.StateSchema;
import io.presence.internal.token.QueryDigest;
import io.presence.query.CompiledQuery;
import io.presence.query.Query;
import io.presence.session.NamedFilterEvent;
import io.presence.session.NamedFilterEvent.NamedChange;
import io.presence.session.NamedFilterListener;
import io.presence.session.NamedFilters;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The listener of one subscription whose filter is the {@code or} of named filters. It derives the change of each name
 * from the previous and the new presence as delivered, so that conflation needs no state for each name.
 *
 * <p><b>Cost.</b> One evaluation of each name's filter for each delivered state. A single name is not evaluated: its
 * change is that of the subscription.
 *
 * <p><b>Threads.</b> As for a listener: the compiled filters are used by one call at a time.
 */
final class NamedFilterAdapter implements AdaptedListener {

    private final NamedFilterListener listener;
    private final Query.Filter filter;
    private final List<Named> named;

    /* The filter of a single name is not compiled. */
    private record Named(
            String name, Query.Filter filter, @Nullable CompiledQuery<PresenceState> compiled) {

        boolean matches(@Nullable PresenceState state) {
            return state != null && requireNonNull(compiled).test(state);
        }
    }

    private NamedFilterAdapter(NamedFilterListener listener, Query.Filter filter, List<Named> named) {
        this.listener = listener;
        this.filter = filter;
        this.named = named;
    }

    /**
     * Creates an adapter.
     *
     * @throws io.presence.query.QueryException if a filter is not valid for a subscription; {@code LIMIT_EXCEEDED} if
     *     all of them together exceed the limits of a subscription
     */
    static NamedFilterAdapter of(NamedFilterListener listener, NamedFilters filters) {
        /* This checks the cost of all names together, before any of them is compiled. */
        Query.Filter anyOf = PresenceQueries.subscriptionFilter(filters.anyOf());
        List<Named> named = new ArrayList<>(filters.names().size());
        for (String name : filters.names()) {
            Query.Filter prepared = PresenceQueries.subscriptionFilter(requireNonNull(filters.filter(name)));
            boolean isSingle = filters.names().size() == 1;
            named.add(new Named(name, prepared, isSingle ? null : CompiledQuery.compile(prepared, StateSchema.LIVE)));
        }
        return new NamedFilterAdapter(listener, anyOf, named);
    }

    /** Returns the filter of the subscription. */
    Query.Filter filter() {
        return filter;
    }

    @Override
    public void onEvent(PresenceEvent event) {
        Cause cause = requireNonNullElse(event.cause(), Cause.NO_LONGER_MATCHES);
        List<NamedChange> changes =
                named.size() == 1 ? List.of(change(named.get(0), event.change(), cause)) : changes(event, cause);
        listener.onEvent(new NamedFilterEvent(event, changes));
    }

    private static NamedChange change(Named one, Change change, Cause cause) {
        return new NamedChange(one.name(), change, change == Change.EXIT ? cause : null);
    }

    private List<NamedChange> changes(PresenceEvent event, Cause cause) {
        PresenceState presence = (PresenceState) event.presence();
        PresenceState before = event.change() == Change.EXIT ? presence : (PresenceState) event.previous();
        PresenceState after = event.change() == Change.EXIT ? null : presence;
        List<NamedChange> changes = new ArrayList<>(named.size());
        for (Named one : named) {
            boolean matched = one.matches(before);
            boolean matches = one.matches(after);
            if (matched || matches) {
                changes.add(change(one, StateChange.visibility(matched, matches), cause));
            }
        }
        return changes;
    }

    @Override
    public void onSynced(long revision) {
        listener.onSynced(revision);
    }

    @Override
    public void onReset() {
        listener.onReset();
    }

    @Override
    public void onClosed(CloseReason reason) {
        listener.onClosed(reason);
    }

    @Override
    public Object target() {
        return listener;
    }

    @Override
    public String meaning() {
        QueryDigest digest = new QueryDigest();
        named.forEach(one -> digest.add(one.name()).add(one.filter()));
        return HexFormat.of().formatHex(digest.digest());
    }
}
