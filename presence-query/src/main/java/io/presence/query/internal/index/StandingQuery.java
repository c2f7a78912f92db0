package io.presence.query.internal.index;

import io.presence.query.Query;
import io.presence.query.internal.Capacity;
import io.presence.query.internal.posting.Filing;
import io.presence.query.internal.program.Program;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A distinct query: what it asks, what remains to be asked of a candidate, and everybody who asked it. It is its own first
 * filing, so that most queries are one object.
 *
 * @param <S> the type of subscribers
 */
final class StandingQuery<S> extends Filing<StandingQuery<S>> {
    private final int hash;
    private final Query.Filter filter;
    private Program residual;
    private @Nullable Registration<S> first;
    private @Nullable Registration<S> @Nullable [] others;
    private int size;

    /** The last pass that showed this as a candidate. */
    int seen;
    /** The last pass over a record before a change that this matched, until it matched the record after it. */
    int matchedBefore;

    StandingQuery(int hash, Query.Filter filter, Program residual) {
        this.hash = hash;
        this.filter = filter;
        this.residual = residual;
    }

    /** A further posting that a query is filed in. */
    static final class Extra<S> extends Filing<StandingQuery<S>> {
        private final StandingQuery<S> query;

        Extra(StandingQuery<S> query) {
            this.query = query;
        }

        @Override
        public StandingQuery<S> query() {
            return query;
        }
    }

    /** Gives out the filings of a query, the query itself first. */
    static final class Filings<S> implements Supplier<Filing<StandingQuery<S>>> {
        private final StandingQuery<S> query;
        private @Nullable Filing<StandingQuery<S>> last;

        Filings(StandingQuery<S> query) {
            this.query = query;
        }

        @Override
        public Filing<StandingQuery<S>> get() {
            Filing<StandingQuery<S>> before = last;
            Filing<StandingQuery<S>> made = before == null ? query : new Extra<>(query);
            if (before != null) {
                before.next(made);
            }
            last = made;
            return made;
        }
    }

    @Override
    public StandingQuery<S> query() {
        return this;
    }

    int hash() {
        return hash;
    }

    Query.Filter filter() {
        return filter;
    }

    Program residual() {
        return residual;
    }

    void residual(Program newResidual) {
        residual = newResidual;
    }

    /** Forgets in which passes this was seen and matched. */
    void forget() {
        seen = 0;
        matchedBefore = 0;
    }

    boolean hasSubscribers() {
        return size > 0;
    }

    int subscriberCount() {
        return size;
    }

    S subscriber(int position) {
        return registration(position).subscriber();
    }

    private Registration<S> registration(int position) {
        Registration<S> registration = position == 0 || others == null ? first : others[position - 1];
        if (registration == null) {
            throw new IndexOutOfBoundsException(position);
        }
        return registration;
    }

    void add(Registration<S> registration) {
        registration.place(this, size);
        put(size++, registration);
    }

    /** Removes a registration; the last one takes its place. */
    void remove(Registration<S> registration) {
        int position = registration.position();
        Registration<S> last = registration(--size);
        last.place(this, position);
        put(position, last);
        put(size, null);
        shrink();
        registration.place(null, 0);
    }

    private void put(int position, @Nullable Registration<S> registration) {
        if (position == 0) {
            first = registration;
            return;
        }
        others = roomFor(position);
        others[position - 1] = registration;
    }

    @SuppressWarnings("unchecked") // an array of a generic type can't be made otherwise
    private @Nullable Registration<S>[] roomFor(int position) {
        @Nullable Registration<S>[] now = others;
        if (now == null) {
            return (Registration<S>[]) new Registration<?>[2];
        }
        return position <= now.length ? now : Arrays.copyOf(now, Capacity.more(now.length));
    }

    private void shrink() {
        @Nullable Registration<S>[] now = others;
        int length = now == null ? 0 : Capacity.fewer(size, now.length);
        if (now != null && length < now.length) {
            others = Arrays.copyOf(now, length);
        }
    }
}
