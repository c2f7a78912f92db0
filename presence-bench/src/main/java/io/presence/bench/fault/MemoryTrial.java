package io.presence.bench.fault;

import io.presence.Channel;
import io.presence.PresenceException;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A store in a small heap, with as many presences as fit into half of it beside the history. Writers of more are
 * refused with {@code STORE_FULL}, at exactly that number, and what a listener has built equals the list. The exit code
 * is 1 if not.
 *
 * <p>With {@code exhausted}, the host then uses up the heap again and again while the writer goes on: its writes may
 * fail with {@code OutOfMemoryError}, and a subscription may end as {@code STORE_FAILED} and is opened again. Once
 * there is memory again, all of the above must hold.
 *
 * <pre>{@code
 * java -Xmx64m -XX:ActiveProcessorCount=1 -cp presence-bench/target/benchmarks.jar \
 *     io.presence.bench.fault.MemoryTrial seconds [exhausted]
 * }</pre>
 */
public final class MemoryTrial {

    private static final long HISTORY_BYTES = 16L << 20;
    /* The memory of a presence and its strings, and again as much for one whose end is not dispatched yet. */
    private static final long BYTES = 2 * 400;
    private static final Duration TTL = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final int LARGE = 1 << 14;
    private static final int FACTOR = 1 << 5;
    private static final int WRITES = 2_000;
    private static final int STARVED_WRITES = 20;
    private static final long STARVED_MILLIS = 50;
    private static final int PATIENCE_SECONDS = 60;

    private final PresenceStore store;
    private final int capacity;
    private final SplittableRandom random = new SplittableRandom(1);
    private AliveNumbers alive;
    private Subscription subscription;
    private Object[] hog;
    private int ended;
    private long writes;
    private long full;
    private long failed;

    private MemoryTrial(PresenceStore store, int capacity) {
        this.store = store;
        this.capacity = capacity;
    }

    private void subscribe() {
        alive = new AliveNumbers(2 * capacity);
        subscription = store.subscribe(
                Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), alive);
    }

    /** Runs the trial. */
    public static void main(String[] args) throws Exception {
        Duration time = Duration.ofSeconds(Long.parseLong(args[0]));
        int capacity = (int) ((Runtime.getRuntime().maxMemory() / 2 - HISTORY_BYTES) / BYTES);
        if (capacity <= 0) {
            throw new IllegalArgumentException("heap must be more than 32 MB");
        }
        try (PresenceStore store =
                PresenceStore.builder().maxPresences(capacity).build()) {
            new MemoryTrial(store, capacity).run(time, args.length > 1);
        }
    }

    private void run(Duration time, boolean isExhausted) throws Exception {
        subscribe();
        fill();
        writeFor(time, false);
        check();
        if (isExhausted) {
            writeFor(time, true);
            check();
        }
        for (int i = 0; i < 2 * capacity; i++) {
            store.delete(id(i));
        }
        fill();
        check();
        /* Without a format: the JDK may have lost the classes for that when there was no memory to initialize them. */
        System.out.println(capacity + " presences in " + (Runtime.getRuntime().maxMemory() >> 20) + " MB; " + writes
                + " writes, " + full + " refused as STORE_FULL; for lack of memory " + failed + " failed, and " + ended
                + " subscriptions; health " + store.health().failures());
    }

    private static String id(int number) {
        return "p" + number;
    }

    private static PresenceUpsert upsert(int number, Duration ttl) {
        return PresenceUpsert.of(id(number), "u" + number % 1_000, "online").expiresIn(ttl);
    }

    /* Exactly as many as the capacity are accepted. */
    private void fill() {
        for (int i = 0; i < capacity; i++) {
            store.upsert(upsert(i, TTL));
        }
        try {
            store.upsert(upsert(capacity, TTL));
        } catch (PresenceException refused) {
            require(refused.code() == PresenceException.Code.STORE_FULL, "a full store must refuse as such", refused);
            return;
        }
        throw new IllegalStateException("a full store must refuse: " + store.stats());
    }

    private void writeFor(Duration time, boolean isStarved) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            if (isStarved) {
                starve();
            }
            for (int i = 0; i < WRITES; i++) {
                write();
            }
        }
    }

    private void starve() throws InterruptedException {
        try {
            exhaust();
            for (int i = 0; i < STARVED_WRITES; i++) {
                write();
            }
            Thread.sleep(STARVED_MILLIS);
        } catch (OutOfMemoryError starved) {
            failed++;
        } finally {
            hog = null;
        }
    }

    /* Takes all memory, in smaller and smaller blocks. */
    private void exhaust() {
        for (int size = LARGE; size > 0; size /= FACTOR) {
            try {
                while (true) {
                    Object[] block = new Object[size];
                    block[0] = hog;
                    hog = block;
                }
            } catch (OutOfMemoryError intended) {
                /* The next block is smaller. */
            }
        }
    }

    private void write() {
        int number = random.nextInt(2 * capacity);
        int kind = random.nextInt(4);
        try {
            writes++;
            switch (kind) {
                case 0 -> store.delete(id(number));
                case 1 -> store.touch(id(number));
                case 2 -> store.upsert(upsert(number, SHORT));
                default -> store.upsert(upsert(number, TTL));
            }
        } catch (PresenceException refused) {
            require(refused.code() == PresenceException.Code.STORE_FULL, "a full store must refuse as such", refused);
            full++;
        } catch (OutOfMemoryError starved) {
            failed++;
        }
    }

    /* Those with a short TTL have ended before. */
    private void check() throws Exception {
        Thread.sleep(2 * SHORT.toMillis());
        awaitDelivery();
        if (subscription.closeFuture().toCompletableFuture().isDone()) {
            ended++;
            subscribe();
            awaitDelivery();
        }
        require(store.health().isDispatching(), "the store must dispatch", null);
        int there = 0;
        for (int i = 0; i < 2 * capacity; i++) {
            boolean isThere = store.get(id(i)) != null;
            there += isThere ? 1 : 0;
            require(isThere == alive.contains(i), "the listener must have what is there: " + id(i), null);
        }
        require(there == store.stats().presences(), "the number of presences must be " + there, null);
        require(alive.isOrdered(), "each presence must enter before it ends, once", null);
    }

    private void awaitDelivery() throws Exception {
        store.delivered().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void require(boolean holds, String rule, Throwable cause) {
        if (!holds) {
            throw new IllegalStateException(rule + ": " + store.stats() + ", " + store.health(), cause);
        }
    }
}
