package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the streams of publishers end: by cancelling, by failing, and with the store. */
class PublisherEndTest {

    private static final int COLLECTIONS = 100;

    private final TestStore test = TestStore.create(builder -> builder.closeTimeout(Duration.ZERO));
    private final PresenceStore store = test.store();

    @AfterEach
    void close() {
        test.close();
    }

    private void upsert(String id) {
        store.upsert(PresenceUpsert.of(id, "ada", "online"));
    }

    private Taker subscribe(Taker taker) {
        return subscribe(taker, SubscriptionOptions.defaults());
    }

    private Taker subscribe(Taker taker, SubscriptionOptions options) {
        store.asPublisher(Channel.presences(), options).subscribe(taker);
        test.drain();
        return taker;
    }

    private static Taker unbounded() {
        return new Taker().onSubscribe(subscription -> subscription.request(Long.MAX_VALUE));
    }

    @Test
    void cancel_always_suppressesLaterEvents() {
        Taker taker = subscribe(unbounded());
        upsert("p");
        taker.subscription().cancel();
        taker.subscription().cancel();
        taker.request(1);
        taker.request(0);
        test.drain();
        store.close();
        assertThat(taker.take()).containsExactly("onSubscribe");
        assertThat(store.stats().subscriptions()).isZero();
    }

    @Test
    void cancel_withinOnNext_makesThatCallTheLast() {
        Taker taker = unbounded();
        subscribe(taker.onNext(event -> taker.subscription().cancel()));
        upsert("p");
        upsert("q");
        test.drain();
        assertThat(taker.take()).containsExactly("onSubscribe", "ENTER p online");
        assertThat(store.stats().subscriptions()).isZero();
    }

    @Test
    void cancel_withinOnSubscribe_suppressesAllEvents() {
        Taker taker = subscribe(new Taker().onSubscribe(subscription -> {
            subscription.request(1);
            subscription.cancel();
        }));
        upsert("p");
        test.drain();
        assertThat(taker.take()).containsExactly("onSubscribe");
        assertThat(store.stats().subscriptions()).isZero();
    }

    /* Although the dispatcher, which nobody runs, still has the subscription. */
    @Test
    void cancel_always_releasesTheSubscriber() {
        List<Flow.Subscription> held = new ArrayList<>();
        assertCollected(subscribeAndForget(held, Flow.Subscription::cancel));
        assertThat(store.stats().subscriptions()).isEqualTo(1);
        test.drain();
        assertThat(store.stats().subscriptions()).isZero();
        assertThat(held).hasSize(1);
    }

    @Test
    void onError_always_releasesTheSubscriber() {
        List<Flow.Subscription> held = new ArrayList<>();
        assertCollected(subscribeAndForget(held, subscription -> subscription.request(0)));
        assertThat(held).hasSize(1);
    }

    @Test
    void onComplete_always_releasesTheSubscriber() {
        List<Flow.Subscription> held = new ArrayList<>();
        assertCollected(subscribeAndForget(held, subscription -> store.close()));
        assertThat(held).hasSize(1);
    }

    private WeakReference<Taker> subscribeAndForget(List<Flow.Subscription> held, Consumer<Flow.Subscription> end) {
        Taker taker = subscribe(unbounded());
        upsert("p");
        test.drain();
        held.add(taker.subscription());
        end.accept(taker.subscription());
        return new WeakReference<>(taker);
    }

    private static void assertCollected(WeakReference<?> reference) {
        for (int i = 0; i < COLLECTIONS && reference.get() != null; i++) {
            System.gc();
        }
        assertThat(reference.get()).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void request_lessThanOne_fails(long n) {
        Taker taker = subscribe(new Taker());
        upsert("p");
        test.drain();
        taker.request(n);
        assertThat(taker.take()).containsExactly("onSubscribe", "onError");
        assertThat(taker.error())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("n must be positive (Reactive Streams, rule 3.9): " + n);
        taker.request(n);
        taker.request(1);
        test.drain();
        store.close();
        assertThat(taker.take()).isEmpty();
        assertThat(store.stats().subscriptions()).isZero();
    }

    @Test
    void request_zeroWithinSignal_failsAfterThatSignal() {
        Taker next = unbounded();
        subscribe(next.onNext(event -> {
            next.request(0);
            next.request(-1);
            assertThat(next.take()).containsExactly("onSubscribe", "ENTER p online");
        }));
        Taker first = subscribe(new Taker().onSubscribe(subscription -> subscription.request(0)));
        assertThat(first.take()).containsExactly("onSubscribe", "onError");
        upsert("p");
        upsert("q");
        test.drain();
        assertThat(next.take()).containsExactly("onError");
        assertThat(next.error()).hasMessageEndingWith(": 0");
        assertThat(first.take()).isEmpty();
    }

    @Test
    void onNext_thatThrows_isReportedAndCancels() {
        Error error = new StackOverflowError("subscriber");
        Taker failing = subscribe(unbounded().onNext(event -> {
            throw error;
        }));
        Recorder other = test.follow(store);
        upsert("p");
        upsert("q");
        test.drain();
        failing.request(0);
        test.drain();
        assertThat(test.takeErrors()).containsExactly(error);
        assertThat(failing.take()).containsExactly("onSubscribe", "ENTER p online");
        assertThat(other.takeLines()).containsExactly("ENTER p online", "ENTER q online");
        assertThat(store.stats().subscriptions()).isEqualTo(1);
    }

    @Test
    void onNext_requestingZeroThenThrowing_receivesNoOnError() {
        Error error = new AssertionError("subscriber");
        Taker failing = unbounded();
        subscribe(failing.onNext(event -> {
            failing.request(0);
            throw error;
        }));
        upsert("p");
        test.drain();
        assertThat(test.takeErrors()).containsExactly(error);
        assertThat(failing.take()).containsExactly("onSubscribe", "ENTER p online");
    }

    @Test
    void onSubscribe_thatThrows_isReportedAndCancels() {
        Error error = new AssertionError("subscriber");
        Taker failing = subscribe(new Taker().onSubscribe(subscription -> {
            subscription.request(Long.MAX_VALUE);
            throw error;
        }));
        upsert("p");
        test.drain();
        assertThat(test.takeErrors()).containsExactly(error);
        assertThat(failing.take()).containsExactly("onSubscribe");
        assertThat(store.stats().subscriptions()).isZero();
    }

    @Test
    void onCompleteOrOnError_thatThrows_isReported() {
        Error error = new AssertionError("subscriber");
        Runnable failing = () -> {
            throw error;
        };
        Taker failed = subscribe(new Taker().onEnd(failing));
        failed.request(0);
        assertThat(test.takeErrors()).containsExactly(error);
        Taker failedLater = unbounded();
        subscribe(failedLater.onEnd(failing).onNext(event -> failedLater.request(0)));
        upsert("p");
        test.drain();
        assertThat(test.takeErrors()).containsExactly(error);
        Taker completed = subscribe(new Taker().onEnd(failing));
        store.close();
        assertThat(test.takeErrors()).containsExactly(error);
        Taker refused = new Taker().onEnd(failing);
        store.asPublisher(Channel.presences()).subscribe(refused);
        assertThat(test.takeErrors()).containsExactly(error);
        assertThat(failed.take()).containsExactly("onSubscribe", "onError");
        assertThat(failedLater.take()).containsExactly("onSubscribe", "ENTER p online", "onError");
        assertThat(completed.take()).containsExactly("onSubscribe", "onComplete");
        assertThat(refused.take()).containsExactly("onSubscribe", "onError");
    }

    @Test
    void closeStore_withDemand_deliversTheRestThenCompletes() {
        Taker one = new Taker();
        subscribe(one.onNext(event -> one.request(1)));
        Taker two = subscribe(new Taker());
        Taker none = subscribe(new Taker());
        one.request(1);
        two.request(2);
        upsert("p");
        upsert("q");
        upsert("r");
        store.close();
        assertThat(one.take())
                .containsExactly("onSubscribe", "ENTER p online", "ENTER q online", "ENTER r online", "onComplete");
        assertThat(two.take()).containsExactly("onSubscribe", "ENTER p online", "ENTER q online", "onComplete");
        assertThat(none.take()).containsExactly("onSubscribe", "onComplete");
        store.close();
        one.request(1);
        two.request(0);
        assertThat(one.take()).isEmpty();
        assertThat(two.take()).isEmpty();
    }

    @Test
    void closeStore_withinOnSubscribe_completesAfterTheCall() {
        upsert("p");
        Taker taker = subscribe(
                new Taker().onSubscribe(subscription -> {
                    subscription.request(Long.MAX_VALUE);
                    store.close();
                }),
                SubscriptionOptions.defaults().withSnapshot());
        assertThat(taker.take()).containsExactly("onSubscribe", "onComplete");
    }

    @Test
    void closeStore_withinOnNext_completesAfterTheCall() {
        Taker taker = subscribe(unbounded().onNext(event -> store.close()));
        upsert("p");
        upsert("q");
        test.drain();
        assertThat(taker.take()).containsExactly("onSubscribe", "ENTER p online", "ENTER q online", "onComplete");
    }
}
