package io.presence.internal.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Role;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import io.presence.fixture.NoSessions;
import io.presence.fixture.Recorder;
import io.presence.fixture.StoreParts;
import io.presence.internal.dispatch.DutyCycle;
import io.presence.internal.stats.Counters;
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
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Subscriptions that start while a store closes, or after: each is closed, and no work remains for an ended dispatcher.
 */
class SubscriptionsEndTest {

    private static final Principal ADA = Principal.user("ada").build();
    private static final Principal BOB = Principal.user("bob").build();

    private final ManualClock clock = new ManualClock();
    private final Clocks clocks = new Clocks(clock, clock);
    private final DirtyQueue dirty = new DirtyQueue(clocks, () -> {});
    private final TtlPolicy lifetimes = new TtlPolicy(Duration.ofMinutes(15), Duration.ofDays(30));
    private final PresenceTable entries = new PresenceTable(clocks, lifetimes, dirty, 100, List.of());
    private final Subscriptions subscriptions = StoreParts.subscriptions(entries, new Counters());
    private final DutyCycle cycle =
            new DutyCycle(clocks, entries, dirty, subscriptions, 8_000_000, new StatusCounts(), NoSessions.of(entries));
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Recorder delivered = Recorder.chained();

    private Subscription subscribe(Channel channel, SubscriptionOptions options) {
        return subscriptions.subscribe(channel, options, new PrincipalAccess(ADA), Query.everything(), delivered);
    }

    private void writeAsAda() {
        entries.upsert(
                PresenceUpsert.of("p", "ada", "online").permissions(Permission.read(Role.user("ada"))),
                TrustedAccess.INSTANCE);
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private static Executor refusing() {
        return task -> {
            throw new RejectedExecutionException("none runs");
        };
    }

    private static CloseReason end(Subscription subscription) {
        return subscription.closeFuture().toCompletableFuture().getNow(null);
    }

    @Test
    void subscribe_directAfterTheLastCommand_isClosed() {
        subscriptions.endAll();
        assertThat(end(subscribe(
                        Channel.presences(), SubscriptionOptions.defaults().onDispatcher())))
                .isEqualTo(CloseReason.STORE_CLOSED);
    }

    @Test
    void subscribe_lateOnRejectingExecutor_isClosed() {
        subscriptions.endAll();
        assertThat(end(subscribe(
                        Channel.presences(), SubscriptionOptions.defaults().executor(refusing()))))
                .isEqualTo(CloseReason.STORE_CLOSED);
    }

    @Test
    void closeStore_withRejectingExecutor_closesTheSubscription() {
        Subscription subscription =
                subscribe(Channel.presences(), SubscriptionOptions.defaults().executor(refusing()));
        writeAsAda();
        cycle.doWork();
        assertThat(subscription.pendingCount()).isOne();
        subscriptions.endAll();
        assertThat(end(subscription)).isEqualTo(CloseReason.STORE_CLOSED);
        assertThat(subscriptions.allEnded()).isDone();
    }

    @Test
    void closeStore_withDirectListenerWithoutDemand_closesTheSubscription() {
        Subscription subscription = subscribe(
                Channel.presences(),
                SubscriptionOptions.defaults().onDispatcher().initialRequest(0));
        writeAsAda();
        cycle.doWork();
        subscriptions.endAll();
        assertThat(end(subscription)).isEqualTo(CloseReason.STORE_CLOSED);
        assertThat(delivered.events()).isEmpty();
    }

    @Test
    void closeStore_withoutDemandOnExecutor_deliversTheRestOnRequest() {
        Subscription subscription = subscribe(
                Channel.presences(),
                SubscriptionOptions.defaults().executor(tasks::add).initialRequest(0));
        writeAsAda();
        cycle.doWork();
        subscriptions.endAll();
        runTasks();
        assertThat(end(subscription)).isNull();
        subscription.request(1);
        runTasks();
        assertThat(delivered.takeLines()).containsExactly("ENTER p online");
        assertThat(delivered.closed()).containsExactly(CloseReason.STORE_CLOSED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void switchPrincipal_duringCloseStore_deliversNothingMore(boolean ofOneAction) {
        Channel channel = ofOneAction ? Channel.presences().upsert() : Channel.presences();
        Subscription subscription =
                subscribe(channel, SubscriptionOptions.defaults().executor(tasks::add));
        writeAsAda();
        cycle.doWork();
        subscriptions.endAll();
        subscription.switchPrincipal(BOB);
        runTasks();
        assertThat(delivered.events())
                .as("delivered to bob what only ada may read")
                .isEmpty();
        assertThat(end(subscription)).isEqualTo(CloseReason.STORE_CLOSED);
        assertThat(subscriptions.allEnded()).isDone();
    }
}
