package io.presence.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import io.presence.fixture.ManualExecutor;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import io.presence.testing.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EventMemoTest {

    private static final int POOL = 6;

    private final List<PresenceEvent> encoded = new ArrayList<>();
    private final EventMemo<Encoded> memo = new EventMemo<>(event -> {
        encoded.add(event);
        return new Encoded(event);
    });

    /** A result that shows which event it was made of. */
    private record Encoded(PresenceEvent event) {

        boolean isOf(PresenceEvent other) {
            return event.revision() == other.revision()
                    && event.presence() == other.presence()
                    && event.previous() == other.previous()
                    && event.equals(other);
        }
    }

    private static Presence presence(int number) {
        return Samples.presence(PresenceUpsert.of("p", "ada", "s" + number));
    }

    private static PresenceEvent update(long revision, Presence previous, Presence presence) {
        return new PresenceEvent(revision, Action.UPSERT, Change.UPDATE, null, presence, previous);
    }

    /** The number of encodings for two listeners, one after the other, each of which receives 100 changes. */
    private static int encodingsWith(int slots) {
        int[] count = new int[1];
        EventMemo<Integer> counting = new EventMemo<>(event -> ++count[0], slots);
        Presence entered = presence(0);
        for (int call = 0; call < 200; call++) {
            counting.of(new PresenceEvent(call % 100, Action.UPSERT, Change.ENTER, null, entered, null));
        }
        return count[0];
    }

    @Test
    void of_moreChangesThanSlots_encodesThemAgain() {
        assertThat(encodingsWith(100)).isEqualTo(100);
        assertThat(encodingsWith(64)).isGreaterThan(100);
        assertThat(encodingsWith(1)).isEqualTo(200);
    }

    @Test
    void new_withSlotsOutOfRange_isRefused() {
        for (int slots : new int[] {0, -1, EventMemo.MAX_SLOTS + 1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new EventMemo<>(event -> "", slots))
                    .withMessage("slots must be from 1 to 65536: " + slots);
        }
    }

    /* Counts the encodings of one change that 1,000 sessions receive. */
    @Test
    void of_oneChangeForAThousandSessions_encodesOnce() {
        List<Encoded> sent = new ArrayList<>();
        try (TestStore test = TestStore.create()) {
            NamedFilters filters =
                    NamedFilters.of("all", Query.everything()).and("online", Query.equal("status", "online"));
            for (int i = 0; i < 500; i++) {
                test.store().subscribe(Channel.presences(), event -> sent.add(memo.of(event)));
                test.store()
                        .subscribe(
                                Channel.presences(),
                                SubscriptionOptions.defaults(),
                                event -> sent.add(memo.of(event.event())),
                                filters);
            }
            test.drain();
            test.store().upsert(PresenceUpsert.of("p", "ada", "online"));
            test.drain();

            assertThat(sent).hasSize(1_000).containsOnly(sent.get(0));
            assertThat(encoded).hasSize(1);

            test.store().upsert(PresenceUpsert.of("p", "ada", "away"));
            test.drain();
            assertThat(sent).hasSize(2_000);
            assertThat(encoded).hasSize(2);
        }
    }

    /* The slow viewer has received the first state, the prompt one also the second. Both have the third now. */
    @Test
    void of_slowListener_hasAnEncodingWithItsOwnPrevious() {
        ManualExecutor executor = new ManualExecutor();
        List<Encoded> prompt = new ArrayList<>();
        List<Encoded> slow = new ArrayList<>();
        try (TestStore test = TestStore.create()) {
            SubscriptionOptions snapshot = SubscriptionOptions.defaults().withSnapshot();
            test.store().subscribe(Channel.presences(), snapshot.executor(executor), event -> slow.add(memo.of(event)));
            test.store().subscribe(Channel.presences(), snapshot, event -> prompt.add(memo.of(event)));
            test.store().upsert(PresenceUpsert.of("p", "ada", "first"));
            test.drain();
            executor.runAll();
            test.store().upsert(PresenceUpsert.of("p", "ada", "second"));
            test.drain();
            test.store().upsert(PresenceUpsert.of("p", "ada", "third"));
            test.drain();
            executor.runAll();
        }

        assertThat(prompt.get(2).event().previous().status()).isEqualTo("second");
        assertThat(slow.get(1).event().previous().status()).isEqualTo("first");
        assertThat(slow.get(1).event().presence())
                .isSameAs(prompt.get(2).event().presence());
    }

    @Test
    void of_equalButOtherPresences_encodesEach() {
        PresenceEvent one = update(7, presence(1), presence(2));
        PresenceEvent other = update(7, presence(1), presence(2));

        assertThat(memo.of(one)).isNotSameAs(memo.of(other));
        assertThat(encoded).hasSize(2);
    }

    @Test
    void of_anotherEventObjectOfTheSamePresences_encodesOnce() {
        Presence previous = presence(1);
        Presence presence = presence(2);

        assertThat(memo.of(update(7, previous, presence))).isSameAs(memo.of(update(7, previous, presence)));
        assertThat(encoded).hasSize(1);
    }

    @Test
    void clear_afterUse_encodesAgain() {
        PresenceEvent event = update(1, presence(1), presence(2));
        memo.of(event);

        memo.clear();
        memo.of(event);

        assertThat(encoded).hasSize(2);
    }

    @Test
    void of_failingEncoder_throwsAndKeepsNothing() {
        int[] calls = new int[1];
        EventMemo<String> failing = new EventMemo<>(event -> {
            if (calls[0]++ == 0) {
                throw new IllegalStateException("on purpose");
            }
            return calls[0] == 2 ? null : "done";
        });
        PresenceEvent event = update(1, presence(1), presence(2));

        assertThatIllegalStateException().isThrownBy(() -> failing.of(event));
        assertThatNullPointerException()
                .isThrownBy(() -> failing.of(event))
                .withMessage("encoder must not return null");
        assertThat(failing.of(event)).isEqualTo("done");
        assertThatNullPointerException()
                .isThrownBy(() -> new EventMemo<>(null))
                .withMessage("encoder must not be null");
    }

    /* The model is a plain list of all events, each of which has an encoding of its own. */
    @Property(tries = 500)
    void of_anyEvents_isTheEncodingOfTheEvent(@ForAll @Size(max = 300) List<@IntRange(max = 99) Integer> steps) {
        Presence[] pool = pool();
        encoded.clear();
        memo.clear();
        for (int step : steps) {
            PresenceEvent event = update(step / 10, pool[step % 3], pool[3 + step % 2]);
            assertThat(memo.of(event).isOf(event)).isTrue();
            assertThat(memo.of(event)).isSameAs(memo.of(event));
        }
    }

    /* A result that is held is not encoded again. */
    @Test
    void of_manyEvents_holdsAtMostItsSlots() {
        Presence[] pool = pool();
        List<PresenceEvent> events = new ArrayList<>();
        for (int revision = 0; revision < 1_000; revision++) {
            events.add(update(revision, pool[0], pool[1]));
        }
        events.forEach(memo::of);
        encoded.clear();
        events.subList(1_000 - EventMemo.SLOTS, 1_000).forEach(memo::of);
        assertThat(encoded).isEmpty();

        events.subList(0, 1_000 - EventMemo.SLOTS).forEach(memo::of);
        assertThat(encoded).hasSize(1_000 - EventMemo.SLOTS);
    }

    private static Presence[] pool() {
        Presence[] pool = new Presence[POOL];
        for (int i = 0; i < POOL; i++) {
            pool[i] = presence(i);
        }
        return pool;
    }

    /* Seen to fail with a slot of two fields, event and result, that are written one after the other. */
    @Test
    void of_manyThreads_isTheEncodingOfTheEvent() throws Exception {
        EventMemo<Encoded> shared = new EventMemo<>(Encoded::new);
        Presence[] pool = pool();
        int threads = 4;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                SplittableRandom random = new SplittableRandom(thread);
                tasks.add(() -> {
                    start.await();
                    int wrong = 0;
                    for (int i = 0; i < 200_000; i++) {
                        PresenceEvent event =
                                update(random.nextInt(4) * 64L, pool[random.nextInt(3)], pool[3 + random.nextInt(2)]);
                        wrong += shared.of(event).isOf(event) ? 0 : 1;
                    }
                    return wrong;
                });
            }
            for (Future<Integer> task : executor.invokeAll(tasks)) {
                assertThat(task.get()).isZero();
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
