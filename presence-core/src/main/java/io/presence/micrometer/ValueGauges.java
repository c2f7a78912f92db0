package io.presence.micrometer;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import io.presence.count.CountListener;
import io.presence.count.PresenceCounts;
import io.presence.count.ValueCount;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The gauges of the values of one attribute in one registry. They read the counts, so a change of a count changes
 * nothing here.
 *
 * <p><b>Threads.</b> Safe for use by any thread. The registry is called under the monitor.
 */
final class ValueGauges implements CountListener {

    static final String VALUES = "presence.count.values";
    private static final String PRESENCES = "presence.count.presences";
    private static final String USERS = "presence.count.users";

    private final PresenceCounts counts;
    private final int maxValues;
    private final Tags tags;
    private final MeterRegistry registry;
    private final MeterSet total;
    /* By the text of the tag. Of several values with one text, such as 7 and "7", one has gauges. */
    private final Map<String, ListedValue> values = new HashMap<>();
    private @Nullable Subscription subscription;
    private boolean isClosed;

    private record ListedValue(Object value, MeterSet meters) {}

    private ValueGauges(PresenceCounts counts, int maxValues, Tags tags, MeterRegistry registry) {
        this.counts = counts;
        this.maxValues = maxValues;
        this.tags = tags;
        this.registry = registry;
        this.total = new MeterSet(registry);
    }

    /** Starts to follow counts, which are closed if that fails. */
    static ValueGauges follow(PresenceCounts counts, int maxValues, Tags tags, MeterRegistry registry) {
        ValueGauges gauges = new ValueGauges(counts, maxValues, tags, registry);
        try {
            gauges.total.register(set -> register(set, VALUES, tags, counts, PresenceCounts::size));
            gauges.subscribe();
        } catch (Throwable failure) {
            gauges.close();
            throw failure;
        }
        return gauges;
    }

    private void subscribe() {
        Subscription made = counts.subscribe(SubscriptionOptions.defaults(), this);
        boolean isOver;
        synchronized (this) {
            subscription = made;
            isOver = isClosed;
        }
        if (isOver) {
            made.close();
        }
    }

    @Override
    public synchronized void onCount(ValueCount count) {
        Object value = count.value();
        String text = value.toString();
        ListedValue listed = values.get(text);
        if (count.presences() > 0) {
            if (listed == null && !isClosed && values.size() < maxValues) {
                MeterSet meters = new MeterSet(registry);
                meters.register(set -> register(set, value, text));
                values.put(text, new ListedValue(value, meters));
            }
        } else if (listed != null && listed.value().equals(value)) {
            values.remove(text);
            listed.meters().remove();
        }
    }

    private void register(MeterSet meters, Object value, String text) {
        Tags all = tags.and("value", text);
        register(meters, PRESENCES, all, counts, read -> read.of(value).presences());
        register(meters, USERS, all, counts, read -> read.of(value).users());
    }

    private static void register(
            MeterSet meters, String name, Tags all, PresenceCounts counts, ToDoubleFunction<PresenceCounts> read) {
        meters.add(Gauge.builder(name, counts, read).tags(all).register(meters.registry()));
    }

    @Override
    public synchronized void onReset() {
        values.values().forEach(listed -> listed.meters().remove());
        values.clear();
    }

    @Override
    public void onClosed(CloseReason reason) {
        close();
    }

    /** Removes the gauges, and stops following. Idempotent. */
    void close() {
        Subscription open;
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            onReset();
            total.remove();
            open = subscription;
        }
        /* Outside the monitor, which a running call of the listener needs. */
        if (open != null) {
            open.close();
        }
        counts.close();
    }
}
