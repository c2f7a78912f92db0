package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Recorder;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A store with a thread of its own, end to end. */
class StoreThreadTest {

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void upsert_always_isDeliveredAndCloseEndsTheThread() throws Exception {
        Recorder delivered = Recorder.chained();
        Subscription subscription;
        try (PresenceStore store = PresenceStore.builder().build()) {
            var ada = store.as(Principal.user("ada").build());
            ada.upsert(PresenceUpsert.of("p", "online"));
            subscription = ada.subscribe(
                    Channel.presences(),
                    SubscriptionOptions.defaults().withSnapshot().onDispatcher(),
                    delivered);
            /* A flush waits for writes alone: the dispatcher can have dispatched this one before it subscribes. */
            await(store.delivered());
            assertThat(delivered.takeLines()).containsExactly("ENTER p online");
            assertThat(delivered.synced()).hasSize(1);
            ada.delete("p");
            await(store.flush());
            assertThat(delivered.takeLines()).containsExactly("EXIT p DELETED");
        }
        assertThat(delivered.closed()).containsExactly(CloseReason.STORE_CLOSED);
        assertThat(await(subscription.closeFuture())).isEqualTo(CloseReason.STORE_CLOSED);
    }

    @Test
    void expiry_withoutWrites_wakesTheDispatcher() throws Exception {
        ManualClock clock = new ManualClock();
        CompletableFuture<PresenceEvent> ended = new CompletableFuture<>();
        try (PresenceStore store =
                PresenceStore.builder().nanoClock(clock).wallClock(clock).build()) {
            store.subscribe(Channel.presences().delete(), ended::complete);
            store.upsert(PresenceUpsert.of("p", "ada", "online").expiresIn(Duration.ofSeconds(30)));
            await(store.flush());
            assertThat(ended).isNotDone();
            clock.advance(Duration.ofSeconds(31));
            assertThat(await(ended).cause()).isEqualTo(PresenceEvent.Cause.EXPIRED);
            assertThat(store.get("p")).isNull();
        }
    }

    @Test
    void closeStore_withinListenerCall_succeeds() throws Exception {
        PresenceStore store = PresenceStore.builder().build();
        Recorder delivered = Recorder.chained();
        Subscription other = store.subscribe(Channel.presences(), delivered);
        store.subscribe(Channel.presences(), event -> store.close());
        store.upsert(PresenceUpsert.of("p", "ada", "online"));
        assertThat(await(other.closeFuture())).isEqualTo(CloseReason.STORE_CLOSED);
        assertThat(delivered.takeLines()).containsExactly("ENTER p online");
        store.close();
    }

    @Test
    void listener_thatThrows_isReportedAndTheDispatcherContinues() throws Exception {
        CompletableFuture<Throwable> reported = new CompletableFuture<>();
        Error error = new AssertionError("listener");
        try (PresenceStore store = PresenceStore.builder()
                .onListenerError((subscription, thrown) -> reported.complete(thrown))
                .build()) {
            store.subscribe(Channel.presences(), event -> {
                throw error;
            });
            Recorder delivered = Recorder.chained();
            store.subscribe(Channel.presences(), SubscriptionOptions.defaults().onDispatcher(), delivered);
            store.upsert(PresenceUpsert.of("p", "ada", "online"));
            assertThat(await(reported)).isSameAs(error);
            store.delete("p");
            await(store.flush());
            assertThat(delivered.assembled()).isEmpty();
        }
    }
}
