package io.presence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.internal.store.StableQueue;
import java.util.List;
import java.util.stream.IntStream;

/** An addition to a queue fails at each allocation: the queue is as before. */
public final class QueueFaults implements Runnable {

    private static final int MOST = 40;

    private static StableQueue<Integer> filled(int size) {
        StableQueue<Integer> queue = new StableQueue<>(1);
        queue.addAll(numbers(size));
        return queue;
    }

    private static List<Integer> numbers(int size) {
        return IntStream.range(0, size).boxed().toList();
    }

    @Override
    public void run() {
        int sites = 0;
        for (int size = 0; size < MOST; size++) {
            int before = size;
            sites += Faults.atEachSite(
                    Faults.Kind.OUT_OF_MEMORY,
                    "addition to " + before,
                    () -> filled(before),
                    queue -> queue.add(before),
                    queue -> {
                        assertThat(queue).containsExactlyElementsOf(numbers(queue.size()));
                        assertThat(queue.size()).isBetween(before, before + 1);
                    });
        }
        assertThat(sites).isPositive();
    }
}
