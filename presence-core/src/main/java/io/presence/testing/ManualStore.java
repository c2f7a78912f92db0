package io.presence.testing;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A store for tests that has no threads and runs on a {@link ManualClock}. Nothing is dispatched, delivered or expired
 * for listeners until the test calls {@link #run} or {@link #advance}, which call the listeners. Hence each run of a
 * test gives the same result.
 *
 * <p><b>Errors.</b> If a listener throws, the next {@link #run}, {@link #advance} or {@link #close} throws an
 * {@link AssertionError} with that exception as its cause. Listeners with an executor of their own run on it;
 * {@link PresenceStore#delivered} waits for them.
 *
 * <p><b>Threads.</b> The {@link #store} is safe for use by any thread. The rest is for one thread at a time.
 */
public final class ManualStore implements AutoCloseable {

    /* More than a test needs. Without a limit, a listener that writes on each event would never end. */
    private static final int MAX_WORK = 400_000;

    private final ManualClock clock = new ManualClock();
    private final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    private final PresenceStore store;

    private ManualStore(PresenceStoreBuilder options) {
        store = options.callerDriven()
                .nanoClock(clock)
                .wallClock(clock)
                .onListenerError((subscription, failure) -> thrown.add(failure))
                .build();
    }

    /**
     * Creates a store with the default options.
     *
     * @return a new store, which the test must close
     */
    public static ManualStore create() {
        return of(PresenceStore.builder());
    }

    /**
     * Creates a store with given options.
     *
     * @param options for example the default TTL. Clocks, threads and the handler of listener errors must not be set,
     *     since this method sets them
     * @return a new store, which the test must close
     * @throws IllegalStateException if one of these is set already
     */
    public static ManualStore of(PresenceStoreBuilder options) {
        return new ManualStore(requireNonNull(options, "options must not be null"));
    }

    /**
     * Returns the store, for the code under test.
     *
     * @return the same store each time
     */
    public PresenceStore store() {
        return store;
    }

    /**
     * Returns the clock of the store.
     *
     * @return the same clock each time
     */
    public ManualClock clock() {
        return clock;
    }

    /**
     * Runs duty cycles until nothing is left to do: dispatches all writes, ends all expired presences, and calls the
     * listeners.
     *
     * @throws AssertionError if a listener has thrown, or if the work does not end
     */
    public void run() {
        int work = 0;
        int done;
        while ((done = store.doWork()) > 0) {
            work += done;
            if (work > MAX_WORK) {
                throw new AssertionError("the store must come to rest: does a listener answer each event by a write?");
            }
        }
        check();
    }

    /**
     * Advances the clock in one step, then calls {@link #run}. The clock has its new time already when listeners are
     * called for presences that expired in between.
     *
     * @param time not negative
     * @throws AssertionError as {@link #run}
     */
    public void advance(Duration time) {
        clock.advance(time);
        run();
    }

    /**
     * Closes the store, which first delivers all writes.
     *
     * @throws AssertionError if a listener has thrown
     */
    @Override
    public void close() {
        store.close();
        check();
    }

    private void check() {
        @Nullable Throwable first = thrown.poll();
        if (first != null) {
            thrown.clear();
            throw new AssertionError("a listener must not throw: " + first, first);
        }
    }
}
