package io.presence.agrona;

import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import java.util.Objects;
import org.agrona.concurrent.Agent;

/**
 * An {@link Agent} that runs the duty cycle of a {@linkplain PresenceStoreBuilder#callerDriven caller-driven} store,
 * for an {@code AgentRunner}, {@code AgentInvoker} or {@code CompositeAgent} of the host.
 *
 * <pre>{@code
 * PresenceStore store = PresenceStore.builder().callerDriven().build();
 * Agent agent = new PresenceAgent(store);
 * try (AgentRunner runner = new AgentRunner(
 *         new SleepingMillisIdleStrategy(1), Throwable::printStackTrace, null, agent)) {
 *     AgentRunner.startOnThread(runner);
 *     store.upsert(PresenceUpsert.of("tab-1", "ada", "online"));
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> For one thread at a time, that of the runner or invoker. The store remains safe for use by any
 * thread.
 */
public final class PresenceAgent implements Agent {

    private final PresenceStore store;

    /**
     * Creates an agent for a store.
     *
     * @param store a caller-driven store that nothing else drives
     */
    public PresenceAgent(PresenceStore store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    /**
     * Runs one duty cycle of the store.
     *
     * @return the amount of work done; 0 if there was nothing to do, or the store is closed
     * @throws IllegalStateException if the store has a thread of its own, or another thread is in a duty cycle
     */
    @Override
    public int doWork() {
        return store.doWork();
    }

    /** Closes the store, on the thread that runs the agent. Does nothing if it is closed already. */
    @Override
    public void onClose() {
        store.close();
    }

    /**
     * Returns the name of the store.
     *
     * @return {@link PresenceStore#name()}
     */
    @Override
    public String roleName() {
        return store.name();
    }
}
