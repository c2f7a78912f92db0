package io.presence.internal.delivery;

import io.presence.Principal;
import io.presence.internal.stats.Counters;
import io.presence.internal.store.Access;
import io.presence.internal.store.PresenceState;
import io.presence.internal.store.PrincipalAccess;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A delivery host without a thread. Work for the dispatcher is kept until {@link #run}. */
public class QuietDeliveryHost implements DeliveryHost {

    private final Counters counters = new Counters();
    private final Queue<Runnable> commands = new ArrayDeque<>();
    private final List<Throwable> failures = new ArrayList<>();
    private long revision;
    private long nanos;

    /** Runs what was left for the dispatcher, and what that leaves. */
    public void run() {
        while (!commands.isEmpty()) {
            commands.remove().run();
        }
    }

    /** Moves to a revision. */
    public void revision(long moved) {
        revision = moved;
    }

    /** Lets time pass. */
    public void advanceNanos(long time) {
        nanos += time;
    }

    /** The errors of listeners. */
    public List<Throwable> failures() {
        return failures;
    }

    @Override
    public Executor dispatcher() {
        return commands::add;
    }

    @Override
    public @Nullable Executor defaultExecutor() {
        return null;
    }

    @Override
    public Access access(Principal principal) {
        return new PrincipalAccess(principal);
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public Counters counters() {
        return counters;
    }

    @Override
    public String resumeToken(LiveSubscription subscription, long at) {
        return Long.toString(at);
    }

    @Override
    public void closed(LiveSubscription subscription) {}

    @Override
    public void resetDelivered(LiveSubscription subscription) {}

    @Override
    public void principalSwitched(LiveSubscription subscription, Access access) {}

    @Override
    public void progressed(LiveSubscription subscription, boolean isCaller) {}

    @Override
    public void capacityAvailable() {}

    @Override
    public void failed(LiveSubscription subscription, Throwable thrown, boolean goesOn) {
        failures.add(thrown);
    }

    @Override
    public FilterBudget allowance() {
        return new FilterBudget(Long.MAX_VALUE);
    }

    @Override
    public boolean isHeld(PresenceState state) {
        return false;
    }

    @Override
    public boolean isDispatcher() {
        return true;
    }

    @Override
    public void postpone(LiveSubscription subscription) {}

    @Override
    public void deliveryFailed(LiveSubscription subscription, Throwable failure) {
        failures.add(failure);
    }

    @Override
    public void drainFailed(LiveSubscription subscription, boolean hasLost, Throwable failure) {
        failures.add(failure);
    }

    @Override
    public void executorRejected(LiveSubscription subscription, Throwable refusal) {}

    @Override
    public void watch(LiveSubscription subscription, Executor executor) {}

    @Override
    public void overdue(LiveSubscription subscription, long nanos) {}

    @Override
    public void filterEvaluated(LiveSubscription subscription, long operations) {}

    @Override
    public void lost(LiveSubscription subscription) {}

    @Override
    public void interrupted() {}

    @Override
    public void undelivered(int subscriptions, int changes) {}

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long cycleStart() {
        return nanos;
    }
}
