package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.testing.ManualStore;
import io.presence.testing.RecordingListener;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Every pending change is delivered in the end, whatever its executor does. */
class DeliveryCompletenessTest {

    private static final int MANY = 3 * SubscriptionOptions.DEFAULT_BATCH_SIZE + 7;

    private final ManualStore test = ManualStore.create();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final RecordingListener delivered = RecordingListener.create();

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private void writeMany() {
        for (int i = 0; i < MANY; i++) {
            test.store().upsert(PresenceUpsert.of("p" + i, "ada", "online"));
        }
        test.run();
    }

    @Test
    void deliver_moreThanOneDrainOnOneThread_isComplete() {
        Subscription subscription = test.store()
                .subscribe(Channel.presences(), SubscriptionOptions.defaults().executor(tasks::add), delivered);
        writeMany();
        assertThat(subscription.pendingCount()).isEqualTo(MANY);
        runTasks();
        assertThat(delivered.present()).hasSize(MANY);
        assertThat(subscription.pendingCount()).isZero();
    }

    @Test
    void deliver_moreThanOneDrainOnDispatcher_isComplete() {
        Subscription subscription = test.store()
                .subscribe(Channel.presences(), SubscriptionOptions.defaults().onDispatcher(), delivered);
        subscription.pause();
        writeMany();
        subscription.resume();
        test.run();
        assertThat(delivered.present()).hasSize(MANY);
        assertThat(subscription.pendingCount()).isZero();
    }

    @Test
    void deliver_moreThanOneDrainInPlace_isCompleteWithoutRecursion() {
        Subscription subscription = test.store()
                .subscribe(
                        Channel.presences(),
                        SubscriptionOptions.defaults().executor(Runnable::run).batchSize(1),
                        delivered);
        subscription.pause();
        writeMany();
        subscription.resume();
        assertThat(delivered.present()).hasSize(MANY);
        assertThat(subscription.pendingCount()).isZero();
    }

    @Test
    void resume_overMaxPending_resetsThenSnapshotsWithoutStrayEvents() {
        for (int i = 0; i < 5; i++) {
            test.store().upsert(PresenceUpsert.of("p" + i, "ada", "online"));
        }
        Subscription first = test.store().subscribe(Channel.presences(), RecordingListener.create());
        test.run();
        String token = first.resumeToken();
        for (int i = 0; i < 5; i++) {
            test.store().update("p" + i, PresencePatch.none().status("away"));
        }
        test.run();
        RecordingListener fresh = RecordingListener.withSnapshot();
        test.store()
                .subscribe(
                        Channel.presences(),
                        SubscriptionOptions.defaults()
                                .executor(tasks::add)
                                .maxPending(2)
                                .resumeFrom(token),
                        fresh);
        for (int i = 0; i < 10; i++) {
            test.run();
            runTasks();
        }
        assertThat(fresh.present()).hasSize(5);
        assertThat(fresh.isSynced()).isTrue();
        assertThat(fresh.resets()).isEqualTo(1);
    }
}
