package io.presence.concurrency;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresencePatch;
import io.presence.Principal;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The revision and resume token of a subscription, read while they change. */
class RevisionRaceTest {

    private static final int ROUNDS = 5_000;
    private static final long HOUR = 3_600_000;

    private final ObservedStore stage = new ObservedStore();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private @Nullable Subscription subscription;
    private volatile long said;
    private volatile String token = "";
    private String before = "";

    private Subscription current() {
        return requireNonNull(subscription);
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    /*
     * The pending changes are dropped. For a moment nothing is pending, and all dispatched changes could seem
     * delivered.
     */
    @Test
    void revision_whilePendingIsDropped_excludesTheDropped() {
        stage.delivered.withoutEvents();
        stage.store.upsert(ObservedStore.upsert("a", "online", HOUR));
        stage.store.upsert(ObservedStore.upsert("b", "online", HOUR));
        stage.drain();
        long[] at = new long[1];
        Lockstep.run(
                ROUNDS,
                round -> {
                    subscription = stage.store.subscribe(
                            Channel.presences(),
                            SubscriptionOptions.defaults()
                                    .executor(tasks::add)
                                    .maxPending(1)
                                    .ignoreResets(),
                            event -> {});
                    stage.drain();
                    at[0] = current().revision();
                    stage.store.update("a", PresencePatch.none().status("s" + round));
                    stage.drain();
                    stage.store.update("b", PresencePatch.none().status("s" + round));
                },
                round -> {
                    assertThat(said).isIn(at[0], -1L);
                    current().close();
                    tasks.clear();
                },
                round -> stage.drain(),
                round -> said = current().revision());
        stage.close();
    }

    /* A token says where one was and what one saw: of two principals, never the one's place with the other's sight. */
    @Test
    void resumeToken_duringSwitchPrincipal_isInvalidOrOfTheFormer() {
        stage.delivered.withoutEvents();
        Principal ada = Principal.user("ada").build();
        Principal bob = Principal.user("bob").build();
        Lockstep.run(
                ROUNDS,
                round -> {
                    subscription = stage.store
                            .as(ada)
                            .subscribe(
                                    Channel.presences(),
                                    SubscriptionOptions.defaults().executor(tasks::add),
                                    event -> {});
                    stage.drain();
                    before = current().resumeToken();
                    current().switchPrincipal(bob);
                },
                round -> {
                    runTasks();
                    assertThat(token).isIn(before, "none");
                    current().close();
                },
                round -> stage.drain(),
                round -> token = current().resumeToken());
        stage.close();
    }

    @Test
    void pendingCount_afterCloseDuringDelivery_isZero() {
        stage.delivered.withoutEvents();
        Lockstep.run(
                ROUNDS,
                round -> {
                    subscription = stage.store.subscribe(
                            Channel.presences(), SubscriptionOptions.defaults().executor(tasks::add), event -> {});
                    stage.drain();
                    for (int i = 0; i < 3; i++) {
                        stage.store.upsert(ObservedStore.upsert("p" + i, "s" + round, HOUR));
                    }
                    stage.drain();
                },
                round -> {
                    stage.drain();
                    runTasks();
                    assertThat(current().pendingCount()).isZero();
                },
                round -> runTasks(),
                round -> {
                    current().close();
                    stage.drain();
                });
        stage.close();
    }
}
