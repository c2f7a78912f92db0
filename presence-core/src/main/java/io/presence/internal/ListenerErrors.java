package io.presence.internal;

import io.presence.Subscription;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Hands what listeners throw to the host's handler, and logs what that throws in turn. Never throws. */
final class ListenerErrors implements BiConsumer<Subscription, Throwable> {

    private static final Logger LOG = System.getLogger("io.presence");

    private final BiConsumer<Subscription, Throwable> handler;

    /**
     * Hands on.
     *
     * @param handler the host's, or null to log
     */
    ListenerErrors(@Nullable BiConsumer<Subscription, Throwable> handler) {
        this.handler = handler == null ? ListenerErrors::log : handler;
    }

    private static void log(Subscription subscription, Throwable thrown) {
        LOG.log(Level.WARNING, "a presence listener failed, its subscription goes on", thrown);
    }

    @Override
    public void accept(Subscription subscription, Throwable thrown) {
        try {
            handler.accept(subscription, thrown);
        } catch (Throwable again) {
            if (again != thrown) {
                again.addSuppressed(thrown);
            }
            LOG.log(Level.ERROR, "the handler of presence listener errors failed", again);
        }
    }
}
