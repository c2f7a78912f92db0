package io.presence.internal.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.fixture.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CommandQueueTest {

    private final List<String> done = new ArrayList<>();
    private final SuspendingQueue queue = new SuspendingQueue();
    private final CommandQueue commands = new CommandQueue(
            queue,
            () -> {},
            (command, failure) -> {
                throw new AssertionError(failure);
            },
            () -> 0);

    /** A queue in which the thread that adds one command is suspended once the command is in it. */
    private static final class SuspendingQueue extends ConcurrentLinkedQueue<Runnable> {

        private static final long serialVersionUID = 1;

        private final transient Runnable first = () -> {};
        private final transient CountDownLatch isIn = new CountDownLatch(1);
        private final transient CountDownLatch resumed = new CountDownLatch(1);
        private transient boolean isFull;

        @Override
        public boolean add(Runnable command) {
            if (isFull) {
                throw new OutOfMemoryError("injected");
            }
            super.add(command);
            if (command == first) {
                isIn.countDown();
                awaited(resumed);
            }
            return true;
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /* Found by a gateway's test: of a thousand clients that subscribed and wrote at once, one received no event. */
    @Test
    @Promise("subscribe-first")
    void drain_behindACommandThatIsBeingAdded_runsEachAddedCommand() {
        CompletableFuture<Void> suspended = CompletableFuture.runAsync(() -> commands.add(queue.first));
        awaited(queue.isIn);
        try {
            commands.add(() -> done.add("second"));

            commands.drain();

            assertThat(done).containsExactly("second");
        } finally {
            queue.resumed.countDown();
            suspended.join();
        }
        assertThat(commands.drain()).isZero();
        assertThat(commands.exceedCaptureLimit()).isFalse();
    }

    @Test
    void add_failing_isNotCounted() {
        queue.isFull = true;
        for (int i = 0; i <= CommandQueue.CAPTURE_LIMIT; i++) {
            assertThatThrownBy(() -> commands.add(() -> {})).isInstanceOf(OutOfMemoryError.class);
        }

        assertThat(commands.exceedCaptureLimit()).isFalse();
    }
}
