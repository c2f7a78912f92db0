package io.presence.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import io.presence.fixture.Promise;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store that is closed from where its own listeners run. Times here only bound how long a failure takes. */
@Timeout(60)
class CloseByListenerTest {

    private static final Duration DAY = Duration.ofDays(1);

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    @Test
    @Promise("close-own-thread")
    void close_byListenerOfClosedSubscription_doesNotWaitForItsOwnThread() throws Exception {
        PresenceStore store = PresenceStore.builder().closeTimeout(DAY).build();
        CompletableFuture<Subscription> subscribed = new CompletableFuture<>();
        CompletableFuture<Thread> returned = new CompletableFuture<>();
        subscribed.complete(store.subscribe(Channel.presences(), event -> {
            subscribed.join().close();
            store.flush().toCompletableFuture().join();
            store.close();
            returned.complete(Thread.currentThread());
        }));
        store.upsert(PresenceUpsert.of("p", "ada", "online"));
        Thread listener = await(returned);
        listener.join(30_000);
        assertThat(listener.isAlive()).as("the thread of the listener").isFalse();
    }

    @Test
    void close_byListenerOnPool_endsTheOthersAndTheThreads() throws Exception {
        PresenceStore store = PresenceStore.builder().closeTimeout(DAY).build();
        ReceivedEvents delivered = new ReceivedEvents();
        Subscription other = store.subscribe(Channel.presences(), delivered);
        CompletableFuture<Thread> returned = new CompletableFuture<>();
        store.subscribe(Channel.presences(), event -> {
            store.close();
            returned.complete(Thread.currentThread());
        });
        store.upsert(PresenceUpsert.of("p", "ada", "online"));
        Thread listener = await(returned);
        assertThat(await(other.closeFuture().toCompletableFuture())).isEqualTo(CloseReason.STORE_CLOSED);
        listener.join(30_000);
        assertThat(listener.isAlive()).as("the thread of the listener").isFalse();
        assertThat(delivered.statuses()).containsEntry("p", "online");
        assertThat(delivered.violations()).isEmpty();
    }

    @Test
    void doWork_whileAnotherThreadCloses_doesNothing() throws Exception {
        PresenceStore store = PresenceStore.builder().callerDriven().build();
        CompletableFuture<Integer> done = new CompletableFuture<>();
        store.subscribe(Channel.presences(), new PresenceListener() {
            @Override
            public void onEvent(PresenceEvent event) {}

            @Override
            public void onClosed(CloseReason reason) {
                CompletableFuture.supplyAsync(store::doWork, task -> new Thread(task, "host").start())
                        .whenComplete((work, thrown) -> {
                            if (thrown == null) {
                                done.complete(work);
                            } else {
                                done.completeExceptionally(thrown);
                            }
                        })
                        .handle((work, thrown) -> work)
                        .join();
            }
        });
        store.doWork();
        store.close();
        assertThat(await(done)).isZero();
    }
}
