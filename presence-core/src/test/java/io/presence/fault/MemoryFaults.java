package io.presence.fault;

import java.util.List;

/** As {@link DispatchFaults}, with failing allocations only. */
public final class MemoryFaults extends DispatchFaults {

    public MemoryFaults() {
        super(List.of(Faults.Kind.OUT_OF_MEMORY));
    }
}
