package io.presence.internal.delivery;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Looks after the turns that were given to executors, since an executor may drop a task without a word. A turn that has not
 * begun after {@value #FIRST_DELAY_SECONDS} seconds is submitted again, and then after twice that delay, up to
 * {@value #LONGEST_DELAY_SECONDS} seconds. The delays count from the look that finds the turn, so a turn is up to one
 * second older.
 *
 * <p><b>Cost.</b> A subscription is looked at once a second while it has turns, and not at all while it has none. One look
 * at the clock of the round for each round; a round looks at no more than {@value #BUDGET} subscriptions.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
public final class DrainWatch {

    static final int BUDGET = 1024;

    private static final int FIRST_DELAY_SECONDS = 2;
    private static final int LONGEST_DELAY_SECONDS = 60;
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);
    private static final long FIRST_DELAY = TimeUnit.SECONDS.toNanos(FIRST_DELAY_SECONDS);
    private static final long LONGEST_DELAY = TimeUnit.SECONDS.toNanos(LONGEST_DELAY_SECONDS);

    /* In the order of the next look. */
    private final Queue<Watched> order = new ArrayDeque<>();

    /** A subscription with the turn that was scheduled when it was last looked at. */
    private static final class Watched {

        private final LiveSubscription subscription;
        private int ticket;
        private long since;
        private long delay = FIRST_DELAY;
        private long nextLook;

        Watched(LiveSubscription subscription, long now) {
            this.subscription = subscription;
            seen(subscription.scheduledDrain(), now);
        }

        void seen(int scheduled, long now) {
            ticket = scheduled;
            since = now;
            nextLook = now + INTERVAL;
        }
    }

    /** Starts without any. */
    public DrainWatch() {}

    /** Looks after a subscription until it has no turn. */
    public void add(LiveSubscription subscription, long now) {
        order.add(new Watched(subscription, now));
        subscription.watched(true);
    }

    /** Looks at the subscriptions that are due. */
    public void advance(long now) {
        for (int left = BUDGET; left > 0; left--) {
            Watched watched = order.peek();
            if (watched == null || watched.nextLook - now > 0) {
                return;
            }
            if (isKept(watched, now)) {
                order.add(watched);
            }
            order.remove();
        }
    }

    private static boolean isKept(Watched watched, long now) {
        LiveSubscription subscription = watched.subscription;
        if (!subscription.isOpen() || subscription.isDrainIdle()) {
            subscription.watched(false);
            /* A thread that schedules a turn first schedules it, then looks for the mark that is cleared here. */
            if (!subscription.isOpen() || subscription.isDrainIdle()) {
                subscription.signalIfDeliverable();
                return false;
            }
            subscription.watched(true);
        }
        int scheduled = subscription.scheduledDrain();
        if (scheduled != watched.ticket || scheduled < 0) {
            watched.seen(scheduled, now);
            watched.delay = FIRST_DELAY;
        } else if (now - watched.since >= watched.delay) {
            watched.seen(subscription.submitAgain(scheduled, now - watched.since), now);
            watched.delay = Math.min(LONGEST_DELAY, 2 * watched.delay);
        } else {
            watched.nextLook = now + INTERVAL;
        }
        return true;
    }

    /** Returns how long there is nothing to look at. */
    public long idleNanos(long now) {
        Watched next = order.peek();
        return next == null ? Long.MAX_VALUE : Math.max(0, next.nextLook - now);
    }
}
