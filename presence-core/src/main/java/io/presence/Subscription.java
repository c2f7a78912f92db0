package io.presence;

import java.util.concurrent.CompletionStage;

/**
 * A running listener, until it or the store is closed.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
public interface Subscription extends AutoCloseable {

    /** Why a subscription ended. */
    enum CloseReason {
        /** {@link Subscription#close()} was called. */
        CLOSED,
        /** The store was closed. */
        STORE_CLOSED
    }

    /**
     * How a subscription starts.
     *
     * @param snapshot true to first receive the presences that are in sight already
     */
    record Options(boolean snapshot) {

        private static final Options DEFAULTS = new Options(false);

        /**
         * Returns the defaults: what is in sight at the start counts as known, and only changes are told.
         *
         * @return no snapshot
         */
        public static Options defaults() {
            return DEFAULTS;
        }

        /**
         * Asks for what is in sight already: each presence as an ENTER event, then
         * {@link PresenceListener#synced}, then live events, with no gap and no duplicate in between.
         *
         * @return a changed copy
         */
        public Options withSnapshot() {
            return new Options(true);
        }
    }

    /**
     * Ends this subscription. After it has returned no call to the listener starts; from within a call, none after
     * that one. Does not wait for a running call, which one is from the moment the dispatcher has committed to it:
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
