package io.presence.internal.delivery;

/**
 * A handler of exceptions that listeners throw.
 *
 * <p><b>Threads.</b> Called by any thread.
 */
@FunctionalInterface
public interface ListenerErrorHandler {

    /**
     * Handles an exception. Does not throw.
     *
     * @param continues whether the subscription continues
     */
    void listenerFailed(LiveSubscription subscription, Throwable thrown, boolean continues);
}
