package io.presence.internal.delivery;

/**
 * Reports what listeners throw.
 *
 * <p><b>Threads.</b> By any thread.
 */
@FunctionalInterface
public interface ListenerErrorHandler {

    /**
     * Reports one. Does not throw.
     *
     * @param goesOn whether the subscription goes on
     */
    void listenerFailed(LiveSubscription subscription, Throwable thrown, boolean goesOn);
}
