package io.presence.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Change;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.testing.ManualClock;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A listener that hangs in one call while the store goes on. Times here only bound how long a failure takes. */
@Timeout(120)
class LongBlockedListenerTest {

    private static final int PRESENCES = 1_000;
    private static final int ROUNDS = 1_000;
    private static final Duration ROUND = Duration.ofMillis(60);

    private final ManualClock clock = new ManualClock();
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final PresenceStore store = PresenceStore.builder()
            .callerDriven()
            .historySize(0)
            .nanoClock(clock)
            .wallClock(clock)
            .build();
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final Map<String, String> deliveredLate = new HashMap<>();
    private int callsBefore;
    private int callsAfter;
    private int notUpdates;
    private long deliveredAtOnce;

    @AfterEach
    void letGo() {
        release.countDown();
        executor.shutdown();
        store.close();
    }

    @Test
    @Promise("slow-listener-memory")
    void listener_blockedForSixtyVirtualSeconds_keepsOneChangePerPresence() throws Exception {
        for (int i = 0; i < PRESENCES; i++) {
            store.upsert(PresenceUpsert.of("p" + i, "ada", "r-1").expiresIn(Duration.ofHours(1)));
        }
        drain();
        Subscription slow = store.subscribe(
                Channel.presences(), SubscriptionOptions.defaults().executor(executor), this::hang);
        store.subscribe(Channel.presences(), SubscriptionOptions.defaults().onDispatcher(), event -> deliveredAtOnce++);
        updateAll(slow, 0);
        assertThat(stuck.await(60, TimeUnit.SECONDS)).isTrue();
        for (int round = 1; round < ROUNDS; round++) {
            updateAll(slow, round);
        }
        assertThat(deliveredAtOnce).isEqualTo(1L * ROUNDS * PRESENCES);
        assertThat(slow.pendingCount()).isEqualTo(PRESENCES);
        assertThat(live("io.presence.internal.delivery.PendingChange"))
                .isPositive()
                .isLessThanOrEqualTo(PRESENCES);
        assertThat(live("io.presence.internal.store.PresenceState"))
                .isPositive()
                .isLessThanOrEqualTo(4L * PRESENCES);
        letGoAndCatchUp(slow);
    }

    private void letGoAndCatchUp(Subscription slow) throws Exception {
        release.countDown();
        while (slow.pendingCount() > 0) {
            Thread.onSpinWait();
        }
        executor.shutdown();
        assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(callsBefore).isOne();
        assertThat(callsAfter).isEqualTo(PRESENCES);
        assertThat(notUpdates).isZero();
        assertThat(deliveredLate).hasSize(PRESENCES);
        assertThat(deliveredLate.values()).containsOnly("r" + (ROUNDS - 1));
    }

    private void hang(PresenceEvent event) {
        if (stuck.getCount() > 0) {
            callsBefore++;
            stuck.countDown();
            awaitRelease();
            return;
        }
        callsAfter++;
        notUpdates += event.change() == Change.UPDATE ? 0 : 1;
        deliveredLate.put(event.presence().id(), event.presence().status());
    }

    private void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void updateAll(Subscription slow, int round) {
        PresencePatch patch = PresencePatch.none().status("r" + round);
        for (int i = 0; i < PRESENCES; i++) {
            store.update("p" + i, patch);
        }
        clock.advance(ROUND);
        drain();
        assertThat(slow.pendingCount()).isLessThanOrEqualTo(PRESENCES);
    }

    private void drain() {
        while (store.doWork() > 0) {
            Thread.onSpinWait();
        }
    }

    /** The number of reachable objects of a class. */
    private static long live(String type) throws JMException {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        return histogram
                .lines()
                .map(line -> line.trim().split("\\s+"))
                .filter(columns -> columns.length >= 4 && columns[3].equals(type))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }
}
