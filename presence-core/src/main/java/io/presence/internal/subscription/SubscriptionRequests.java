package io.presence.internal.subscription;

import io.presence.PresenceException;
import io.presence.Subscription.CloseReason;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.delivery.OpenSubscriptions;
import io.presence.internal.delivery.Reminders;
import io.presence.internal.store.Access;
import java.util.function.Consumer;

/**
 * The requests that other threads make for one subscription: start, close, reset, switch of principal. Each is a
 * command
 * that the dispatcher runs before it captures a later write; one that cannot be enqueued, or that throws, is
 * recovered by
 * a reminder, which needs no memory.
 *
 * <p><b>Threads.</b> {@link #start}, {@link #close}, {@link #resetDelivered} and {@link #switchPrincipal} by any
 * thread, the
 * rest by the dispatcher.
 */
final class SubscriptionRequests {

    private final CommandQueue commands;
    private final SubscriptionSync sync;
    private final DeliveryRecovery recovery;
    private final SubscriptionFailures failures;
    private final OpenSubscriptions open;
    private final UserSubscriptionLimit users;
    private final StoreState state;
    private final Consumer<LiveSubscription> forgotten;

    /** A view of whether the store is closing. By any thread. */
    interface StoreState {

        /** Returns whether a switch of principal must end the subscription. */
        boolean isClosing();

        /** Returns whether no further subscription is delivered to. */
        boolean hasEnded();
    }

    /**
     * Creates the requests of a store without subscriptions.
     *
     * @param forgotten called by the dispatcher with a closed subscription that it has removed
     */
    SubscriptionRequests(
            CommandQueue commands,
            SubscriptionSync sync,
            DeliveryRecovery recovery,
            SubscriptionFailures failures,
            OpenSubscriptions open,
            UserSubscriptionLimit users,
            StoreState state,
            Consumer<LiveSubscription> forgotten) {
        this.commands = commands;
        this.sync = sync;
        this.recovery = recovery;
        this.failures = failures;
        this.open = open;
        this.users = users;
        this.state = state;
        this.forgotten = forgotten;
    }

    /**
     * A command that concerns one subscription.
     *
     * @param recovery the reason of {@link Reminders} for which the dispatcher returns to the subscription if the
     *     command
     *     throws
     */
    record Request(LiveSubscription subscription, int recovery, Runnable command) implements Runnable {

        @Override
        public void run() {
            command.run();
        }
    }

    /**
     * Registers a subscription, which the dispatcher starts before it matches any later write.
     *
     * @throws PresenceException {@code LIMIT_EXCEEDED}; then nothing has changed
     */
    void start(LiveSubscription subscription) {
        users.acquire(subscription);
        try {
            open.add(subscription);
            commands.add(new Request(subscription, Reminders.RESET, () -> startNow(subscription)));
        } catch (Throwable thrown) {
            open.remove(subscription);
            users.release(subscription);
            throw thrown;
        }
    }

    private void startNow(LiveSubscription subscription) {
        if (state.hasEnded() || !subscription.isOpen()) {
            subscription.end(CloseReason.STORE_CLOSED);
            return;
        }
        try {
            sync.start(subscription);
        } catch (Throwable failure) {
            subscription.lose(failure);
        }
    }

    /** Removes a subscription that was closed. */
    void close(LiveSubscription subscription) {
        users.release(subscription);
        commandOrRemind(subscription, Reminders.FORGET);
    }

    /** Requests a snapshot for a subscription whose listener has been reset. */
    void resetDelivered(LiveSubscription subscription) {
        commandOrRemind(subscription, Reminders.SNAPSHOT);
    }

    private void commandOrRemind(LiveSubscription subscription, int reminder) {
        try {
            commands.add(new Request(subscription, reminder, () -> recover(subscription, reminder)));
        } catch (Throwable failure) {
            recovery.remind(subscription, reminder);
        }
    }

    /**
     * Switches a subscription to the access of another principal.
     *
     * @throws PresenceException {@code LIMIT_EXCEEDED}; then nothing has changed
     */
    void switchPrincipal(LiveSubscription subscription, Access access) {
        users.move(subscription, access, () -> requestSwitch(subscription, access));
        /* A closing store starts no further scan; a listener that switches on each signal would never end. */
        if (state.isClosing() || state.hasEnded()) {
            subscription.endNow(CloseReason.STORE_CLOSED);
        }
    }

    /* Held until the dispatcher has switched: nothing may be delivered to the former principal any more. */
    private void requestSwitch(LiveSubscription subscription, Access access) {
        subscription.hold();
        try {
            commands.add(new Request(subscription, Reminders.END, () -> switchNow(subscription, access)));
        } catch (Throwable failure) {
            recovery.remind(subscription, Reminders.END);
            failures.switchFailed(subscription, failure);
            throw failure;
        }
    }

    private void switchNow(LiveSubscription subscription, Access access) {
        if (subscription.isOpen()) {
            sync.switchPrincipal(subscription, access);
        }
    }

    /** Performs a request again, for reasons of {@link Reminders}. */
    void recover(LiveSubscription subscription, int reasons) {
        if ((reasons & Reminders.FORGET) != 0) {
            forget(subscription);
        } else if ((reasons & Reminders.END) != 0) {
            /* A switch that failed half-way has the access of neither principal. */
            subscription.endNow(CloseReason.STORE_FAILED);
            forget(subscription);
        } else if ((reasons & Reminders.RESET) != 0) {
            sync.reset(subscription);
        } else {
            sync.resetDelivered(subscription);
        }
    }

    private void forget(LiveSubscription subscription) {
        sync.forget(subscription);
        open.remove(subscription);
        subscription.clear();
        forgotten.accept(subscription);
    }

    /** Recovers a command that has thrown. Does not throw. */
    void commandFailed(Runnable command, Throwable failure) {
        if (command instanceof Request request) {
            recovery.remind(request.subscription(), request.recovery());
            failures.record(request.subscription());
        }
        recovery.commandFailed(failure);
    }
}
