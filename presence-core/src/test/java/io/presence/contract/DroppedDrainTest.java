package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Executors that drop drain tasks silently: each task is submitted again until one begins. */
class DroppedDrainTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestStore test = TestStore.create();
    private final List<Runnable> accepted = new ArrayList<>();
    private final Recorder delivered = Recorder.chained();
    private int drops;

    @AfterEach
    void close() {
        drops = 0;
        test.close();
    }

    private Executor dropping(int times) {
        drops = times;
        return task -> {
            accepted.add(task);
            if (drops-- <= 0) {
                task.run();
            }
        };
    }

    private Subscription subscribe(Executor executor) {
        Subscription made = test.store()
                .subscribe(Channel.presences(), SubscriptionOptions.defaults().executor(executor), delivered);
        test.drain();
        return made;
    }

    private void write(String id) {
        test.store().upsert(PresenceUpsert.of(id, "ada", "online").expiresIn(Duration.ofHours(1)));
        test.drain();
    }

    /* By seconds, as a dispatcher that parks at most that long looks. */
    private void passSeconds(int seconds) {
        for (int i = 0; i < seconds; i++) {
            test.pass(SECOND);
        }
    }

    @Test
    @Promise("drain-resubmitted")
    void drain_droppedByExecutor_isSubmittedAgain() {
        Subscription subscription = subscribe(dropping(1));
        write("p");
        assertThat(delivered.take()).isEmpty();
        passSeconds(4);
        assertThat(delivered.takeLines()).containsExactly("ENTER p online");
        assertThat(subscription.pendingCount()).isZero();
        assertThat(accepted).hasSize(2);
    }

    @Test
    @Promise("drain-resubmitted")
    void drain_droppedRepeatedly_isSubmittedWithDoublingDelays() {
        subscribe(dropping(Integer.MAX_VALUE));
        write("p");
        passSeconds(3);
        assertThat(accepted).hasSize(2);
        passSeconds(2);
        assertThat(accepted).hasSize(2);
        passSeconds(1);
        assertThat(accepted).hasSize(3);
        passSeconds(600);
        assertThat(accepted.size()).isBetween(12, 18);
    }

    @Test
    void drain_runAfterItsResubmission_doesNothing() {
        subscribe(dropping(1));
        write("p");
        passSeconds(4);
        delivered.take();
        drops = 1;
        write("q");
        accepted.get(0).run();
        accepted.get(1).run();
        assertThat(delivered.take()).isEmpty();
        accepted.get(2).run();
        assertThat(delivered.takeLines()).containsExactly("ENTER q online");
    }

    @Test
    void drain_runInTime_isNotSubmittedAgain() {
        subscribe(dropping(0));
        for (int i = 0; i < 20; i++) {
            write("p" + i);
            passSeconds(1);
        }
        assertThat(accepted).hasSize(20);
    }

    @Test
    void deliver_withExecutorThatDropsOneInTwo_isComplete() {
        int[] count = {0};
        Subscription subscription = subscribe(task -> {
            if (count[0]++ % 2 == 1) {
                task.run();
            }
        });
        for (int i = 0; i < 100; i++) {
            write("p" + i);
            passSeconds(i % 3);
        }
        passSeconds(5);
        assertThat(delivered.assembled()).hasSize(100);
        assertThat(subscription.pendingCount()).isZero();
    }

    @Test
    void deliver_whileExecutorOfAnotherDropsEverything_isUnaffected() {
        subscribe(dropping(Integer.MAX_VALUE));
        Recorder other = Recorder.chained();
        test.store()
                .subscribe(Channel.presences(), SubscriptionOptions.defaults().executor(Runnable::run), other);
        write("p");
        assertThat(other.takeLines()).containsExactly("ENTER p online");
    }

    @Test
    void drain_ofPausedSubscription_isNotSubmittedAgain() {
        Subscription subscription = subscribe(dropping(0));
        subscription.pause();
        write("p");
        passSeconds(10);
        assertThat(accepted).isEmpty();
        subscription.resume();
        assertThat(delivered.takeLines()).containsExactly("ENTER p online");
    }
}
