package io.presence.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedList;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StableQueueTest {

    @SuppressWarnings("JdkObsolete") // the oracle: it has nothing to grow
    private final Queue<Integer> expected = new LinkedList<>();

    private final StableQueue<Integer> queue = new StableQueue<>(1);

    @Test
    void anyOperations_inAnyOrder_areThoseOfALinkedList() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 20_000; i++) {
            boolean grows = i / 2_000 % 2 == 0;
            if (random.nextInt(3) > 0 == grows) {
                assertThat(queue.add(i)).isEqualTo(expected.add(i));
            } else if (random.nextBoolean()) {
                assertThat(queue.poll()).isEqualTo(expected.poll());
            } else {
                int some = random.nextInt(i + 1);
                assertThat(queue.remove(some)).isEqualTo(expected.remove(some));
            }
            assertThat(queue.peek()).isEqualTo(expected.peek());
            assertThat(queue.size()).isEqualTo(expected.size());
        }
        assertThat(queue).containsExactlyElementsOf(expected);
    }

    @Test
    void removeLast_ofSeveral_leavesTheOthers() {
        queue.add(1);
        queue.add(2);
        queue.removeLast();
        assertThat(queue).containsExactly(1);
        queue.removeLast();
        assertThatThrownBy(queue::removeLast).isInstanceOf(NoSuchElementException.class);
    }
}
