package io.presence;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A running listener, until it or the store is closed.
 *
 * <p><b>Slow listeners.</b> What a listener has yet to be told waits, at most one change per presence: writes that
 * follow each other are merged into the latest, and a presence that came and went untold is not told at all. So what
 * waits is bounded by the presences that the subscription sees or was told of, however many writes there are; the final
 * state is always told.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public interface Subscription extends AutoCloseable {

    /** Why a subscription ended. */
    enum CloseReason {
        /** {@link Subscription#close()} was called. */
        CLOSED,
        /** The store was closed. */
        STORE_CLOSED,
        /** The listener threw, and was to be {@linkplain Options#closeOnError closed} then. */
        LISTENER_FAILED,
        /**
         * The store could not match or keep a change for this subscription: it ran out of memory, for instance. The
         * others go on. Subscribe anew to go on; {@link PresenceStore#health} has what was thrown.
         */
        STORE_FAILED,
        /**
         * More was pending than may be kept for a listener that can't hear that changes are missing, since it does not
         * override {@link PresenceListener#reset}: on a channel of one action some 16 MiB of states that nothing else
         * keeps, such as those of presences that are gone. Nothing of it is delivered.
         */
        OVERFLOWED
    }

    /**
     * How a subscription starts and is told.
     *
     * @param snapshot true to first receive the presences that are in sight already
     * @param executor what calls the listener; null for the store's own
     * @param onDispatcher true to call the listener on the dispatcher
     * @param pendingLimit how many presences may have something waiting
     * @param batchLimit how many events are told in one batch, and in one turn on the executor
     * @param initialDemand how many events may be told before more are requested
     * @param endsOnError true to end when the listener throws
     * @param resumeFrom where to go on from; null to start anew
     * @param ignoresResets true for a listener that needs no {@link PresenceListener#reset}
     * @param name names the subscription in logs; null for none
     */
    record Options(
            boolean snapshot,
            @Nullable Executor executor,
            boolean onDispatcher,
            int pendingLimit,
            int batchLimit,
            long initialDemand,
            boolean endsOnError,
            @Nullable String resumeFrom,
            boolean ignoresResets,
            @Nullable String name) {

        /** How many events are told in one batch or turn, unless said. */
        public static final int DEFAULT_BATCH = 256;

        /** The longest name of a subscription, in characters. */
        public static final int MAX_NAME = 64;

        private static final Options DEFAULTS = new Options(
                false, null, false, Integer.MAX_VALUE, DEFAULT_BATCH, Long.MAX_VALUE, false, null, false, null);
        private static final Options SNAPSHOT = DEFAULTS.snapshot(true);

        /**
         * Checks the limits.
         *
         * @throws IllegalArgumentException if a limit is not positive, the demand negative, or an executor named for
         *     the dispatcher
         */
        public Options {
            positive("pendingLimit", pendingLimit);
            positive("batchLimit", batchLimit);
            if (initialDemand < 0) {
                throw new IllegalArgumentException("initialDemand must not be negative: " + initialDemand);
            }
            if (onDispatcher && executor != null) {
                throw new IllegalArgumentException("executor must not be named for the dispatcher: " + executor);
            }
        }

        private static void positive(String parameter, int limit) {
            if (limit <= 0) {
                throw new IllegalArgumentException(parameter + " must be positive: " + limit);
            }
        }

        /**
         * Returns the defaults: what is in sight at the start counts as known, and only changes are told, on the
         * store's own executor, without end.
         *
         * @return neither snapshot nor limits
         */
        public static Options defaults() {
            return DEFAULTS;
        }

        /**
         * Asks for what is in sight already: each presence as an ENTER event, then
         * {@link PresenceListener#synced}, then live events, with no gap and no duplicate in between. Costs by what is
         * in sight if there is an {@code equal} condition on an indexed attribute, otherwise by the size of the store;
         * in slices, so that neither the dispatcher nor the mailbox is held up by it.
         *
         * @return a changed copy
         */
        public Options withSnapshot() {
            return equals(DEFAULTS) ? SNAPSHOT : snapshot(true);
        }

        private Options snapshot(boolean asked) {
            return changed(asked, executor, onDispatcher, pendingLimit, batchLimit, initialDemand);
        }

        /**
         * Names what calls the listener: a pool, virtual threads, or an event loop. Calls are serial on any executor.
         * One that refuses is tried again, at most once a tick, and nothing is lost meanwhile.
         *
         * @param executor runs a task at some time, on any thread
         * @return a changed copy
         */
        public Options on(Executor executor) {
            Checks.notNull("executor", executor);
            return changed(snapshot, executor, false, pendingLimit, batchLimit, initialDemand);
        }

        /**
         * Has the listener called by the dispatcher itself, which saves a change of threads. It must be quick and must
         * not block, since everybody waits for it.
         *
         * @return a changed copy
         */
        public Options direct() {
            return changed(snapshot, null, true, pendingLimit, batchLimit, initialDemand);
        }

        /**
         * Limits how many presences may have something waiting. If there would be more, what waits is dropped, and the
         * listener told to {@linkplain PresenceListener#reset start over} as soon as it can be called. Default: no
         * limit but the number of presences.
         *
         * <p>On a channel of one action, where a presence that came and went is not left out, it limits how many
         * changes may be pending: if there would be more, they are dropped and the listener is called to reset, which
         * says there that some are missing; what follows is delivered. In any case it
         * limits the states pending there that nothing else keeps, such as those of presences that are gone, to some 16
         * MiB.
         *
         * @param presences positive
         * @return a changed copy
         * @throws IllegalArgumentException if it is not positive
         */
        public Options maxPending(int presences) {
            positive("maxPending", presences);
            return changed(snapshot, executor, onDispatcher, presences, batchLimit, initialDemand);
        }

        /**
         * Limits how many events a {@linkplain PresenceListener.Batching batch} has, and after how many events other
         * subscriptions on the same executor get their turn. Default: {@value #DEFAULT_BATCH}.
         *
         * @param events positive
         * @return a changed copy
         * @throws IllegalArgumentException if it is not positive
         */
        public Options batches(int events) {
            positive("batches", events);
            return changed(snapshot, executor, onDispatcher, pendingLimit, events, initialDemand);
        }

        /**
         * Limits how many events may be told until more are {@linkplain Subscription#request requested}. Default:
         * {@link Long#MAX_VALUE}, which stands for no limit.
         *
         * @param events not negative
         * @return a changed copy
         * @throws IllegalArgumentException if it is negative
         */
        public Options demand(long events) {
            Checks.notNegative("demand", events);
            return changed(snapshot, executor, onDispatcher, pendingLimit, batchLimit, events);
        }

        /**
         * Ends the subscription, with {@link CloseReason#LISTENER_FAILED}, when the listener throws. Default: it goes
         * on.
         *
         * @return a changed copy
         */
        public Options closeOnError() {
            return changed(true, resumeFrom, ignoresResets, name);
        }

        /**
         * Goes on from where a subscription to the same channel and queries, with the same roles, has left: what has
         * changed since is told, then {@link PresenceListener#synced}. If that is no longer known, or was never, the
         * listener is told to {@linkplain PresenceListener#reset start over} first, and given a snapshot.
         *
         * @param token of {@link Subscription#resumeToken()}; anything else is where nobody was
         * @return a changed copy
         */
        public Options since(String token) {
            Checks.notNull("token", token);
            return changed(endsOnError, token, ignoresResets, name);
        }

        /**
         * Says that the listener needs no {@link PresenceListener#reset}, so that {@link #maxPending} and
         * {@link #since} accept one that does not override it: for example, a lambda that fetches the state again on
         * each event. Such a listener gets no EXIT for presences that went while changes were dropped.
         *
         * @return a changed copy
         */
        public Options ignoreResets() {
            return changed(endsOnError, resumeFrom, true, name);
        }

        /**
         * Names the subscription in log records, in health, and in {@code toString()} of the subscription.
         *
         * @param name 1 to {@value #MAX_NAME} characters of {@code [A-Za-z0-9._-]}, the first a letter or a digit
         * @return a changed copy
         * @throws IllegalArgumentException if it is not
         */
        public Options name(String name) {
            return changed(endsOnError, resumeFrom, ignoresResets, Checks.key("name", name, MAX_NAME));
        }

        private Options changed(boolean ends, @Nullable String token, boolean ignores, @Nullable String called) {
            return new Options(
                    snapshot,
                    executor,
                    onDispatcher,
                    pendingLimit,
                    batchLimit,
                    initialDemand,
                    ends,
                    token,
                    ignores,
                    called);
        }

        private Options changed(
                boolean starts, @Nullable Executor caller, boolean direct, int pending, int batch, long demand) {
            return new Options(
                    starts, caller, direct, pending, batch, demand, endsOnError, resumeFrom, ignoresResets, name);
        }
    }

    /**
     * Lets no further call start until {@link #resume()}; what changes meanwhile waits. Does not wait for a running
     * call. Pausing twice is pausing once. A listener that throws in the call that paused it is still told that it is
     * closed, if it is to be: that is part of the call.
     */
    void pause();

    /** Ends a pause. Does nothing without one. */
    void resume();

    /**
     * Lets so many more events be told, of one that has a limited {@linkplain Options#demand demand}; otherwise does
     * nothing. Sums beyond {@link Long#MAX_VALUE} stand for no limit.
     *
     * @param more positive
     * @throws IllegalArgumentException if it is not
     */
    void request(long more);

    /**
     * Tells how many presences have something waiting that is not told yet.
     *
     * @return 0 if there is nothing to tell
     */
    int lag();

    /**
     * Tells how far the listener has been told. Within a call, what that call tells is included.
     *
     * @return the revision up to which nothing is missing, or -1 until the subscription is in sync for the first time
     *     or again
     */
    long revision();

    /**
     * Tells where a later subscription can {@linkplain Options#since go on} from, if all that was told until now
     * arrives. Within a call, what that call tells is included. One that is ahead with some presences and behind with
     * others, as in the middle of what waited for a slow listener, is nowhere: who goes on from there starts over.
     *
     * @return an opaque text of at most 64 characters, good for as long as the store and its history last
     */
    String resumeToken();

    /**
     * Makes this subscription another principal's, for example since its teams have changed: presences that come into
     * sight are told as ENTER, those that go out of sight as EXIT, at one revision, then
     * {@link PresenceListener#synced}. No call starts from now until it is known what to tell.
     *
     * <p>On a channel of one action, nothing is told but what happens from now on, and what waits is dropped.
     *
     * @param principal who it is from now on
     * @throws PresenceException {@code SCOPE_MISSING} if the principal may not read, {@code LIMIT_EXCEEDED} if its user
     *     has as many subscriptions as it {@linkplain PresenceStore.Builder#maxSubscriptionsPerUser may}; then nothing
     *     changes
     */
    void principal(Principal principal);

    /**
     * Ends this subscription. After it has returned no call to the listener starts; from within a call, none after
     * that one. Does not wait for a running call, which one is from the moment its executor has committed to it:
     * {@link #closed()} tells when that has ended. Closing twice does nothing.
     */
    @Override
    void close();

    /**
     * Returns when and why this subscription ended.
     *
     * @return completes once no call is running and none will start; dependents may run on the dispatcher
     */
    CompletionStage<CloseReason> closed();
}
