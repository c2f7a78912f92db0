package io.presence.fault;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever throws inside a write, the id is as before or as wanted, can be written, and is told; others are unaffected. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WriteFaultsTest {

    @Test
    void write_failsAtAnySite_happensOrNotAndIsDispatched() {
        FaultRun.run(
                WriteFaults.class,
                "io.presence.internal.store.",
                "io.presence.internal.table.",
                "io.presence.internal.index.");
    }
}
