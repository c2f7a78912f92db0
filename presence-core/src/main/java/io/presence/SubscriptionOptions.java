package io.presence;

import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The delivery options of a {@link Subscription}.
 *
 * <pre>{@code
 * SubscriptionOptions options = SubscriptionOptions.defaults()
 *         .withSnapshot()
 *         .maxPending(10_000)
 *         .name("roster");
 * }</pre>
 *
 * <p><b>Threads.</b> Immutable: each method that takes an option returns a changed copy.
 *
 * <p><b>Equality.</b> Two are equal if all options are equal; executors are compared by identity.
 */
public final class SubscriptionOptions {

    /** The default {@linkplain #batchSize(int) batch size}, in events. */
    public static final int DEFAULT_BATCH_SIZE = 256;

    /** The longest {@linkplain #name(String) name}, in characters. */
    public static final int MAX_NAME = 64;

    private static final SubscriptionOptions DEFAULTS = new SubscriptionOptions(new Draft());

    private final boolean hasSnapshot;
    private final @Nullable Executor executor;
    private final boolean isOnDispatcher;
    private final int maxPending;
    private final int batchSize;
    private final long initialRequest;
    private final boolean closesOnError;
    private final @Nullable String resumeFrom;
    private final boolean ignoresResets;
    private final @Nullable String name;

    private SubscriptionOptions(Draft draft) {
        this.hasSnapshot = draft.hasSnapshot;
        this.executor = draft.executor;
        this.isOnDispatcher = draft.isOnDispatcher;
        this.maxPending = draft.maxPending;
        this.batchSize = draft.batchSize;
        this.initialRequest = draft.initialRequest;
        this.closesOnError = draft.closesOnError;
        this.resumeFrom = draft.resumeFrom;
        this.ignoresResets = draft.ignoresResets;
        this.name = draft.name;
    }

    /** The mutable fields of a copy that is being made. */
    private static final class Draft {

        private boolean hasSnapshot;
        private @Nullable Executor executor;
        private boolean isOnDispatcher;
        private int maxPending = Integer.MAX_VALUE;
        private int batchSize = DEFAULT_BATCH_SIZE;
        private long initialRequest = Long.MAX_VALUE;
        private boolean closesOnError;
        private @Nullable String resumeFrom;
        private boolean ignoresResets;
        private @Nullable String name;
    }

    private Draft draft() {
        Draft draft = new Draft();
        draft.hasSnapshot = hasSnapshot;
        draft.executor = executor;
        draft.isOnDispatcher = isOnDispatcher;
        draft.maxPending = maxPending;
        draft.batchSize = batchSize;
        draft.initialRequest = initialRequest;
        draft.closesOnError = closesOnError;
        draft.resumeFrom = resumeFrom;
        draft.ignoresResets = ignoresResets;
        draft.name = name;
        return draft;
    }

    /**
     * Returns the default options: no snapshot, the executor of the store, unlimited demand, no limit on pending
     * changes. Presences that are visible when the subscription starts are not delivered until they change.
     *
     * @return the defaults
     */
    public static SubscriptionOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Requests a snapshot: each presence that is visible at the start is delivered as an ENTER event, then
     * {@link PresenceListener#onSynced} is called, then live events follow, without gap or duplicate.
     *
     * <p><b>Cost.</b> Proportional to the number of presences that the best {@code equal} condition on an indexed
     * attribute finds, otherwise to the size of the store. The dispatcher scans them in slices and dispatches changes
     * between the slices. The scan pauses while 1,024 or more changes are pending for the listener.
     *
     * @return a changed copy
     */
    public SubscriptionOptions withSnapshot() {
        Draft draft = draft();
        draft.hasSnapshot = true;
        return new SubscriptionOptions(draft);
    }

    /**
     * Sets the executor that calls the listener: a pool, virtual threads, or an event loop. Default: the
     * {@linkplain PresenceStoreBuilder#listenerExecutor executor of the store}. Replaces {@link #onDispatcher()}.
     *
     * <p>Calls of one subscription are serial on any executor. A task that the executor rejects is submitted again, at
     * most once a tick, and no event is lost.
     *
     * @param executor runs each task once, at any time, on any thread
     * @return a changed copy
     */
    public SubscriptionOptions executor(Executor executor) {
        Draft draft = draft();
        draft.executor = Checks.notNull("executor", executor);
        draft.isOnDispatcher = false;
        return new SubscriptionOptions(draft);
    }

    /**
     * Sets the dispatcher as the thread that calls the listener, which saves a change of threads. The listener must
     * return quickly and must not block, since every other subscription waits for it. Replaces
     * {@link #executor(Executor)}.
     *
     * @return a changed copy
     */
    public SubscriptionOptions onDispatcher() {
        Draft draft = draft();
        draft.executor = null;
        draft.isOnDispatcher = true;
        return new SubscriptionOptions(draft);
    }

    /**
     * Sets the maximum number of presences with a pending change. If a change would exceed it, all pending changes are
     * dropped and {@link PresenceListener#onReset} is called, followed by a new snapshot. Default: no limit other than
     * the number of presences.
     *
     * <p>On a channel of one action, the option limits the number of pending changes: on such a channel, an ENTER and a
     * later EXIT of the same presence do not cancel each other out. If a change would exceed the limit, all pending
     * changes are dropped, and {@code onReset} is called to report that changes are missing. No snapshot follows. In
     * addition, the pending states of such a channel that nothing else keeps, such as those of ended presences, are
     * limited to 16 MiB.
     *
     * @param presences positive
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive
     */
    public SubscriptionOptions maxPending(int presences) {
        Draft draft = draft();
        draft.maxPending = positive("maxPending", presences);
        return new SubscriptionOptions(draft);
    }

    /**
     * Sets the maximum number of events in one {@linkplain PresenceListener.Batching batch}, and in one task on the
     * executor before other subscriptions can run there. Default: {@value #DEFAULT_BATCH_SIZE}.
     *
     * @param events positive
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive
     */
    public SubscriptionOptions batchSize(int events) {
        Draft draft = draft();
        draft.batchSize = positive("batchSize", events);
        return new SubscriptionOptions(draft);
    }

    /**
     * Sets the number of events that can be delivered before more are {@linkplain Subscription#request requested}.
     * Default: {@link Long#MAX_VALUE}, which means no limit.
     *
     * @param events not negative
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative
     */
    public SubscriptionOptions initialRequest(long events) {
        Draft draft = draft();
        draft.initialRequest = Checks.notNegative("initialRequest", events);
        return new SubscriptionOptions(draft);
    }

    /**
     * Closes the subscription if the listener throws, with {@link Subscription.CloseReason#LISTENER_FAILED}. Default:
     * the subscription continues.
     *
     * @return a changed copy
     */
    public SubscriptionOptions closeOnError() {
        Draft draft = draft();
        draft.closesOnError = true;
        return new SubscriptionOptions(draft);
    }

    /**
     * Resumes from the position of an earlier subscription of the same store, with the same channel, queries and
     * principal: the changes since then are delivered, then {@link PresenceListener#onSynced} is called. If the store
     * no longer has those changes, or the token is unknown or belongs to another subscription,
     * {@link PresenceListener#onReset} is called first and a snapshot follows. {@link #withSnapshot} has no effect
     * beside this.
     *
     * @param token a value of {@link Subscription#resumeToken()}; an unknown or foreign token causes a reset
     * @return a changed copy
     */
    public SubscriptionOptions resumeFrom(String token) {
        Draft draft = draft();
        draft.resumeFrom = Checks.notNull("token", token);
        return new SubscriptionOptions(draft);
    }

    /**
     * Declares that the listener does not need {@link PresenceListener#onReset}. Then {@link #maxPending} and
     * {@link #resumeFrom} accept a listener that does not override it, such as a lambda that reads the store again on
     * each event. Such a listener receives no EXIT for presences that ended while changes were dropped.
     *
     * @return a changed copy
     */
    public SubscriptionOptions ignoreResets() {
        Draft draft = draft();
        draft.ignoresResets = true;
        return new SubscriptionOptions(draft);
    }

    /**
     * Sets the name of the subscription in log records, in {@link PresenceHealth}, and in its {@code toString()}.
     *
     * @param name 1 to {@value #MAX_NAME} characters of {@code [A-Za-z0-9._-]}, the first a letter or a digit
     * @return a changed copy
     * @throws IllegalArgumentException if it breaks this rule
     */
    public SubscriptionOptions name(String name) {
        Draft draft = draft();
        draft.name = Checks.name(name, MAX_NAME);
        return new SubscriptionOptions(draft);
    }

    /**
     * Returns whether a snapshot is delivered first.
     *
     * @return false by default
     */
    public boolean hasSnapshot() {
        return hasSnapshot;
    }

    /**
     * Returns the executor that calls the listener.
     *
     * @return null if the executor of the store or the dispatcher calls it
     */
    public @Nullable Executor executor() {
        return executor;
    }

    /**
     * Returns whether the dispatcher calls the listener.
     *
     * @return false by default
     */
    public boolean isOnDispatcher() {
        return isOnDispatcher;
    }

    /**
     * Returns the maximum number of presences with a pending change.
     *
     * @return {@link Integer#MAX_VALUE} by default
     */
    public int maxPending() {
        return maxPending;
    }

    /**
     * Returns the maximum number of events in a batch.
     *
     * @return {@value #DEFAULT_BATCH_SIZE} by default
     */
    public int batchSize() {
        return batchSize;
    }

    /**
     * Returns the number of events that can be delivered before more are requested.
     *
     * @return {@link Long#MAX_VALUE}, which means no limit, by default
     */
    public long initialRequest() {
        return initialRequest;
    }

    /**
     * Returns whether an exception of the listener closes the subscription.
     *
     * @return false by default
     */
    public boolean closesOnError() {
        return closesOnError;
    }

    /**
     * Returns the token to resume from.
     *
     * @return null to start anew
     */
    public @Nullable String resumeFrom() {
        return resumeFrom;
    }

    /**
     * Returns whether the listener is declared not to need resets.
     *
     * @return false by default
     */
    public boolean ignoresResets() {
        return ignoresResets;
    }

    /**
     * Returns the name.
     *
     * @return null for none
     */
    public @Nullable String name() {
        return name;
    }

    private static int positive(String parameter, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(parameter + " must be positive: " + value);
        }
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SubscriptionOptions that
                && hasSnapshot == that.hasSnapshot
                && executor == that.executor
                && isOnDispatcher == that.isOnDispatcher
                && maxPending == that.maxPending
                && batchSize == that.batchSize
                && initialRequest == that.initialRequest
                && closesOnError == that.closesOnError
                && Objects.equals(resumeFrom, that.resumeFrom)
                && ignoresResets == that.ignoresResets
                && Objects.equals(name, that.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(hasSnapshot, isOnDispatcher, maxPending, batchSize, initialRequest, resumeFrom, name);
    }

    @Override
    public String toString() {
        return "SubscriptionOptions[hasSnapshot=" + hasSnapshot + ", executor=" + executor + ", isOnDispatcher="
                + isOnDispatcher + ", maxPending=" + maxPending + ", batchSize=" + batchSize + ", initialRequest="
                + initialRequest + ", closesOnError=" + closesOnError + ", resumeFrom=" + resumeFrom
                + ", ignoresResets=" + ignoresResets + ", name=" + name + "]";
    }
}
