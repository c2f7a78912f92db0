package io.presence.internal.deliver;

import io.presence.Principal;
import io.presence.internal.mailbox.Allowance;
import io.presence.internal.stats.Counters;
import io.presence.internal.store.Access;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription needs of the bus that it is on.
 *
 * <p><b>Threads.</b> By any thread.
 */
public interface Bus {

    /** Runs what is given to it on the dispatcher, soon. */
    Executor dispatcher();

    /** Runs the calls of subscriptions that name no executor; null for the dispatcher. */
    @Nullable Executor defaultExecutor();

    /** What a principal may do. */
    Access access(Principal principal);

    /** The revision of the last step that every subscription has been left. */
    long revision();

    /** What is counted. */
    Counters counters();

    /** By what a subscription of the same makes can go on from a revision, or from nothing if that is -1. */
    String resumeToken(LiveSubscription subscription, long revision);

    /** Notes that a subscription was closed and is to be left out. */
    void closed(LiveSubscription subscription);

    /** Notes that a subscription was told to start over, and is to be given what there is. */
    void startedOver(LiveSubscription subscription);

    /** Notes that a subscription, which is held, is now another's. */
    void changed(LiveSubscription subscription, Access access);

    /** Notes that a subscription which is being given what there is has room for more. */
    void roomMade();

    /** Reports what a listener threw. Does not throw. */
    void failed(LiveSubscription subscription, Throwable thrown);

    /**
     * Returns what the calling thread may spend on deciding changes that were left open: if it is the dispatcher, what is left
     * of this round.
     */
    Allowance allowance();

    /** Tells whether the calling thread is the dispatcher. */
    boolean isDispatcher();

    /** Notes that the dispatcher has no more to spend on a subscription in this round, and is to go on with it in another. */
    void putOff(LiveSubscription subscription);

    /** Notes that an executor refused to run a subscription, which is to be signalled again. */
    void refused(LiveSubscription subscription);
}
