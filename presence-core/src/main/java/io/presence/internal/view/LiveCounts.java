package io.presence.internal.view;

import static java.util.Objects.requireNonNull;

import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.count.CountListener;
import io.presence.count.PresenceCounts;
import io.presence.count.ValueCount;
import io.presence.internal.store.Access;
import io.presence.internal.store.StoreErrors;
import io.presence.query.AttributePath;
import io.presence.query.Query;
import io.presence.query.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** The counts of one caller: a use of a view. */
final class LiveCounts implements PresenceCounts {

    private static final Set<String> ATTRIBUTES = Set.of("userId", "status", "source");

    /* The least is the one to drop first. */
    private static final Comparator<ValueCount> ORDER = Comparator.comparingInt(ValueCount::presences)
            .thenComparing(ValueCount::value, Values.ascending().reversed());

    private final Views views;
    private final Access access;
    private final View view;
    private final CountFold fold;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private LiveCounts(Views views, Access access, View view) {
        this.views = views;
        this.access = access;
        this.view = view;
        this.fold = (CountFold) view.fold();
    }

    /**
     * Starts counts.
     *
     * @throws IllegalArgumentException if the attribute cannot be counted
     * @throws io.presence.PresenceException {@code LIMIT_EXCEEDED}, {@code STORE_CLOSED}
     */
    static PresenceCounts start(Views views, String attribute, Access access, Query.Filter filter) {
        ViewKey key = ViewKey.of(new CountFold.Kind(countable(attribute)), access, filter);
        return new LiveCounts(views, access, views.acquire(key, access));
    }

    private static AttributePath countable(String attribute) {
        AttributePath path = AttributePath.parse(requireNonNull(attribute, "attribute must not be null"));
        boolean isMetadata = path.root().equals("metadata") && path.size() > 1;
        if (!isMetadata && !(path.size() == 1 && ATTRIBUTES.contains(path.root()))) {
            throw StoreErrors.notCountable(attribute);
        }
        return path;
    }

    @Override
    public ValueCount of(Object value) {
        Object key = Values.key(requireNonNull(value, "value must not be null"));
        if (key == null) {
            throw new IllegalArgumentException("value must be a string, a boolean, a number other than NaN, or an"
                    + " Instant: " + value.getClass().getName());
        }
        ValueCount found = fold.get(key);
        return found == null ? new ValueCount(key, 0, 0) : found;
    }

    @Override
    public List<ValueCount> top(int n) {
        if (n < 0) {
            throw new IllegalArgumentException("n must not be negative: " + n);
        }
        PriorityQueue<ValueCount> kept = new PriorityQueue<>(ORDER);
        fold.forEach(count -> {
            kept.add(count);
            if (kept.size() > n) {
                kept.remove();
            }
        });
        List<ValueCount> top = new ArrayList<>(kept);
        top.sort(ORDER.reversed());
        return Collections.unmodifiableList(top);
    }

    @Override
    public int size() {
        return fold.size();
    }

    @Override
    public int presences() {
        return Tally.presences(fold.all());
    }

    @Override
    public int users() {
        return Tally.users(fold.all());
    }

    @Override
    public Subscription subscribe(SubscriptionOptions options, CountListener listener) {
        requireNonNull(options, "options must not be null");
        CountCalls calls = new CountCalls(listener);
        return views.follow(
                view.key(), access, used -> new ViewSubscription(views.host(), views, used, access, options, calls));
    }

    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            views.release(view);
        }
    }
}
