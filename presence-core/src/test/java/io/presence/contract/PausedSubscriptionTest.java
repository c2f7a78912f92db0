package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.OperationBudgets;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A paused listener for which the dispatcher has left filters open. Invisible changes neither fill its mailbox nor
 * reset it.
 */
class PausedSubscriptionTest {

    private static final int MANY = 50;

    private final TestStore poor = TestStore.create(OperationBudgets::none);
    private final TestStore rich = TestStore.create(OperationBudgets::noneForSteps);

    @AfterEach
    void close() {
        poor.close();
        rich.close();
    }

    private static Subscription paused(TestStore test, SubscriptionOptions options, Recorder recorder) {
        Subscription subscription = test.store()
                .subscribe(
                        Channel.presences(),
                        options.onDispatcher(),
                        recorder,
                        Query.containsAny("status", "ine", "ere"));
        test.drain();
        subscription.pause();
        return subscription;
    }

    private static void write(TestStore test, String id, String status) {
        test.store().upsert(PresenceUpsert.of(id, "ada", status));
        test.drain();
    }

    private static void resume(TestStore test, Subscription subscription) {
        subscription.resume();
        test.drain();
    }

    @Test
    @Promise("reset-only-for-visible")
    void maxPending_invisibleChanges_causeNoReset() {
        for (TestStore test : new TestStore[] {poor, rich}) {
            Recorder recorder = Recorder.chained();
            Subscription subscription =
                    paused(test, SubscriptionOptions.defaults().maxPending(2), recorder);
            write(test, "seen", "online");
            for (int i = 0; i < MANY; i++) {
                write(test, "other" + i, "hidden");
                assertThat(subscription.pendingCount()).isLessThanOrEqualTo(2);
            }
            assertThat(test.store().stats().deferred()).isEqualTo(MANY + 1);
            assertThat(test.store().stats().resets()).isZero();
            resume(test, subscription);
            assertThat(recorder.takeLines()).containsExactly("ENTER seen online");
            assertThat(recorder.resets()).isZero();
        }
    }

    @Test
    void maxPending_asManyVisibleChanges_causeNoReset() {
        Recorder recorder = Recorder.chained();
        Subscription subscription = paused(rich, SubscriptionOptions.defaults().maxPending(3), recorder);
        for (int i = 0; i < MANY; i++) {
            write(rich, "seen" + i % 3, i % 2 == 0 ? "online" : "here");
            write(rich, "other" + i, "hidden");
        }
        assertThat(rich.store().stats().resets()).isZero();
        resume(rich, subscription);
        assertThat(recorder.assembled()).containsOnlyKeys("seen0", "seen1", "seen2");
        assertThat(recorder.take()).hasSize(3);
    }

    @Test
    void maxPending_moreVisibleChanges_causeReset() {
        for (TestStore test : new TestStore[] {poor, rich}) {
            Recorder recorder = Recorder.chained();
            Subscription subscription =
                    paused(test, SubscriptionOptions.defaults().maxPending(2), recorder);
            for (int i = 0; i < 6; i++) {
                write(test, "hidden" + i, "hidden");
                write(test, "seen" + i, "here");
                assertThat(subscription.pendingCount()).isLessThanOrEqualTo(2);
            }
            assertThat(test.store().stats().resets()).isOne();
            resume(test, subscription);
            assertThat(recorder.resets()).isOne();
            assertThat(recorder.assembled()).hasSize(6);
        }
    }

    @Test
    void pause_withoutMaxPending_keepsTheVisibleChanges() {
        Recorder recorder = Recorder.chained();
        Subscription subscription = paused(poor, SubscriptionOptions.defaults(), recorder);
        for (int i = 0; i < 3_000; i++) {
            write(poor, "other" + i, i % 100 == 0 ? "here" : "hidden");
        }
        assertThat(subscription.pendingCount()).isLessThan(1_100);
        resume(poor, subscription);
        assertThat(recorder.take()).hasSize(30);
    }
}
