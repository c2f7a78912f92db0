package io.presence.fault;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever throws inside a round, each change reaches all other subscriptions, and each id can be written. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DispatchFaultsTest {

    @Test
    void round_failsAtAnySite_losesNothingForOthers() {
        FaultRun.run(
                DispatchFaults.class,
                "io.presence.internal.bus.Dispatcher",
                "io.presence.internal.bus.DutyCycle",
                "io.presence.internal.bus.Flushes",
                "io.presence.internal.bus.IndexMatcher",
                "io.presence.internal.bus.Joins",
                "io.presence.internal.bus.Sight",
                "io.presence.internal.bus.Subscriptions",
                "io.presence.internal.join.");
    }

    @Test
    void round_withoutMemoryForTheWheel_filesEachPresence() {
        FaultRun.run(WheelFaults.class, "io.presence.internal.wheel.", "io.presence.internal.stats.");
    }
}
