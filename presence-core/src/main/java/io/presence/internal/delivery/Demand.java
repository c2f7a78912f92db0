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

    /* The JVM links a kind of call of a handle at the first one, which fails without memory. So it is made here. */
    static {
        new Demand(1).consume(1);
    }

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
