package io.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.ClusterSeeds;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.testing.LocalNetwork;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures of the host in the exchange between nodes. */
class ClusterFaultTest {

    private static final int CYCLES = 200;

    private final LocalNetwork network = LocalNetwork.create();
    private final ManualClock clock = new ManualClock();
    private final FailingClock failing = new FailingClock();
    private final PresenceStore writer = store("writer", 1, clock);
    private final PresenceStore reader = store("reader", 2, failing);

    /* A clock of which one reading throws. */
    private final class FailingClock implements LongSupplier {

        private int untilFailure = Integer.MAX_VALUE;

        @Override
        public long getAsLong() {
            if (untilFailure-- == 0) {
                throw new IllegalStateException("the clock must fail once");
            }
            return clock.getAsLong();
        }
    }

    private PresenceStore store(String name, long seed, LongSupplier nanos) {
        PresenceStoreBuilder options = ClusterSeeds.of(PresenceStore.builder(), seed)
                .callerDriven()
                .nanoClock(nanos)
                .wallClock(clock)
                .cluster(ClusterOptions.over(network.join(name)));
        return options.build();
    }

    @AfterEach
    void close() {
        writer.close();
        reader.close();
    }

    private void run() {
        for (int i = 0; i < CYCLES; i++) {
            writer.doWork();
            reader.doWork();
        }
    }

    /* Fails if Reconciler does not show again what has failed. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 25, 30})
    void clock_thatFailsWhileChangesArrive_leavesNoPresenceBehind(int reading) {
        run();
        for (int i = 0; i < 5; i++) {
            writer.upsert(PresenceUpsert.of("p" + i, "ada", "online"));
        }
        writer.doWork();
        writer.update("p1", PresencePatch.none().status("away"));
        writer.delete("p2");
        writer.doWork();

        failing.untilFailure = reading;
        run();
        failing.untilFailure = Integer.MAX_VALUE;
        assertThat(reader.health().failures()).as("it is counted once").containsValue(1L);
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofMillis(500));
            run();
        }

        assertThat(reader.list().presences()).isEqualTo(writer.list().presences());
        assertThat(reader.cluster().orElseThrow().peers())
                .allSatisfy(peer -> assertThat(peer.state()).isEqualTo(ClusterStatus.PeerState.SYNCED));
    }
}
