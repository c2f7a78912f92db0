package io.presence.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread that parks for an hour at a time is woken whenever there is work. Times only bound a failure. */
@Timeout(60)
class ParkerTest {

    private static final int HANDOVERS = 50_000;

    @Test
    void park_racingWithUnpark_neverMissesWork() throws Exception {
        Parker parker = new Parker();
        AtomicInteger left = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        Thread worker = new Thread(() -> {
            while (taken.get() < HANDOVERS) {
                if (left.get() > 0) {
                    left.decrementAndGet();
                    taken.incrementAndGet();
                } else {
                    parker.park(() -> left.get() > 0 ? 0 : TimeUnit.HOURS.toNanos(1));
                }
            }
        });
        worker.setDaemon(true);
        worker.start();
        for (int i = 0; i < HANDOVERS; i++) {
            while (taken.get() < i - i % 3) {
                Thread.onSpinWait();
            }
            left.incrementAndGet();
            parker.unpark();
        }
        worker.join(30_000);
        assertThat(taken.get()).isEqualTo(HANDOVERS);
    }
}
