package io.presence.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SendQueueTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void add_ifTheQueueIsFull_refusesTheFrameAndReturns() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        SendQueue queue = new SendQueue("test", 1000, (member, frame) -> {
            entered.countDown();
            released.await();
        });
        queue.start();
        queue.add(null, new byte[900]);
        entered.await();
        queue.add(null, new byte[900]);
        assertThatThrownBy(() -> queue.add("b", new byte[100]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("queued bytes must be at most 1000: 1128");
        released.countDown();
        queue.close(LONG);
        assertThat(queue.failed()).isZero();
    }

    @Test
    void close_withQueuedFrames_sendsThemInOrder() {
        List<String> sent = new CopyOnWriteArrayList<>();
        SendQueue queue = new SendQueue("test", 1000, (member, frame) -> sent.add(member + frame.length));
        queue.add("b", new byte[1]);
        queue.add(null, new byte[2]);
        queue.start();
        queue.close(LONG);
        assertThat(sent).containsExactly("b1", "null2");
        assertThatThrownBy(() -> queue.add(null, new byte[1])).hasMessage("transport is closed");
    }

    @Test
    void frame_thatTheSinkFailsToSend_isCountedAndTheNextIsSent() {
        List<String> sent = new CopyOnWriteArrayList<>();
        SendQueue queue = new SendQueue("test", 1000, (member, frame) -> {
            if (frame.length == 1) {
                throw new IllegalStateException("refused");
            }
            sent.add(String.valueOf(frame.length));
        });
        queue.start();
        queue.add(null, new byte[1]);
        queue.add(null, new byte[2]);
        queue.close(LONG);
        assertThat(queue.failed()).isOne();
        assertThat(sent).containsExactly("2");
    }

    /** With a sink that never returns, the close is over after its timeout. */
    @Test
    void close_ifTheSinkBlocks_interruptsIt() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        SendQueue queue = new SendQueue("test", 1000, (member, frame) -> {
            entered.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        });
        queue.start();
        queue.add(null, new byte[1]);
        entered.await();
        queue.close(Duration.ofMillis(1));
        interrupted.await();
        assertThat(queue.failed()).isZero();
    }
}
