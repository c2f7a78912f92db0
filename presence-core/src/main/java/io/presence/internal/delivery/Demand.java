package io.presence.internal.delivery;

import io.presence.internal.store.Fields;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The events that a listener has requested and not received. {@link Long#MAX_VALUE} is unbounded demand, and the
 * maximum of each sum (Reactive Streams, rule 3.17).
 *
 * <p><b>Threads.</b> {@link #consume} by the draining thread, the rest by any thread. Lock-free.
 */
final class Demand {

    private static final VarHandle OUTSTANDING = Fields.varHandle(MethodHandles.lookup(), "outstanding", long.class);

    private volatile long outstanding;

    public Demand(long initial) {
        this.outstanding = initial;
    }

    public long outstanding() {
        return outstanding;
    }

    public void add(long requested) {
        while (true) {
            long before = outstanding;
            long sum = before + requested;
            if (OUTSTANDING.compareAndSet(this, before, sum < 0 ? Long.MAX_VALUE : sum)) {
                return;
            }
        }
    }

    /** Subtracts delivered events. */
    public void consume(int delivered) {
        while (true) {
            long before = outstanding;
            if (before == Long.MAX_VALUE || OUTSTANDING.compareAndSet(this, before, before - delivered)) {
                return;
            }
        }
    }
}
