package io.presence.internal.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceListener;
import io.presence.PresenceUpsert;
import io.presence.Scope;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import io.presence.fixture.NoSessions;
import io.presence.fixture.Recorder;
import io.presence.internal.delivery.LiveSubscription;
import io.presence.internal.dispatch.DutyCycle;
import io.presence.internal.stats.Counters;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.stats.FailureLog.Kind;
import io.presence.internal.stats.StatusCounts;
import io.presence.internal.store.Access;
import io.presence.internal.store.Clocks;
import io.presence.internal.store.DirtyQueue;
import io.presence.internal.store.PresenceState;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.TrustedAccess;
import io.presence.internal.store.TtlPolicy;
import io.presence.query.Query;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Subscriptions whose matching throws whenever it is tried, and an index that does. */
class FailingMatchTest {

    private static final Logger LOG = Logger.getLogger("io.presence");
    private static final int MANY = 20;

    private final ManualClock clock = new ManualClock();
    private final Clocks clocks = new Clocks(clock, clock);
    private final DirtyQueue dirty = new DirtyQueue(clocks, () -> {});
    private final TtlPolicy lifetimes = new TtlPolicy(Duration.ofMinutes(15), Duration.ofDays(30));
    private final PresenceTable entries = new PresenceTable(clocks, lifetimes, dirty, 100, List.of());
    private final FailureLog failures = new FailureLog(null, () -> 0);
    private final Counters counters = new Counters();
    private final FailingMatcher matcher = new FailingMatcher();
    private final Subscriptions subscriptions = new Subscriptions(
            entries,
            () -> {},
            new Subscriptions.Settings(
                    0,
                    0,
                    null,
                    principal -> TrustedAccess.INSTANCE,
                    (subscription, thrown, goesOn) -> {},
                    failures,
                    () -> 0),
            counters,
            matcher);
    private final DutyCycle cycle =
            new DutyCycle(clocks, entries, dirty, subscriptions, 8_000_000, new StatusCounts(), NoSessions.of(entries));
    private final List<String> logged = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        LOG.setUseParentHandlers(false);
        LOG.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        LOG.removeHandler(handler);
        LOG.setUseParentHandlers(true);
    }

    /**
     * The index, which throws at each match while it has a subscription that can't be matched, or if it always does.
     */
    private static final class FailingMatcher extends ForwardingMatcher {

        private int culprits;
        private boolean isBroken;

        @Override
        public void add(LiveSubscription subscription) {
            super.add(subscription);
            culprits += subscription.access() instanceof Unreadable ? 1 : 0;
        }

        @Override
        public void remove(LiveSubscription subscription) {
            super.remove(subscription);
            culprits -= subscription.access() instanceof Unreadable ? 1 : 0;
        }

        @Override
        void beforeMatch() {
            if (culprits > 0 || isBroken) {
                throw new IllegalStateException("on purpose");
            }
        }
    }

    /** Rights that can be asked once, when the subscription is taken in. */
    private static final class Unreadable implements Access {

        private boolean wasAsked;

        @Override
        public Query.Filter readable() {
            if (wasAsked) {
                throw new IllegalStateException("on purpose");
            }
            wasAsked = true;
            return Query.everything();
        }

        @Override
        public void require(Scope scope) {}

        @Override
        public String owner(@Nullable String named) {
            return TrustedAccess.INSTANCE.owner(named);
        }

        @Override
        public @Nullable String limitedUser() {
            return null;
        }

        @Override
        public String caller() {
            return TrustedAccess.INSTANCE.caller();
        }

        @Override
        public void requireGrantable(@Nullable List<Permission> permissions) {}

        @Override
        public boolean canRead(PresenceState state) {
            return true;
        }

        @Override
        public boolean canUpdate(PresenceState state) {
            return true;
        }

        @Override
        public boolean canDelete(PresenceState state) {
            return true;
        }

        @Override
        public boolean dependsOnPresence() {
            return false;
        }
    }

    private Subscription subscribe(String name, Access access, PresenceListener listener) {
        return subscriptions.subscribe(
                Channel.presences(),
                SubscriptionOptions.defaults().onDispatcher().name(name),
                access,
                Query.everything(),
                listener);
    }

    private void write(String id) {
        entries.upsert(PresenceUpsert.of(id, "ada", "online"), TrustedAccess.INSTANCE);
        cycle.doWork();
    }

    private static @Nullable CloseReason end(Subscription subscription) {
        return subscription.closeFuture().toCompletableFuture().getNow(null);
    }

    @Test
    void match_throwingForSome_closesThemAndReachesTheOthers() {
        Recorder first = Recorder.chained();
        Recorder last = Recorder.chained();
        Subscription before = subscribe("before", TrustedAccess.INSTANCE, first);
        List<Subscription> culprits = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            culprits.add(subscribe("culprit", new Unreadable(), event -> {
                throw new AssertionError("not matched: " + event);
            }));
        }
        Subscription after = subscribe("after", TrustedAccess.INSTANCE, last);
        write("p");
        write("q");
        assertThat(culprits).allSatisfy(each -> assertThat(end(each)).isEqualTo(CloseReason.STORE_FAILED));
        for (Recorder recorder : List.of(first, last)) {
            assertThat(recorder.takeLines()).containsExactly("ENTER p online", "ENTER q online");
        }
        assertThat(end(before)).isNull();
        assertThat(end(after)).isNull();
        assertThat(failures.count(Kind.DISPATCH)).as("each, and the index").isEqualTo(MANY + 1);
        assertThat(subscriptions.lastFailed()).contains("culprit").contains("presences");
        assertThat(logged).as("records within a second").hasSize(1);
        assertThat(subscriptions.size()).isEqualTo(2);
    }

    @Test
    void match_byIndexThatAlwaysThrows_reachesEachAtEveryChange() {
        matcher.isBroken = true;
        List<Recorder> recorders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            recorders.add(Recorder.chained());
            subscribe("s" + i, TrustedAccess.INSTANCE, recorders.get(i));
        }
        for (int i = 0; i < MANY; i++) {
            write("p" + i);
        }
        assertThat(recorders).allSatisfy(each -> assertThat(each.take()).hasSize(MANY));
        assertThat(failures.count(Kind.DISPATCH)).isEqualTo(MANY);
        assertThat(logged).hasSize(1);
    }

    @Test
    void drain_losingChangesOnChannelOfOneAction_isCountedAsLoss() {
        List<String> delivered = new ArrayList<>();
        LiveSubscription deaf = (LiveSubscription) subscriptions.subscribe(
                Channel.presences().upsert(),
                SubscriptionOptions.defaults().onDispatcher().name("deaf"),
                TrustedAccess.INSTANCE,
                Query.everything(),
                event -> delivered.add(event.presence().id()));
        write("p");
        deaf.pause();
        write("q");
        subscriptions.host().drainFailed(deaf, true, new OutOfMemoryError("on purpose"));
        cycle.doWork();
        assertThat(failures.count(Kind.LOSS)).isOne();
        assertThat(subscriptions.lastFailed()).contains("deaf");
        assertThat(logged).anyMatch(text -> text.contains("lost") && text.contains("deaf"));
        deaf.resume();
        write("r");
        assertThat(delivered).containsExactly("p", "r");
        assertThat(counters.toStats(0, 0, 0, 0, 0, 0).resets()).isZero();
        assertThat(deaf.channel().action()).isEqualTo(Action.UPSERT);
    }

    @Test
    void drain_losingChangesWithOnReset_isCountedAsReset() {
        Recorder recorder = Recorder.loose();
        LiveSubscription hearing = (LiveSubscription) subscriptions.subscribe(
                Channel.presences().upsert(),
                SubscriptionOptions.defaults().onDispatcher(),
                TrustedAccess.INSTANCE,
                Query.everything(),
                recorder);
        write("p");
        subscriptions.host().drainFailed(hearing, true, new OutOfMemoryError("on purpose"));
        cycle.doWork();
        assertThat(failures.count(Kind.LOSS)).isZero();
        assertThat(recorder.resets()).isOne();
        assertThat(counters.toStats(0, 0, 0, 0, 0, 0).resets()).isOne();
    }
}
