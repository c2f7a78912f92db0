package io.presence.internal.dispatch;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The parking place of the dispatcher thread.
 *
 * <p><b>Memory ordering.</b> A writer publishes its work, then reads whether the thread is parked. The thread sets that
 * it is parked, then reads whether there is work. Both sides use volatile accesses, so at least one observes the other,
 * and no wake-up is lost. The first writer removes the thread, so that many writers cause one wake-up.
 *
 * <p><b>Threads.</b> {@link #unpark} by any thread, {@link #park} by one.
 */
public final class Parker {

    private final AtomicReference<@Nullable Thread> parked = new AtomicReference<>();

    /** Creates a parker at which no thread is parked. */
    public Parker() {}

    /**
     * Parks the calling thread.
     *
     * @param nanos supplies the time until there is work; called after it is visible that the thread is parked
     */
    void park(LongSupplier nanos) {
        parked.set(Thread.currentThread());
        long idle = nanos.getAsLong();
        if (idle > 0) {
            LockSupport.parkNanos(this, idle);
        }
        parked.set(null);
    }

    /** Unparks the thread, if one is parked. */
    public void unpark() {
        Thread thread = parked.get();
        if (thread != null && parked.compareAndSet(thread, null)) {
            LockSupport.unpark(thread);
        }
    }
}
