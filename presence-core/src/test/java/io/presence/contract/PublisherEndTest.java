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

/** The end of a stream: by cancellation, by failure and with the store. */
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

    private RecordingSubscriber subscribe(RecordingSubscriber taker) {
        return subscribe(taker, SubscriptionOptions.defaults());
    }

    private RecordingSubscriber subscribe(RecordingSubscriber taker, SubscriptionOptions options) {
        store.asPublisher(Channel.presences(), options).subscribe(taker);
        test.drain();
        return taker;
    }

    private static RecordingSubscriber unbounded() {
        return new RecordingSubscriber().onSubscribe(subscription -> subscription.request(Long.MAX_VALUE));
    }

    @Test
    void cancel_always_suppressesLaterEvents() {
        RecordingSubscriber taker = subscribe(unbounded());
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
        RecordingSubscriber taker = unbounded();
        subscribe(taker.onNext(event -> taker.subscription().cancel()));
        upsert("p");
        upsert("q");
        test.drain();
        assertThat(taker.take()).containsExactly("onSubscribe", "ENTER p online");
        assertThat(store.stats().subscriptions()).isZero();
    }

    @Test
    void cancel_withinOnSubscribe_suppressesAllEvents() {
        RecordingSubscriber taker = subscribe(new RecordingSubscriber().onSubscribe(subscription -> {
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

    private WeakReference<RecordingSubscriber> subscribeAndForget(
            List<Flow.Subscription> held, Consumer<Flow.Subscription> end) {
        RecordingSubscriber taker = subscribe(unbounded());
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
        RecordingSubscriber taker = subscribe(new RecordingSubscriber());
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
        RecordingSubscriber next = unbounded();
        subscribe(next.onNext(event -> {
            next.request(0);
            next.request(-1);
            assertThat(next.take()).containsExactly("onSubscribe", "ENTER p online");
        }));
        RecordingSubscriber first =
                subscribe(new RecordingSubscriber().onSubscribe(subscription -> subscription.request(0)));
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
        RecordingSubscriber failing = subscribe(unbounded().onNext(event -> {
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
        RecordingSubscriber failing = unbounded();
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
        RecordingSubscriber failing = subscribe(new RecordingSubscriber().onSubscribe(subscription -> {
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
        RecordingSubscriber failed = subscribe(new RecordingSubscriber().onEnd(failing));
        failed.request(0);
        assertThat(test.takeErrors()).containsExactly(error);
        RecordingSubscriber failedLater = unbounded();
        subscribe(failedLater.onEnd(failing).onNext(event -> failedLater.request(0)));
        upsert("p");
        test.drain();
        assertThat(test.takeErrors()).containsExactly(error);
        RecordingSubscriber completed = subscribe(new RecordingSubscriber().onEnd(failing));
        store.close();
        assertThat(test.takeErrors()).containsExactly(error);
        RecordingSubscriber refused = new RecordingSubscriber().onEnd(failing);
        store.asPublisher(Channel.presences()).subscribe(refused);
        assertThat(test.takeErrors()).containsExactly(error);
        assertThat(failed.take()).containsExactly("onSubscribe", "onError");
        assertThat(failedLater.take()).containsExactly("onSubscribe", "ENTER p online", "onError");
        assertThat(completed.take()).containsExactly("onSubscribe", "onComplete");
        assertThat(refused.take()).containsExactly("onSubscribe", "onError");
    }

    @Test
    void closeStore_withDemand_deliversTheRestThenCompletes() {
        RecordingSubscriber one = new RecordingSubscriber();
        subscribe(one.onNext(event -> one.request(1)));
        RecordingSubscriber two = subscribe(new RecordingSubscriber());
        RecordingSubscriber none = subscribe(new RecordingSubscriber());
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
        RecordingSubscriber taker = subscribe(
                new RecordingSubscriber().onSubscribe(subscription -> {
                    subscription.request(Long.MAX_VALUE);
                    store.close();
                }),
                SubscriptionOptions.defaults().withSnapshot());
        assertThat(taker.take()).containsExactly("onSubscribe", "onComplete");
    }

    @Test
    void closeStore_withinOnNext_completesAfterTheCall() {
        RecordingSubscriber taker = subscribe(unbounded().onNext(event -> store.close()));
        upsert("p");
        upsert("q");
        test.drain();
        assertThat(taker.take()).containsExactly("onSubscribe", "ENTER p online", "ENTER q online", "onComplete");
    }
}
