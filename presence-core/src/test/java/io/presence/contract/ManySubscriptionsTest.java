package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceListener;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.HeapHistogram;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The memory of many subscriptions, as the JVM counts it in objects and bytes. */
class ManySubscriptionsTest {

    private static final int MANY = 100_000;
    private static final int WARM_UP = 2_000;
    /* More than the index keeps of the last records, to plan by. */
    private static final int SAMPLE = 100;
    private static final Duration LONG = Duration.ofHours(1);
    private static final int ZONES = 10;
    private static final int THREADS = 4;
    private static final long SLACK = 256 * 1024;
    /*
     * The promised cost of a subscription; and of one that alone asks its query, what the index keeps of that query
     * beside it.
     */
    private static final long BYTES = 256;
    private static final long BYTES_WITH_QUERY = BYTES + 300;

    private final TestStore test = TestStore.create(builder -> builder.historySize(0));
    private int delivered;
    private final PresenceListener listener = event -> delivered++;

    @AfterEach
    void close() {
        test.close();
    }

    private Subscription[] open(Subscription[] into, IntFunction<Query> query) {
        for (int i = 0; i < into.length; i++) {
            into[i] = test.store()
                    .subscribe(Channel.presences(), SubscriptionOptions.defaults(), listener, query.apply(i));
        }
        test.drain();
        return into;
    }

    private void closeAll(Subscription[] all, int from, int to) {
        for (int i = from; i < to; i++) {
            all[i].close();
            all[i] = null;
        }
    }

    private void closeFromManyThreads(Subscription[] all) {
        int part = all.length / THREADS;
        CompletableFuture<?>[] parts = IntStream.range(0, THREADS)
                .mapToObj(i -> CompletableFuture.runAsync(() -> closeAll(all, i * part, (i + 1) * part)))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(parts).join();
    }

    /* Loads classes, and has whatever is kept for good be there. */
    private void warmUp() {
        Subscription[] few = open(new Subscription[WARM_UP], i -> Query.equal("metadata.zone", i % ZONES));
        few[0].pause();
        IntStream.range(0, SAMPLE).forEach(this::write);
        test.pass(LONG);
        closeFromManyThreads(few);
        test.drain();
        /*
         * Planning and sets of values, which a subscription needs now and then: when depends on the budget of a round.
         */
        assertThat(test.store().count(Query.equal("metadata.zone", 1, 2, 3, 4, 5, 6, 7)))
                .isZero();
    }

    private void write(int zone) {
        test.store().upsert(PresenceUpsert.of("p" + zone, "ada", "online").metadata(Map.of("zone", zone)));
        test.drain();
    }

    private long bytesOfEach(IntFunction<Query> query) {
        warmUp();
        Query[] queries = new Query[MANY];
        Arrays.setAll(queries, query);
        Subscription[] all = new Subscription[MANY];
        HeapHistogram start = HeapHistogram.least();
        open(all, i -> queries[i]);
        HeapHistogram end = HeapHistogram.least();
        assertThat(test.store().stats().subscriptions()).isEqualTo(MANY);
        Reference.reachabilityFence(all);
        Reference.reachabilityFence(queries);
        return (end.bytes() - start.bytes()) / MANY;
    }

    @Test
    @Promise("idle-subscription")
    void idleSubscription_sharedQuery_fitsIn256Bytes() {
        Query same = Query.equal("metadata.zone", 7);

        assertThat(bytesOfEach(i -> same)).isBetween(100L, BYTES);
    }

    @Test
    void idleSubscription_distinctQuery_fitsIn556Bytes() {
        assertThat(bytesOfEach(i -> Query.equal("metadata.zone", i))).isBetween(BYTES, BYTES_WITH_QUERY);
    }

    private void assertIsBackAt(HeapHistogram start) {
        HeapHistogram end = HeapHistogram.read(heap -> heap.bytes() <= start.bytes() + SLACK);
        assertThat(end.bytes() - start.bytes()).as("bytes").isLessThanOrEqualTo(SLACK);
        start.objects()
                .forEach((type, count) -> assertThat(end.objects().getOrDefault(type, 0L))
                        .as(type)
                        .isLessThanOrEqualTo(count));
        assertThat(end.objects().keySet()).isSubsetOf(start.objects().keySet());
    }

    private void closingLeavesNothing(IntFunction<Query> query, Consumer<Subscription[]> closing) {
        warmUp();
        Subscription[] all = new Subscription[MANY];
        HeapHistogram start = HeapHistogram.least();
        open(all, query);
        assertThat(HeapHistogram.read(any -> true).bytes()).isGreaterThan(start.bytes() + 40 * SLACK);

        closing.accept(all);
        test.drain();

        assertIsBackAt(start);
        assertThat(test.store().stats().subscriptions()).isZero();
        Reference.reachabilityFence(all);
    }

    @Test
    @Promise("idle-subscription")
    void close_ofAllWithOneQuery_leavesNoHeap() {
        closingLeavesNothing(i -> Query.equal("metadata.zone", 7), all -> closeAll(all, 0, MANY));
    }

    @Test
    @Promise("idle-subscription")
    void close_ofAllWithDistinctQueries_leavesNoHeap() {
        closingLeavesNothing(i -> Query.equal("metadata.zone", i), all -> closeAll(all, 0, MANY));
    }

    @Test
    void close_ofAllByManyThreads_leavesNoHeap() {
        closingLeavesNothing(i -> Query.equal("metadata.zone", i / 10), this::closeFromManyThreads);
    }

    @Test
    void close_ofAllWithPendingChanges_leavesNoHeap() {
        closingLeavesNothing(i -> Query.equal("metadata.zone", i % ZONES), all -> {
            Arrays.stream(all).forEach(Subscription::pause);
            IntStream.range(0, ZONES).forEach(this::write);
            assertThat(Arrays.stream(all).mapToInt(Subscription::pendingCount).sum())
                    .isEqualTo(MANY);
            closeFromManyThreads(all);
            /* The end of each presence is delivered, and the wheel releases it. */
            test.pass(LONG);
        });
        assertThat(delivered).isEqualTo(2 * (WARM_UP - 1));
    }
}
