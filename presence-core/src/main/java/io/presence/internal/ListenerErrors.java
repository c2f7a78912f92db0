package io.presence.internal;

import io.presence.Subscription;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.stats.FailureLog.Kind;
import io.presence.internal.subscription.Subscriptions;
import java.lang.System.Logger.Level;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A handler of exceptions that listeners throw: calls the handler of the host, or logs the exception if there is none.
 * An exception of the handler is logged. Never throws.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class ListenerErrors implements Subscriptions.ListenerErrorHandler {

    private static final String LISTENER_FAILED = FailureLog.text("a listener failed, ");
    private static final String HANDLER_FAILED = FailureLog.text("the handler of listener errors failed, ");

    private final @Nullable BiConsumer<Subscription, Throwable> handler;
    private final FailureLog failures;

    /**
     * Creates a handler.
     *
     * @param handler the handler of the host, or null to log
     * @param failures counts and logs failures
     */
    ListenerErrors(@Nullable BiConsumer<Subscription, Throwable> handler, FailureLog failures) {
        this.handler = handler;
        this.failures = failures;
    }

    @Override
    public void listenerFailed(LiveSubscription subscription, Throwable thrown, boolean continues) {
        String outcome = continues ? FailureLog.CONTINUES : FailureLog.ENDS;
        if (handler == null) {
            failures.report(Kind.LISTENER, Level.WARNING, LISTENER_FAILED, subscription, outcome, thrown);
            return;
        }
        try {
            handler.accept(subscription, thrown);
        } catch (Throwable again) {
            suppress(again, thrown);
            failures.report(Kind.ERROR_HANDLER, Level.ERROR, HANDLER_FAILED, subscription, outcome, again);
        }
    }

    private static void suppress(Throwable again, Throwable thrown) {
        try {
            if (again != thrown) {
                again.addSuppressed(thrown);
            }
        } catch (Throwable ignored) {
            /* The report must not fail because of a suppressed exception. */
        }
    }
}
