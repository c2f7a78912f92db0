package io.presence.micrometer;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.presence.PresenceStore;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A binder of the presences and users for each value of an attribute, for example each room. The gauges
 * {@code presence.count.presences} and {@code presence.count.users} have the tags {@code store}, {@code attribute} and
 * {@code value}. A value has gauges while a presence has the value: they are registered when it appears, follow its
 * counts, and are removed when it is gone. All are removed when the store or this binder is closed.
 *
 * <p><b>Bound.</b> At most {@code maxValues} values have gauges, those that appeared first. Others get them once one of
 * these is gone and their own count changes. The gauge {@code presence.count.values} is the number of all values.
 *
 * <p><b>Cost.</b> That of {@link PresenceStore#counts} and one subscription to it. The registry is called by the
 * listener threads of the store when a value appears or is gone, not when a count changes.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public final class CountMetrics implements MeterBinder, AutoCloseable {

    private final PresenceStore store;
    private final String attribute;
    private final int maxValues;
    private final Tags tags;
    private final List<ValueGauges> bound = new CopyOnWriteArrayList<>();

    /**
     * Creates a binder without further tags.
     *
     * @param store the store
     * @param attribute the attribute, as for {@link PresenceStore#counts}
     * @param maxValues the number of values that have gauges at most, positive
     * @throws IllegalArgumentException if {@code maxValues} is not positive
     */
    public CountMetrics(PresenceStore store, String attribute, int maxValues) {
        this(store, attribute, maxValues, List.of());
    }

    /**
     * Creates a binder.
     *
     * @param store the store
     * @param attribute the attribute, as for {@link PresenceStore#counts}
     * @param maxValues the number of values that have gauges at most, positive
     * @param tags further tags of all gauges
     * @throws IllegalArgumentException if {@code maxValues} is not positive
     */
    public CountMetrics(PresenceStore store, String attribute, int maxValues, Iterable<Tag> tags) {
        this.store = requireNonNull(store, "store must not be null");
        this.attribute = requireNonNull(attribute, "attribute must not be null");
        if (maxValues <= 0) {
            throw new IllegalArgumentException("maxValues must be positive: " + maxValues);
        }
        this.maxValues = maxValues;
        this.tags = Tags.of(requireNonNull(tags, "tags must not be null"))
                .and("store", store.name())
                .and("attribute", attribute);
    }

    /**
     * Starts to follow the counts. The gauges of present values are registered by the listener threads of the store.
     *
     * @param registry the registry
     * @throws IllegalArgumentException if the attribute cannot be counted
     * @throws IllegalStateException if the attribute of a store of the same name is bound with the same tags
     * @throws io.presence.PresenceException {@code STORE_CLOSED}; {@code LIMIT_EXCEEDED} if
     *     {@link io.presence.PresenceStoreBuilder#maxViews} is reached
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        requireNonNull(registry, "registry must not be null");
        if (registry.find(ValueGauges.VALUES).tags(tags).meter() != null) {
            throw new IllegalStateException("store must have another name or tags than one that is bound: " + tags);
        }
        ValueGauges gauges = ValueGauges.follow(store.counts(attribute), maxValues, tags, registry);
        bound.add(gauges);
        /* A listener that the closing store does not reach in time is not called. */
        store.closeFuture().whenComplete((closed, failure) -> gauges.close());
    }

    /** Removes the gauges from every registry, and stops following. Closing again has no effect. */
    @Override
    public void close() {
        bound.forEach(ValueGauges::close);
        bound.clear();
    }
}
