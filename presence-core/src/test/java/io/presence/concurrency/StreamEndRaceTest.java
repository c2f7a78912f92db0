package io.presence.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresencePatch;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * A subscriber that makes an illegal request during a signal: the error comes once, last, and within no other signal.
 */
class StreamEndRaceTest {

    private static final int ROUNDS = 5_000;
    private static final int EVENTS = 3;

    private final ObservedStore stage = new ObservedStore();
    private Subscriber current = new Subscriber();

    @Test
    void request_illegalDuringSignal_failsOnceAfterIt() {
        stage.delivered.withoutEvents();
        for (int i = 0; i < EVENTS; i++) {
            stage.store.upsert(ObservedStore.upsert("p" + i, "online", 3_600_000));
        }
        Lockstep.run(
                ROUNDS,
                this::subscribeAndWrite,
                round -> check(),
                round -> current.subscription.request(0),
                round -> stage.store.doWork());
        stage.close();
        assertThat(stage.delivered.violations()).isEmpty();
    }

    private void subscribeAndWrite(int round) {
        stage.drain();
        current = new Subscriber();
        stage.store.asPublisher(Channel.presences()).subscribe(current);
        stage.drain();
        for (int i = 0; i < EVENTS; i++) {
            stage.store.update("p" + i, PresencePatch.none().status("s" + round));
        }
    }

    private void check() {
        assertThat(current.overlaps).hasValue(0);
        assertThat(current.late).hasValue(0);
        assertThat(current.ends).hasValue(1);
    }

    private static final class Subscriber implements Flow.Subscriber<PresenceEvent> {

        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger overlaps = new AtomicInteger();
        private final AtomicInteger late = new AtomicInteger();
        private final AtomicInteger ends = new AtomicInteger();
        private volatile Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(PresenceEvent event) {
            enter();
            late.addAndGet(ends.get());
            running.decrementAndGet();
        }

        @Override
        public void onError(Throwable thrown) {
            enter();
            ends.incrementAndGet();
            running.decrementAndGet();
        }

        @Override
        public void onComplete() {
            ends.incrementAndGet();
        }

        private void enter() {
            if (running.getAndIncrement() != 0) {
                overlaps.incrementAndGet();
            }
        }
    }
}
