package io.presence.bench.soak;

import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.bench.soak.Worker.Gate;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** The listeners that misbehave. Their views must be correct nevertheless. */
final class Faulty {

    private Faulty() {}

    /** A listener that throws after each hundredth event. */
    static final class Throwing extends Mirror {

        private static final int EVERY = 100;
        private final AtomicLong thrown = new AtomicLong();

        Throwing(Predicate<Presence> sees, Findings findings) {
            super("throwing", sees, findings);
        }

        @Override
        public void onEvent(PresenceEvent event) {
            super.onEvent(event);
            if (events() % EVERY == 0) {
                thrown.incrementAndGet();
                throw new Deliberate();
            }
        }

        long thrown() {
            return thrown.get();
        }
    }

    /** The exception of {@link Throwing}, without a stack trace. */
    static final class Deliberate extends RuntimeException {

        private static final long serialVersionUID = 1;

        Deliberate() {
            super("deliberate", null, false, false);
        }
    }

    /** A listener that waits 10 ms after each fiftieth event, except during a checkpoint. */
    static final class Slow extends Mirror {

        private static final int EVERY = 50;
        private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
        private final Gate gate;

        Slow(String name, Predicate<Presence> sees, Gate gate, Findings findings) {
            super(name, sees, findings);
            this.gate = gate;
        }

        @Override
        public void onEvent(PresenceEvent event) {
            super.onEvent(event);
            if (events() % EVERY == 0 && !gate.isAtCheckpoint()) {
                LockSupport.parkNanos(WAIT_NANOS);
            }
        }
    }
}
