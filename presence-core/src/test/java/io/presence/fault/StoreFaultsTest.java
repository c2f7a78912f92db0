package io.presence.fault;

import io.presence.fixture.Promise;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * After any failure inside the store, a presence is unchanged or changed completely, can be written again and is
 * delivered. Other presences are unaffected.
 */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoreFaultsTest {

    private static final String STORE = "io.presence.internal.store.";
    private static final String TABLE = "io.presence.internal.table.";
    private static final String INDEX = "io.presence.internal.index.";
    /* A failing rung is logged. */
    private static final Logger LOG = Logger.getLogger("io.presence");

    @BeforeAll
    static void silence() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        LOG.setLevel(null);
    }

    /** Tried: fails with the dirty mark left set and no pass requested, where the queue takes the entry. */
    @Test
    @Promise("write-atomic")
    void write_failingAtAnySite_happensOrNotAndIsDispatched() {
        FaultRun.run(WriteFaults.class, STORE, TABLE, INDEX);
    }

    @Test
    @Promise("user-claim-returned")
    void write_failingAtAnySiteWithUserLimits_countsLivePresences() {
        FaultRun.run(UserLimitFaults.class, STORE, TABLE, INDEX);
    }

    @Test
    @Promise("write-atomic")
    void session_failingAtAnySite_changesThePresenceAndItsHoldersTogether() {
        FaultRun.run(SessionFaults.class, STORE, TABLE, INDEX);
    }

    @Test
    void capture_failingAtAnySite_canBeRepeatedAndLosesNothing() {
        FaultRun.run(CaptureFaults.class, STORE, TABLE, INDEX);
    }

    @Test
    void queue_withoutMemory_isAsBefore() {
        FaultRun.run(QueueFaults.class, "io.presence.internal.store.StableQueue");
    }

    @Test
    void table_failingAtAnySite_isUnchangedOrChanged() {
        FaultRun.run(TableFaults.class, TABLE);
    }
}
