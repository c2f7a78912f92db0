package io.presence.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceStore;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.count.CountListener;
import io.presence.count.PresenceCounts;
import io.presence.count.ValueCount;
import io.presence.fixture.ManualExecutor;
import java.util.HashMap;
import java.util.Map;

/** Counts of {@code metadata.room}, and a listener of them. */
final class CountFollower implements CountListener {

    final ManualExecutor executor = new ManualExecutor();
    private final ViewCaller caller;
    private final ViewFilter filter;
    private final PresenceCounts counts;
    private final Subscription subscription;
    private final Map<Object, ValueCount> assembled = new HashMap<>();
    private boolean isClosed;

    CountFollower(PresenceStore store, ViewCaller caller, ViewFilter filter, boolean isSlow, int maxPending) {
        this.caller = caller;
        this.filter = filter;
        SubscriptionOptions options = SubscriptionOptions.defaults();
        options = isSlow ? options.executor(executor) : options.onDispatcher();
        options = maxPending == 0 ? options : options.maxPending(maxPending);
        this.counts = caller.view(store).counts("metadata.room", filter.queries());
        this.subscription = counts.subscribe(options, this);
    }

    @Override
    public void onCount(ValueCount count) {
        Object room = ViewLog.room(count.value());
        ValueCount known = assembled.get(room);
        ValueCount now = new ValueCount(room, count.presences(), count.users());
        assertThat(now).as("count without a change").isNotEqualTo(known);
        if (count.presences() == 0) {
            assertThat(assembled.remove(room)).as("zero of an unknown value").isNotNull();
        } else {
            assembled.put(room, now);
        }
    }

    @Override
    public void onReset() {
        assembled.clear();
    }

    void pause() {
        subscription.pause();
    }

    void resume() {
        subscription.resume();
    }

    void close() {
        subscription.close();
        counts.close();
        isClosed = true;
    }

    void check(ViewLog log, long now) {
        if (isClosed) {
            return;
        }
        Map<Object, ValueCount> expected = log.counts(now, caller, filter.model());
        assertThat(assembled).as("counts of %s, %s", caller, filter).isEqualTo(expected);
        Map<Object, ValueCount> read = new HashMap<>();
        int previous = Integer.MAX_VALUE;
        for (ValueCount count : counts.top(100)) {
            Object room = ViewLog.room(count.value());
            read.put(room, new ValueCount(room, count.presences(), count.users()));
            assertThat(count.presences()).isLessThanOrEqualTo(previous);
            assertThat(counts.of(count.value())).isEqualTo(count);
            previous = count.presences();
        }
        assertThat(read).isEqualTo(expected);
        assertThat(counts.size()).isEqualTo(expected.size());
        assertThat(counts.presences())
                .isEqualTo(expected.values().stream()
                        .mapToInt(ValueCount::presences)
                        .sum());
        assertThat(counts.users()).isEqualTo(log.usersWithRoom(now, caller, filter.model()));
    }
}
