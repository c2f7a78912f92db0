package io.presence.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.fixture.Promise;
import io.presence.internal.stats.FailureLog;
import io.presence.internal.stats.FailureLog.Kind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pool with listeners that block, by a clock that is moved by hand. Times only bound how long a failure takes. */
@Timeout(120)
class ListenerPoolTest {

    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final int MOST = CORES + 3;

    private final FailureLog failures = new FailureLog(null, () -> 0);
    private final AtomicInteger made = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger blocked = new AtomicInteger();
    private volatile int failing;
    private long now;
    private final ListenerPool pool = new ListenerPool(this::thread, MOST, failures, () -> {});

    private Thread thread(Runnable task) {
        made.incrementAndGet();
        if (failing == 1) {
            throw new OutOfMemoryError("no thread, on purpose");
        }
        if (failing == 2) {
            return null;
        }
        Thread thread = failing == 3 ? new FailingThread(task) : new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    /** A thread that has no memory to start: the pool puts it into a set first. */
    private static final class FailingThread extends Thread {

        private boolean hasFailed;

        FailingThread(Runnable task) {
            super(task);
            setUncaughtExceptionHandler((thread, thrown) -> {});
        }

        @Override
        public int hashCode() {
            if (!hasFailed) {
                hasFailed = true;
                throw new OutOfMemoryError("no memory to start, on purpose");
            }
            return super.hashCode();
        }
    }

    @AfterEach
    void end() {
        release.countDown();
        pool.close();
        pool.awaitEnd(Duration.ofSeconds(60));
        assertThat(pool.size()).isZero();
    }

    private void block() {
        blocked.incrementAndGet();
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitBlocked(int expected) {
        while (blocked.get() < expected) {
            pass();
            Thread.onSpinWait();
        }
    }

    private void pass() {
        now += TimeUnit.MILLISECONDS.toNanos(5);
        pool.nudge(now);
    }

    @Test
    @Promise("blocked-listener")
    void execute_withEveryThreadBlocked_addsAThread() throws Exception {
        for (int i = 0; i < CORES + 1; i++) {
            pool.execute(this::block);
        }
        awaitBlocked(CORES + 1);
        CountDownLatch ran = new CountDownLatch(1);
        pool.execute(ran::countDown);
        while (ran.getCount() > 0) {
            pass();
            Thread.onSpinWait();
        }
        assertThat(pool.isShort()).isFalse();
    }

    /* Fails if a thread that did not start counts as idle: the task then waits for it. */
    @Test
    void execute_withThreadsThatHaveNoMemoryToStart_runsTheTaskLater() throws Exception {
        failing = 3;
        CountDownLatch ran = new CountDownLatch(1);
        pool.execute(ran::countDown);
        while (pool.size() > 0 || pool.idle() > 0) {
            Thread.onSpinWait();
        }
        failing = 0;
        while (ran.getCount() > 0) {
            pass();
            Thread.onSpinWait();
        }
        assertThat(pool.isShort()).isFalse();
    }

    @Test
    void isShort_atTheBoundWithQueuedTasks_isTrueUntilAThreadIsFree() throws Exception {
        for (int i = 0; i < MOST; i++) {
            pool.execute(this::block);
        }
        awaitBlocked(MOST);
        assertThat(pool.isShort()).isFalse();
        CountDownLatch ran = new CountDownLatch(1);
        pool.execute(ran::countDown);
        pass();
        pass();
        assertThat(pool.isShort()).isTrue();
        assertThat(pool.size()).isEqualTo(MOST);
        assertThat(pool.idleNanos()).isEqualTo(Long.MAX_VALUE);
        release.countDown();
        ran.await();
        while (pool.isShort()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void execute_withFailingFactory_rejectsUntilItReturnsAThread() throws Exception {
        for (int how = 1; how <= 2; how++) {
            failing = how;
            assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
            assertThat(failures.count(Kind.THREAD_FACTORY)).isEqualTo(how);
        }
        failing = 0;
        CountDownLatch ran = new CountDownLatch(1);
        pool.execute(ran::countDown);
        ran.await();
    }

    @Test
    void nudge_afterFactoryFailure_addsTheThread() throws Exception {
        for (int i = 0; i < CORES; i++) {
            pool.execute(this::block);
        }
        /* Without a nudge, which may add a thread that would then be idle. */
        while (blocked.get() < CORES) {
            Thread.onSpinWait();
        }
        failing = 1;
        CountDownLatch ran = new CountDownLatch(1);
        pool.execute(ran::countDown);
        while (failures.count(Kind.THREAD_FACTORY) < 3) {
            pass();
        }
        failing = 0;
        while (ran.getCount() > 0) {
            pass();
            Thread.onSpinWait();
        }
    }

    @Test
    void execute_burstOfShortTasks_addsNoThreadsBeyondTheProcessors() throws Exception {
        CountDownLatch ran = new CountDownLatch(10_000);
        for (int i = 0; i < 10_000; i++) {
            pool.execute(ran::countDown);
        }
        ran.await();
        assertThat(made.get()).isLessThanOrEqualTo(CORES);
    }

    @Test
    void close_withQueuedTasks_runsThemThenRejects() {
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            pool.execute(ran::incrementAndGet);
        }
        pool.close();
        pool.awaitEnd(Duration.ofSeconds(60));
        assertThat(ran.get()).isEqualTo(100);
        assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }
}
