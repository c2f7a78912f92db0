package io.presence.internal;

import io.presence.Subscription;
import io.presence.internal.delivery.ListenerErrorHandler;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.stats.FailureLog.Kind;
import java.lang.System.Logger.Level;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands what listeners throw to the host's handler, or logs it if there is none, and logs what the handler throws. Never
 * throws, whatever the handler and the log do.
 *
 * <p><b>Threads.</b> Safe for use by any thread.
 */
final class ListenerErrors implements ListenerErrorHandler {

    private final @Nullable BiConsumer<Subscription, Throwable> handler;
    private final FailureLog failures;

    /**
     * Hands on.
     *
     * @param handler the host's, or null to log
     * @param failures where failures are counted and logged
     */
    ListenerErrors(@Nullable BiConsumer<Subscription, Throwable> handler, FailureLog failures) {
        this.handler = handler;
        this.failures = failures;
    }

    @Override
    public void listenerFailed(LiveSubscription subscription, Throwable thrown, boolean goesOn) {
        if (handler == null) {
            failures.report(
                    Kind.LISTENER, Level.WARNING, () -> text("a listener failed", subscription, goesOn), thrown);
            return;
        }
        try {
            handler.accept(subscription, thrown);
        } catch (Throwable again) {
            suppress(again, thrown);
            failures.report(
                    Kind.ERROR_HANDLER,
                    Level.ERROR,
                    () -> text("the handler of listener errors failed", subscription, goesOn),
                    again);
        }
    }

    private static String text(String what, LiveSubscription subscription, boolean goesOn) {
        return what + ", its " + subscription.description() + (goesOn ? " goes on" : " ends");
    }

    private static void suppress(Throwable again, Throwable thrown) {
        try {
            if (again != thrown) {
                again.addSuppressed(thrown);
            }
        } catch (Throwable ignored) {
            /* What is reported is worth more than what it hides. */
        }
    }
}
