package io.presence.testing;

import static java.util.Objects.requireNonNull;

import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A store without threads, on a {@link ManualClock}: nothing is dispatched, delivered or expired for listeners until
 * the test calls {@link #run} or {@link #advance}, which then call the listeners. So a test sees the same on every run.
 *
 * <p>A listener that throws fails the test: the next {@link #run}, {@link #advance} or {@link #close} throws an
 * {@link AssertionError} with what it threw as cause. A subscription that names an executor is called by that, and is
 * waited for by {@link PresenceStore#delivered}.
 *
 * <p><b>Threads.</b> The {@link #store} is safe for use by any thread; the rest is for one thread at a time.
 */
public final class ManualStore implements AutoCloseable {

    /* More than a test writes. A listener that answers each event with a write goes on for ever. */
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
     * Makes a store with the default options.
     *
     * @return a new store, to be closed
     */
    public static ManualStore create() {
        return of(PresenceStore.builder());
    }

    /**
     * Makes a store with given options.
     *
     * @param options for example the default lifetime; without clocks, threads, and handler of listener errors, which
     *     are set here
     * @return a new store, to be closed
     * @throws IllegalStateException if one of these is set already
     */
    public static ManualStore of(PresenceStoreBuilder options) {
        return new ManualStore(requireNonNull(options, "options must not be null"));
    }

    /**
     * Returns the store, for the code that is tested.
     *
     * @return the same each time
     */
    public PresenceStore store() {
        return store;
    }

    /**
     * Returns the clocks of the store.
     *
     * @return the same each time
     */
    public ManualClock clock() {
        return clock;
    }

    /**
     * Dispatches what was written and ends what has expired, and calls the listeners, until nothing is left to do.
     *
     * @throws AssertionError if a listener has thrown, or there is no end
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
     * Lets time pass at once, then {@linkplain #run runs}. Listeners that are called for what expires find the clock at
     * the end.
     *
     * @param time not negative
     * @throws AssertionError as {@link #run}
     */
    public void advance(Duration time) {
        clock.advance(time);
        run();
    }

    /**
     * Closes the store, which delivers what was written until now.
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
