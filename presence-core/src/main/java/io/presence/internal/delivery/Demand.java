package io.presence.internal.delivery;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * How many events a listener has asked for and not been given. {@link Long#MAX_VALUE} stands for no end of them, and is
 * where sums stop (Reactive Streams, rule 3.17).
 *
 * <p><b>Threads.</b> {@link #add} by any thread, {@link #consume} by whoever has the turn.
 */
final class Demand {

    private static final VarHandle WANTED;

    static {
        try {
            WANTED = MethodHandles.lookup().findVarHandle(Demand.class, "wanted", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile long wanted;

    public Demand(long initial) {
        this.wanted = initial;
    }

    public long wanted() {
        return wanted;
    }

    public void add(long more) {
        while (true) {
            long before = wanted;
            long sum = before + more;
            if (WANTED.compareAndSet(this, before, sum < 0 ? Long.MAX_VALUE : sum)) {
                return;
            }
        }
    }

    /** Takes off what was given. */
    public void consume(int given) {
        while (true) {
            long before = wanted;
            if (before == Long.MAX_VALUE || WANTED.compareAndSet(this, before, before - given)) {
                return;
            }
        }
    }
}
