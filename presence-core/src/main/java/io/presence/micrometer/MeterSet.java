package io.presence.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Meters that are registered together in one registry, and removed together.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class MeterSet {

    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();

    MeterSet(MeterRegistry registry) {
        this.registry = registry;
    }

    MeterRegistry registry() {
        return registry;
    }

    /** Adds a meter that was registered. */
    synchronized void add(Meter meter) {
        meters.add(meter);
    }

    /** Registers meters: all of them or, if that throws, none. */
    void register(Consumer<MeterSet> registration) {
        try {
            registration.accept(this);
        } catch (Throwable failure) {
            remove();
            throw failure;
        }
    }

    /** Removes the meters from the registry. Idempotent. */
    synchronized void remove() {
        meters.forEach(registry::remove);
        meters.clear();
    }
}
