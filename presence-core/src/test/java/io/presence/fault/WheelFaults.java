package io.presence.fault;

import java.util.List;

/** {@link DispatchFaults} without memory only: the wheel calls nothing that throws, but it needs room. */
public final class WheelFaults extends DispatchFaults {

    /** Makes the scenario. */
    public WheelFaults() {
        super(List.of(Faults.Kind.OUT_OF_MEMORY));
    }
}
