package io.presence.internal.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.SubscriptionOptions;
import io.presence.fixture.NoSessions;
import io.presence.fixture.Recorder;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.dispatch.DutyCycle;
import io.presence.internal.stats.Counters;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.stats.StatusCounts;
import io.presence.internal.store.Clocks;
import io.presence.internal.store.DirtyQueue;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.PrincipalAccess;
import io.presence.internal.store.TrustedAccess;
import io.presence.internal.store.TtlPolicy;
import io.presence.query.Query;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change whose delivery is interrupted, for lack of memory, after some subscriptions have received it. */
class UnfinishedChangeTest {

    private final ManualClock clock = new ManualClock();
    private final Clocks clocks = new Clocks(clock, clock);
    private final DirtyQueue dirty = new DirtyQueue(clocks, () -> {});
    private final TtlPolicy lifetimes = new TtlPolicy(Duration.ofMinutes(15), Duration.ofDays(30));
    private final PresenceTable entries = new PresenceTable(clocks, lifetimes, dirty, 100, List.of());
    private final Subscriptions subscriptions = new Subscriptions(
            entries,
            () -> {},
            new Subscriptions.Settings(
                    0,
                    0,
                    null,
                    principal -> TrustedAccess.INSTANCE,
                    (subscription, thrown, goesOn) -> {},
                    new FailureLog(null, () -> 0),
                    () -> 0),
            new Counters(),
            /* It fails with the first failure, so that the subscriptions are matched one by one. */
            new ForwardingMatcher() {
                @Override
                void beforeMatch() {
                    if (!isFailingLate) {
                        fail();
                    }
                }
            });
    private final DutyCycle cycle =
            new DutyCycle(clocks, entries, dirty, subscriptions, 8_000_000, new StatusCounts(), NoSessions.of(entries));
    private final Recorder first = Recorder.loose();
    private final Recorder interrupted = Recorder.loose();
    private final Recorder last = Recorder.chained();
    private LiveSubscription received;
    private int failures;
    /* Whether it fails after a subscription has received a change, and not before. */
    private boolean isFailingLate;

    private void fail() {
        if (failures > 0) {
            failures--;
            throw new OutOfMemoryError("on purpose");
        }
    }

    /* Between the two others: the dispatcher fails when it asks whether this one has received a change. */
    private final class Interrupting extends LiveSubscription {

        Interrupting() {
            super(
                    subscriptions.host(),
                    Channel.presences(),
                    TrustedAccess.INSTANCE,
                    Query.everything(),
                    SubscriptionOptions.defaults().onDispatcher(),
                    interrupted);
        }

        @Override
        public void matchedAt(long revision) {
            if (isFailingLate) {
                fail();
            }
            super.matchedAt(revision);
        }

        @Override
        public boolean isMatchedAt(long revision) {
            if (!isFailingLate) {
                fail();
            }
            return super.isMatchedAt(revision);
        }
    }

    private LiveSubscription subscribe(Recorder recorder) {
        return (LiveSubscription) subscriptions.subscribe(
                Channel.presences(),
                SubscriptionOptions.defaults().onDispatcher().withSnapshot(),
                TrustedAccess.INSTANCE,
                Query.everything(),
                recorder);
    }

    @BeforeEach
    void start() {
        subscribe(last);
        subscriptions.start(new Interrupting());
        /* It is the first: open subscriptions are visited from the newest on. */
        received = subscribe(first);
        run();
    }

    private void run() {
        for (int i = 0; i < 10; i++) {
            cycle.doWork();
        }
    }

    /** Writes a presence whose first dispatch reaches the first listener only. */
    private void writeInterrupted(String id) {
        entries.upsert(PresenceUpsert.of(id, "ada", "online"), TrustedAccess.INSTANCE);
        failures = 2;
        cycle.doWork();
        assertThat(failures).isZero();
        assertThat(first.events().get(first.events().size() - 1).presence().id())
                .isEqualTo(id);
        assertThat(last.assembled()).doesNotContainKey(id);
    }

    @Test
    void interruptedChange_inTheNextCycle_reachesTheOthersOnce() {
        writeInterrupted("p");
        run();
        assertThat(first.takeLines()).containsExactly("ENTER p online");
        assertThat(last.takeLines()).containsExactly("ENTER p online");
    }

    @Test
    void reset_whileAChangeIsInterrupted_bringsTheChange() {
        subscriptions.host().drainFailed(received, true, new OutOfMemoryError("on purpose"));
        writeInterrupted("p");
        run();
        assertThat(first.resets()).isOne();
        assertThat(first.assembled()).containsOnlyKeys("p");
        assertThat(last.takeLines()).containsExactly("ENTER p online");
    }

    @Test
    void switchOfPrincipal_whileAChangeIsInterrupted_reachesTheOthers() {
        writeInterrupted("p");
        subscriptions
                .host()
                .principalSwitched(
                        received, new PrincipalAccess(Principal.user("bob").build()));
        run();
        assertThat(last.takeLines()).containsExactly("ENTER p online");
        assertThat(first.assembled()).isEmpty();
    }

    @Test
    void change_interruptedWithinASubscription_resetsIt() {
        isFailingLate = true;
        entries.upsert(PresenceUpsert.of("p", "ada", "online"), TrustedAccess.INSTANCE);
        cycle.doWork();
        entries.upsert(PresenceUpsert.of("q", "ada", "online"), TrustedAccess.INSTANCE);
        failures = 1;
        run();
        assertThat(failures).isZero();
        assertThat(interrupted.resets()).isOne();
        assertThat(interrupted.assembled()).containsOnlyKeys("p", "q");
        assertThat(last.takeLines()).containsExactly("ENTER p online", "ENTER q online");
    }
}
