package io.presence.internal.delivery;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A stack of subscriptions that the dispatcher must recover, linked through the subscriptions. Adding one allocates
 * nothing, so it succeeds when the JVM is out of memory.
 *
 * <p><b>Threads.</b> {@link #add} and {@link #isEmpty} by any thread, {@link #takeAll} by the dispatcher. Lock-free.
 */
public final class Reminders {

    /** The executor rejected the drain, or the drain failed: schedule it again. */
    public static final int RETRY = 1;
    /** Changes were lost: reset the listener. */
    public static final int RESET = 2;
    /** A drain was submitted: watch that it begins. */
    public static final int WATCH = 4;
    /** The listener has been reset: start a snapshot. */
    public static final int SNAPSHOT = 8;
    /** The subscription was closed: remove it. */
    public static final int FORGET = 16;
    /** A switch of principal failed: end the subscription. */
    public static final int END = 32;

    /* No VarHandle: the JVM links each kind of its calls when it is first made, which fails without memory. */
    private static final AtomicReferenceFieldUpdater<Reminders, @Nullable LiveSubscription> HEAD =
            AtomicReferenceFieldUpdater.newUpdater(Reminders.class, LiveSubscription.class, "head");

    private volatile @Nullable LiveSubscription head;

    /** Creates an empty stack. */
    public Reminders() {}

    /**
     * Adds reasons to recover a subscription.
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
            subscription.nextReminder(seen);
        } while (!HEAD.compareAndSet(this, seen, subscription));
    }

    /** Returns whether the stack is empty. */
    public boolean isEmpty() {
        return head == null;
    }

    /**
     * Removes and visits each subscription that was added since the last call, once.
     *
     * @param visitor must not throw; the next call visits what it adds
     */
    public void takeAll(Visitor visitor) {
        LiveSubscription next = head == null ? null : HEAD.getAndSet(this, null);
        while (next != null) {
            LiveSubscription subscription = next;
            next = subscription.takeNextReminder();
            visitor.visit(subscription, subscription.takeReminders());
        }
    }

    /** A visitor of reminded subscriptions. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * Visits one subscription.
         *
         * @param reasons one or more of the constants
         */
        void visit(LiveSubscription subscription, int reasons);
    }
}
