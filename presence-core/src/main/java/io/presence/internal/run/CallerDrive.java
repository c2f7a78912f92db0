package io.presence.internal.run;

import io.presence.internal.bus.DutyCycle;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Goes round when called. A call from within the round (by a listener) does nothing, so that rounds never nest. */
public final class CallerDrive implements Drive {

    private final DutyCycle cycle;
    private final AtomicReference<@Nullable Thread> driver = new AtomicReference<>();
    private volatile boolean closing;
    /* Guarded by being the driver. */
    private boolean closed;

    /**
     * Drives a cycle.
     *
     * @param cycle what to go round
     */
    public CallerDrive(DutyCycle cycle) {
        this.cycle = cycle;
    }

    @Override
    public int doWork() {
        if (!enter()) {
            return 0;
        }
        try {
            return closed ? 0 : cycle.doWork();
        } finally {
            leave();
        }
    }

    @Override
    public void close() {
        closing = true;
        Thread caller = Thread.currentThread();
        while (true) {
            Thread running = driver.compareAndExchange(null, caller);
            if (running == caller) {
                return;
            }
            if (running == null) {
                leave();
                return;
            }
            Thread.onSpinWait();
        }
    }

    private void leave() {
        try {
            finishIfAsked();
        } finally {
            driver.set(null);
        }
    }

    private void finishIfAsked() {
        if (closing && !closed) {
            closed = true;
            cycle.onClose();
        }
    }

    private boolean enter() {
        Thread caller = Thread.currentThread();
        Thread running = driver.compareAndExchange(null, caller);
        if (running != null && running != caller) {
            if (closing) {
                return false;
            }
            throw new IllegalStateException("doWork must be called by one thread at a time: " + running.getName());
        }
        return running == null;
    }
}
