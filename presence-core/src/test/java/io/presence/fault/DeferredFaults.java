package io.presence.fault;

import io.presence.OperationBudgets;
import java.util.List;

/** {@link DispatchFaults} in a store whose dispatcher leaves every filter that it may to the draining thread. */
public final class DeferredFaults extends DispatchFaults {

    /** Makes the scenario. */
    public DeferredFaults() {
        super(List.of(Faults.Kind.ONCE));
    }

    @Override
    DispatchWorld world() {
        return new DispatchWorld(OperationBudgets::none);
    }
}
