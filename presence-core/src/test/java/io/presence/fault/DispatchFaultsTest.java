package io.presence.fault;

import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever throws inside a round, each change reaches all other subscriptions, and each id can be written. */
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
        "io.presence.internal.bus.Dispatcher",
        "io.presence.internal.bus.DutyCycle",
        "io.presence.internal.bus.Flushes",
        "io.presence.internal.bus.IndexMatcher",
        "io.presence.internal.bus.Joins",
        "io.presence.internal.bus.Replays",
        "io.presence.internal.bus.Sight",
        "io.presence.internal.bus.Subscriptions",
        "io.presence.internal.join."
    };

    @Test
    void round_failsAtAnySite_losesNothingForOthers() {
        FaultRun.run(DispatchFaults.class, STAGES);
    }

    @Test
    void round_failsAtAnySiteWhileFiltersAreDeferred_losesNothingForOthers() {
        FaultRun.run(DeferredFaults.class, STAGES);
    }

    @Test
    void subscription_changeFailsAtAnySite_happensOrNotAndHarmsNoOther() {
        FaultRun.run(
                SubscribeFaults.class,
                "io.presence.internal.bus.Commands",
                "io.presence.internal.bus.Subscriptions",
                "io.presence.internal.deliver.Delivery",
                "io.presence.internal.deliver.LiveSubscription",
                "io.presence.internal.deliver.Reminders",
                "io.presence.internal.deliver.Roster",
                "io.presence.internal.mailbox.");
    }

    @Test
    void round_withoutMemoryForTheWheel_filesEachPresence() {
        FaultRun.run(WheelFaults.class, "io.presence.internal.wheel.", "io.presence.internal.stats.");
    }
}
