package io.presence.internal.delivery;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions that the dispatcher must look at again: a stack that is linked through the subscriptions themselves.
 * Adding one allocates nothing, so it works when everything else fails for want of memory.
 *
 * <p><b>Threads.</b> {@link #add} and {@link #isEmpty} by any thread, {@link #takeAll} by the dispatcher. Lock-free.
 */
public final class Reminders {

    /** The executor refused the turn, or the turn failed: signal again. */
    public static final int RETRY = 1;
    /** Changes were lost: start over. */
    public static final int START_OVER = 2;
    /** A turn was scheduled: watch whether it begins. */
    public static final int WATCH = 4;
    /** The listener was told to start over: deliver what there is. */
    public static final int SNAPSHOT = 8;
    /** It was closed: let go of it. */
    public static final int FORGET = 16;
    /** It can't go on as it is: end it. */
    public static final int END = 32;

    private static final VarHandle HEAD;

    static {
        try {
            HEAD = MethodHandles.lookup().findVarHandle(Reminders.class, "head", LiveSubscription.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile @Nullable LiveSubscription head;

    /** Starts without any. */
    public Reminders() {}

    /**
     * Adds a reason to look at a subscription again.
     *
     * @param reasons one or more of the constants
     */
    public void add(LiveSubscription subscription, int reasons) {
        if (!subscription.remind(reasons)) {
            return;
        }
        LiveSubscription seen;
        do {
            seen = head;
            subscription.reminded(seen);
        } while (!HEAD.compareAndSet(this, seen, subscription));
    }

    /** Tells whether there are none. */
    public boolean isEmpty() {
        return head == null;
    }

    /**
     * Visits each subscription that was added since the last call, once.
     *
     * @param visitor must not throw; what it adds is visited by the next call
     */
    public void takeAll(Visitor visitor) {
        LiveSubscription next = head == null ? null : (LiveSubscription) HEAD.getAndSet(this, null);
        while (next != null) {
            LiveSubscription subscription = next;
            next = subscription.takeNextReminded();
            visitor.remindedOf(subscription, subscription.takeReminders());
        }
    }

    /** Looks at subscriptions again. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * Looks at one.
         *
         * @param reasons one or more of the constants
         */
        void remindedOf(LiveSubscription subscription, int reasons);
    }
}
