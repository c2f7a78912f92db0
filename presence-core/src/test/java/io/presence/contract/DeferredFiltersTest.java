package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.OperationBudgets;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.ManualExecutor;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Filters for which a change has no operations left, and the threads that evaluate them later. */
class DeferredFiltersTest {

    private static final int MANY = 50;

    private final TestStore test = TestStore.create(OperationBudgets::none);

    @AfterEach
    void close() {
        test.close();
    }

    private Subscription costly(SubscriptionOptions options, Recorder recorder) {
        return test.store()
                .subscribe(Channel.presences(), options, recorder, Query.containsAny("status", "ine", "ere"));
    }

    private void write(String status) {
        test.store().upsert(PresenceUpsert.of("tab", "ada", status));
    }

    @Test
    void doWork_withManyCostlyFilters_deliversToTheCheapOneFirst() {
        List<Recorder> costly = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            Recorder recorder = Recorder.loose();
            costly.add(recorder);
            costly(SubscriptionOptions.defaults().onDispatcher(), recorder);
        }
        Recorder cheap = Recorder.loose();
        test.store()
                .subscribe(
                        Channel.presences(),
                        SubscriptionOptions.defaults().onDispatcher(),
                        cheap,
                        Query.equal("status", "online"));
        write("online");

        test.store().doWork();

        assertThat(cheap.take()).hasSize(1);
        assertThat(costly.stream().filter(one -> !one.take().isEmpty())).hasSizeLessThan(MANY / 2);
        assertThat(test.store().stats().deferred()).isEqualTo(MANY);
        assertThat(test.store().health().deferredEvaluations()).isEqualTo(MANY);
        assertThat(test.store().health().lastDeferred()).contains("presences");
    }

    @Test
    void costliestFilter_ofSeveral_hasMostOperations() {
        ManualExecutor executor = new ManualExecutor();
        Subscription cheap = test.store()
                .subscribe(
                        Channel.presences(),
                        SubscriptionOptions.defaults().executor(executor).name("cheap"),
                        Recorder.loose(),
                        Query.containsAny("status", "ine", "ere"));
        Subscription dear = test.store()
                .subscribe(
                        Channel.presences(),
                        SubscriptionOptions.defaults().executor(executor).name("dear"),
                        Recorder.loose(),
                        Query.contains("metadata.text", "needle"));
        assertThat(test.store().health().costliestFilter()).isNull();
        test.store().upsert(PresenceUpsert.of("tab", "ada", "online").metadata(Map.of("text", "x".repeat(5_000))));
        test.drain();
        assertThat(test.store().health().unevaluatedSubscriptions()).isEqualTo(2);

        executor.runAll();
        /* The thread of the test is the dispatcher's: what it may spend in a round is spent. */
        test.drain();
        executor.runAll();

        assertThat(test.store().health().unevaluatedSubscriptions()).isZero();
        assertThat(test.store().health().costliestFilter()).contains("dear").contains("operations");
        dear.close();
        test.drain();
        assertThat(test.store().health().costliestFilter()).contains("cheap");
        cheap.close();
        test.drain();
        assertThat(test.store().health().costliestFilter()).isNull();
    }

    @Test
    void openSubscriptions_afterDirectDrain_isZero() {
        costly(SubscriptionOptions.defaults().onDispatcher(), Recorder.loose());
        write("online");
        test.drain();
        assertThat(test.store().health().unevaluatedSubscriptions()).isZero();
        assertThat(test.store().health().costliestFilter()).contains("presences");
    }

    @Test
    void drain_ofDirectListener_deliversInLaterCycles() {
        Recorder recorder = Recorder.chained();
        costly(SubscriptionOptions.defaults().onDispatcher(), recorder);

        write("online");
        test.drain();
        write("away");
        test.drain();
        write("here");
        test.drain();

        assertThat(recorder.take())
                .extracting(PresenceEvent::change)
                .containsExactly(Change.ENTER, Change.EXIT, Change.ENTER);
    }

    @Test
    void drain_onExecutor_evaluatesFiltersThere() {
        ManualExecutor executor = new ManualExecutor();
        Recorder recorder = Recorder.chained();
        Subscription subscription = costly(SubscriptionOptions.defaults().executor(executor), recorder);
        write("online");
        test.drain();
        assertThat(subscription.pendingCount()).isEqualTo(1);
        write("away");
        test.drain();
        assertThat(subscription.pendingCount()).as("merged").isEqualTo(1);

        executor.runAll();

        assertThat(recorder.take()).isEmpty();
        assertThat(subscription.pendingCount()).isZero();
        assertThat(subscription.revision()).isEqualTo(2);
    }
}
