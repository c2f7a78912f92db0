package io.presence.fault;

import io.presence.fixture.Promise;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** After any failure inside a duty cycle, each change reaches all other subscriptions and each id can be written. */
@Timeout(value = 600, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DispatchFaultsTest {

    private static final Logger LOG = Logger.getLogger("io.presence");

    @BeforeAll
    static void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOG.setLevel(null);
    }

    private static final String[] STAGES = {
        "io.presence.internal.dispatch.Dispatcher",
        "io.presence.internal.dispatch.DutyCycle",
        "io.presence.internal.dispatch.EntryDispatch",
        "io.presence.internal.dispatch.ExpirationTimers",
        "io.presence.internal.dispatch.Flushes",
        "io.presence.internal.store.ReadAhead",
        "io.presence.internal.subscription.IndexMatcher",
        "io.presence.internal.subscription.SubscriptionSync",
        "io.presence.internal.subscription.HistoryReplays",
        "io.presence.internal.subscription.Visibility",
        "io.presence.internal.subscription.ChangeDelivery",
        "io.presence.internal.subscription.Subscriptions",
        "io.presence.internal.subscription.SubscriptionEnds",
        "io.presence.internal.subscription.SubscriptionRequests",
        "io.presence.internal.subscription.History",
        "io.presence.internal.subscription.ResumeTokens",
        "io.presence.internal.subscription.SnapshotScan"
    };

    @Test
    @Promise("dispatch-fault-contained")
    void cycle_failingAtAnySite_losesNothingForOthers() {
        FaultRun.run(DispatchFaults.class, STAGES);
    }

    @Test
    void cycle_withoutMemoryInTheQueryIndex_losesNothingForOthers() {
        FaultRun.run(MemoryFaults.class, "io.presence.query.internal.index.", "io.presence.query.internal.plan.");
    }

    @Test
    void cycle_failingAtAnySiteWithDeferredFilters_losesNothingForOthers() {
        FaultRun.run(DeferredFaults.class, STAGES);
    }

    @Test
    @Promise("subscribe-fault-contained")
    void subscriptionCommand_failingAtAnySite_happensOrNotAndAffectsNoOther() {
        FaultRun.run(
                SubscribeFaults.class,
                "io.presence.internal.subscription.CommandQueue",
                "io.presence.internal.subscription.DispatcherHost",
                "io.presence.internal.subscription.Subscriptions",
                "io.presence.internal.subscription.SubscriptionRequests",
                "io.presence.internal.delivery.ListenerDelivery",
                "io.presence.internal.delivery.LiveSubscription",
                "io.presence.internal.delivery.Reminders",
                "io.presence.internal.delivery.OpenSubscriptions",
                "io.presence.internal.delivery.FilterBudget",
                "io.presence.internal.delivery.ListenerCall$",
                "io.presence.internal.delivery.ExitEvents",
                "io.presence.internal.delivery.Mailbox",
                "io.presence.internal.delivery.ConflatedChanges",
                "io.presence.internal.delivery.PendingChange",
                "io.presence.internal.delivery.StateChange",
                "io.presence.internal.delivery.DrainState",
                "io.presence.internal.delivery.PendingDelivery",
                "io.presence.internal.delivery.StateWeight");
    }

    @Test
    void cycle_withoutMemoryForTheWheel_schedulesEachPresence() {
        FaultRun.run(WheelFaults.class, "io.presence.internal.wheel.", "io.presence.internal.stats.");
    }

    @Test
    void store_starvedAgainAndAgain_losesNothing() {
        FaultRun.run(ExhaustionFaults.class, "io.presence.internal.", "io.presence.query.internal.index.");
    }
}
