package io.presence.internal.view;

import io.presence.internal.store.StableQueue;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;

/**
 * The running scans of views, which advance round-robin, one slice at a time, and the views with postponed deliveries.
 *
 * <p><b>Cost.</b> A duty cycle visits at most {@value #BUDGET} keys and one slice more.
 *
 * <p><b>Threads.</b> Dispatcher only.
 */
final class ViewScans {

    private static final int SLICE = 128;
    private static final int BUDGET = 512;

    private final Views views;
    private final Queue<ViewScan> scans = new StableQueue<>(16);
    private final Set<View> unsettled = new LinkedHashSet<>();

    ViewScans(Views views) {
        this.views = views;
    }

    /** Adds a view with changes that are to be delivered once it has nothing pending. */
    void unsettled(View view) {
        unsettled.add(view);
    }

    /** Starts a scan, in place of a running one of its follower. */
    void add(ViewScan scan) {
        cancel(scan.follower());
        scans.add(scan);
        scan.follower().scan(scan);
    }

    /** Ends the running scan of a follower, if there is one. */
    void cancel(ViewSubscription follower) {
        ViewScan running = follower.scan();
        if (running != null) {
            end(running, false, 0);
        }
    }

    /**
     * Makes postponed deliveries, and advances the scans round-robin.
     *
     * @param revision the revision of the last dispatched change
     * @return the amount of work done
     */
    int advance(long revision) {
        int work = settle();
        int blocked = 0;
        while (work < BUDGET && blocked < scans.size()) {
            ViewScan scan = scans.element();
            int visited = advance(scan, revision);
            work += visited;
            blocked = visited == 0 ? blocked + 1 : 0;
            if (scan.isAtEnd()) {
                work++;
                blocked = 0;
                end(scan, !scan.isVoid(), revision);
            } else {
                scans.remove();
                scans.add(scan);
            }
        }
        return work;
    }

    private int settle() {
        if (unsettled.isEmpty()) {
            return 0;
        }
        int before = unsettled.size();
        unsettled.removeIf(view -> {
            boolean canSettle = view.canSettle();
            if (canSettle) {
                view.settle();
            }
            return canSettle;
        });
        return before - unsettled.size();
    }

    private int advance(ViewScan scan, long revision) {
        try {
            return scan.advance(SLICE, revision);
        } catch (Throwable thrown) {
            scan.follower().lose(thrown);
            return 1;
        }
    }

    /* A scan between two views leaves the first one, and releases the calls that the switch holds. */
    private void end(ViewScan scan, boolean isComplete, long revision) {
        ViewSubscription follower = scan.follower();
        scans.remove(scan);
        follower.scan(null);
        View from = scan.from();
        if (from != null) {
            if (from != follower.view()) {
                from.detach(follower);
            }
            views.release(from);
            follower.release();
        }
        if (isComplete) {
            follower.sync(revision);
        }
    }

    /** Returns whether {@link #advance} would make progress. */
    boolean canAdvance() {
        for (View view : unsettled) {
            if (view.canSettle()) {
                return true;
            }
        }
        for (ViewScan scan : scans) {
            if (scan.canAdvance()) {
                return true;
            }
        }
        return false;
    }
}
