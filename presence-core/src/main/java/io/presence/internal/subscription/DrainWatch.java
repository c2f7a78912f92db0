package io.presence.internal.subscription;

import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.store.StableQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * A watch over the drains that were submitted to executors of the host, since an executor can drop a task silently. A
 * drain that has not begun after {@value #FIRST_DELAY_SECONDS} seconds is submitted again, and then after twice that
 * delay, up to {@value #LONGEST_DELAY_SECONDS} seconds. A delay starts at the check that finds the drain, so a drain is
 * up to one second older.
 *
 * <p><b>Cost.</b> One check a second for each subscription that has a drain scheduled or running. A duty cycle checks
 * at most {@value #BUDGET} subscriptions.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class DrainWatch {

    static final int BUDGET = 1024;

    private static final int FIRST_DELAY_SECONDS = 2;
    private static final int LONGEST_DELAY_SECONDS = 60;
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(1);
    private static final long FIRST_DELAY = TimeUnit.SECONDS.toNanos(FIRST_DELAY_SECONDS);
    private static final long LONGEST_DELAY = TimeUnit.SECONDS.toNanos(LONGEST_DELAY_SECONDS);

    /* Ordered by the next check. */
    private final Queue<Watched> order = new StableQueue<>(16);

    /** A subscription, and the drain that was scheduled at its last check. */
    private static final class Watched {

        private final LiveSubscription subscription;
        private int ticket;
        private long since;
        private long delay = FIRST_DELAY;
        private long nextCheck;

        Watched(LiveSubscription subscription, long now) {
            this.subscription = subscription;
            observed(subscription.scheduledDrain(), now);
        }

        void observed(int scheduled, long now) {
            ticket = scheduled;
            since = now;
            nextCheck = now + INTERVAL;
        }
    }

    /** Watches a subscription until it has no drain. */
    void add(LiveSubscription subscription, long now) {
        order.add(new Watched(subscription, now));
        subscription.setWatched(true);
    }

    /** Checks the subscriptions that are due. */
    void advance(long now) {
        for (int remaining = BUDGET; remaining > 0; remaining--) {
            Watched watched = order.peek();
            if (watched == null || watched.nextCheck - now > 0) {
                return;
            }
            if (check(watched, now)) {
                order.add(watched);
            }
            order.remove();
        }
    }

    private static boolean check(Watched watched, long now) {
        LiveSubscription subscription = watched.subscription;
        if (!subscription.isOpen() || subscription.isDrainIdle()) {
            subscription.setWatched(false);
            /*
             * A thread schedules a drain first and reads the flag then; here the flag is cleared first. So one of the
             * two sees the other.
             */
            if (!subscription.isOpen() || subscription.isDrainIdle()) {
                subscription.signalIfDeliverable();
                return false;
            }
            subscription.setWatched(true);
        }
        int scheduled = subscription.scheduledDrain();
        if (scheduled != watched.ticket || scheduled < 0) {
            watched.observed(scheduled, now);
            watched.delay = FIRST_DELAY;
        } else if (now - watched.since >= watched.delay) {
            watched.observed(subscription.submitAgain(scheduled, now - watched.since), now);
            watched.delay = Math.min(LONGEST_DELAY, 2 * watched.delay);
        } else {
            watched.nextCheck = now + INTERVAL;
        }
        return true;
    }

    /** Returns the nanoseconds until the next check is due. */
    long idleNanos(long now) {
        Watched next = order.peek();
        return next == null ? Long.MAX_VALUE : Math.max(0, next.nextCheck - now);
    }
}
