package io.presence.internal.dispatch;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the dispatcher's thread waits for work.
 *
 * <p>Whoever leaves work first makes it visible, then reads whether the thread is parked; the thread first says that it
 * is, then looks for work. Both sides use volatile accesses, so at least one of them sees the other, and no wake-up is
 * lost. The first to wake it takes it out, so that a crowd of writers pays for one wake-up.
 *
 * <p><b>Threads.</b> {@link #unpark} by any thread, {@link #park} by one.
 */
public final class Parker {

    private final AtomicReference<@Nullable Thread> parked = new AtomicReference<>();

    /** Makes a parker that nobody waits at. */
    public Parker() {}

    /**
     * Waits.
     *
     * @param nanos how long there is nothing to do; asked after it is visible that the thread is parked
     */
    void park(LongSupplier nanos) {
        parked.set(Thread.currentThread());
        long idle = nanos.getAsLong();
        if (idle > 0) {
            LockSupport.parkNanos(this, idle);
        }
        parked.set(null);
    }

    /** Ends the wait, if there is one. */
    public void unpark() {
        Thread thread = parked.get();
        if (thread != null && parked.compareAndSet(thread, null)) {
            LockSupport.unpark(thread);
        }
    }
}
