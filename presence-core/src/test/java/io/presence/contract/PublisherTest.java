package io.presence.contract;

import static io.presence.PresenceException.Code.SCOPE_MISSING;
import static io.presence.PresenceException.Code.STORE_CLOSED;
import static io.presence.contract.ErrorCodes.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.PresenceEvent;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.Role;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import io.presence.query.QueryException;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A publisher: the events of a stream and its demand. */
class PublisherTest {

    private static final SubscriptionOptions SNAPSHOT =
            SubscriptionOptions.defaults().withSnapshot();

    private final TestStore test = TestStore.create();
    private final PresenceStore store = test.store();

    @AfterEach
    void close() {
        test.close();
    }

    private void upsert(String id) {
        store.upsert(PresenceUpsert.of(id, "ada", "online"));
    }

    private RecordingSubscriber subscribe(RecordingSubscriber taker, SubscriptionOptions options) {
        store.asPublisher(Channel.presences(), options).subscribe(taker);
        test.drain();
        return taker;
    }

    private RecordingSubscriber subscribe() {
        return subscribe(new RecordingSubscriber(), SubscriptionOptions.defaults());
    }

    @Test
    @Promise("reactive-streams")
    void request_someEvents_deliversAtMostThatMany() {
        RecordingSubscriber taker = subscribe();
        assertThat(taker.take()).containsExactly("onSubscribe");
        upsert("p");
        upsert("q");
        upsert("r");
        test.drain();
        assertThat(taker.take()).isEmpty();
        taker.request(1);
        test.drain();
        assertThat(taker.take()).containsExactly("ENTER p online");
        taker.request(1);
        taker.request(1);
        test.drain();
        assertThat(taker.take()).containsExactly("ENTER q online", "ENTER r online");
    }

    @Test
    void update_withoutDemand_conflatesAThousandToOneEvent() {
        upsert("p");
        test.drain();
        RecordingSubscriber taker = subscribe();
        for (int i = 0; i < 1000; i++) {
            store.update("p", PresencePatch.none().status("s" + i));
            test.drain();
        }
        taker.request(Long.MAX_VALUE);
        test.drain();
        assertThat(taker.take()).containsExactly("onSubscribe", "UPDATE p s999");
    }

    @Test
    void delete_withoutDemand_cancelsOutThePendingEnter() {
        RecordingSubscriber taker = subscribe();
        upsert("p");
        test.drain();
        store.delete("p");
        test.drain();
        taker.request(Long.MAX_VALUE);
        test.drain();
        assertThat(taker.take()).containsExactly("onSubscribe");
    }

    @Test
    void subscribe_withSnapshot_deliversItFirstAsEnterEvents() {
        upsert("p");
        test.drain();
        RecordingSubscriber taker = subscribe(
                new RecordingSubscriber().onSubscribe(subscription -> subscription.request(Long.MAX_VALUE)), SNAPSHOT);
        upsert("q");
        test.drain();
        assertThat(taker.take()).containsExactly("onSubscribe", "ENTER p online", "ENTER q online");
    }

    @Test
    void subscribe_twice_deliversToEachByItsDemand() {
        Flow.Publisher<PresenceEvent> publisher =
                store.asPublisher(Channel.presences(), Query.equal("status", "online"));
        RecordingSubscriber one = new RecordingSubscriber();
        RecordingSubscriber other = new RecordingSubscriber();
        publisher.subscribe(one);
        publisher.subscribe(other);
        upsert("p");
        one.request(1);
        test.drain();
        store.update("p", PresencePatch.none().status("away"));
        test.drain();
        other.request(1);
        one.subscription().cancel();
        upsert("q");
        test.drain();
        assertThat(one.take()).containsExactly("onSubscribe", "ENTER p online");
        assertThat(other.take()).containsExactly("onSubscribe", "ENTER q online");
        assertThat(store.stats().subscriptions()).isEqualTo(1);
    }

    static Stream<SubscriptionOptions> executors() {
        return Stream.of(
                SubscriptionOptions.defaults(),
                SubscriptionOptions.defaults().onDispatcher(),
                SubscriptionOptions.defaults().executor(Runnable::run));
    }

    @ParameterizedTest
    @MethodSource("executors")
    void request_withinOnNext_doesNotRecurse(SubscriptionOptions options) {
        RecordingSubscriber taker = new RecordingSubscriber();
        subscribe(taker.onNext(event -> taker.request(1)), options);
        for (int i = 0; i < 3; i++) {
            upsert("p" + i);
        }
        test.drain();
        taker.request(1);
        test.drain();
        upsert("q");
        upsert("r");
        test.drain();
        assertThat(taker.take())
                .containsExactly(
                        "onSubscribe",
                        "ENTER p0 online",
                        "ENTER p1 online",
                        "ENTER p2 online",
                        "ENTER q online",
                        "ENTER r online");
    }

    @ParameterizedTest
    @MethodSource("executors")
    void upsert_withinOnSubscribe_isDeliveredAfterTheCall(SubscriptionOptions options) {
        RecordingSubscriber taker = subscribe(
                new RecordingSubscriber().onSubscribe(subscription -> {
                    subscription.request(Long.MAX_VALUE);
                    upsert("p");
                    test.drain();
                }),
                options);
        assertThat(taker.take()).containsExactly("onSubscribe", "ENTER p online");
    }

    @Test
    void request_beyondLongMaximum_isUnbounded() {
        RecordingSubscriber taker = subscribe();
        taker.request(Long.MAX_VALUE);
        taker.request(Long.MAX_VALUE);
        upsert("p");
        test.drain();
        assertThat(taker.take()).containsExactly("onSubscribe", "ENTER p online");
    }

    @Test
    void asPublisher_ofPrincipal_deliversReadablePresencesAlone() {
        Presences bob = test.user("bob");
        RecordingSubscriber taker =
                new RecordingSubscriber().onSubscribe(subscription -> subscription.request(Long.MAX_VALUE));
        bob.asPublisher(Channel.presences(), Query.equal("status", "online")).subscribe(taker);
        upsert("hidden");
        store.upsert(PresenceUpsert.of("p", "ada", "online").permissions(Permission.read(Role.user("bob"))));
        store.upsert(PresenceUpsert.of("q", "ada", "away").permissions(Permission.read(Role.user("bob"))));
        test.drain();
        upsert("p");
        test.drain();
        assertThat(taker.take()).containsExactly("onSubscribe", "ENTER p online", "EXIT p NO_LONGER_READABLE");
    }

    @Test
    void asPublisher_onChannelOfOneAction_deliversThatAction() {
        RecordingSubscriber taker =
                new RecordingSubscriber().onSubscribe(subscription -> subscription.request(Long.MAX_VALUE));
        store.asPublisher(Channel.presences().delete()).subscribe(taker);
        upsert("p");
        test.drain();
        store.delete("p");
        test.drain();
        assertThat(taker.take()).containsExactly("onSubscribe", "EXIT p DELETED");
    }

    @Test
    void asPublisher_unsupportedQueriesOrOptions_isRefusedAtOnce() {
        Channel all = Channel.presences();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.asPublisher(all, SNAPSHOT.maxPending(5)))
                .withMessage("maxPending must not be set for a publisher: 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.asPublisher(all, SNAPSHOT.resumeFrom("0123456789")))
                .withMessage("resumeFrom must not be set for a publisher: a token of 10 characters");
        for (long demand : new long[] {0, 7}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.asPublisher(all, SNAPSHOT.initialRequest(demand)))
                    .withMessage("initialRequest must not be set for a publisher: " + demand);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.asPublisher(all.delete(), SNAPSHOT))
                .withMessage("snapshot must not be set for a channel of one action: presences.delete");
        for (Query query : List.of(Query.limit(1), Query.orderAsc("userId"), Query.exists("expiresAt"))) {
            assertThatThrownBy(() -> store.asPublisher(all, query)).isInstanceOf(QueryException.class);
        }
        Presences nobody = store.as(Principal.user("bob").scopes().build());
        assertRefused(SCOPE_MISSING, () -> nobody.asPublisher(all));
    }

    @Test
    void asPublisher_nullArgument_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> store.asPublisher(null));
        assertThatNullPointerException()
                .isThrownBy(() -> store.asPublisher(Channel.presences(), (SubscriptionOptions) null));
        assertThatNullPointerException()
                .isThrownBy(() -> store.asPublisher(Channel.presences()).subscribe(null))
                .withMessage("subscriber must not be null");
        test.drain();
        assertThat(store.stats().subscriptions()).isZero();
    }

    @Test
    void asPublisher_ofClosedStore_failsEachSubscriber() {
        store.close();
        RecordingSubscriber taker = new RecordingSubscriber().onSubscribe(subscription -> subscription.request(1));
        store.asPublisher(Channel.presences()).subscribe(taker);
        assertThat(taker.take()).containsExactly("onSubscribe", "onError");
        assertRefused(STORE_CLOSED, () -> {
            throw (RuntimeException) taker.error();
        });
        taker.request(0);
        taker.request(1);
        taker.subscription().cancel();
        assertThat(taker.take()).isEmpty();
    }

    @Test
    void asPublisher_ofClosedStoreCancelledAtOnce_deliversNoError() {
        store.close();
        RecordingSubscriber taker = new RecordingSubscriber().onSubscribe(Flow.Subscription::cancel);
        store.asPublisher(Channel.presences()).subscribe(taker);
        assertThat(taker.take()).containsExactly("onSubscribe");
    }
}
