package io.presence.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Presence;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.SubscriptionOptions;
import io.presence.count.PresenceCounts;
import io.presence.query.Query;
import io.presence.user.UserEvent;
import io.presence.user.UserListener;
import io.presence.user.UserPresence;
import io.presence.user.UserSubscription;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Users and counts that are opened, read, switched and closed by several threads while others write.
 *
 * <p>Tried: if {@code OpenViews.release} does not remove the view before it closes it, a later subscription follows a
 * closed view, and this fails.
 */
@Timeout(120)
class ViewRaceTest {

    private static final int ROUNDS = 300;
    private static final SubscriptionOptions DEFAULTS = SubscriptionOptions.defaults();

    private final PresenceStore store = PresenceStore.builder().build();
    private final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();

    /** Assembles users, and checks the order of events. */
    private final class Assembling implements UserListener {

        private final Map<String, UserPresence> users = new ConcurrentHashMap<>();

        /* A change of principal before the snapshot is complete begins anew. */
        @Override
        public void onReset() {
            users.clear();
        }

        @Override
        public void onEvent(UserEvent event) {
            String user = event.user().userId();
            UserPresence known = event.cause() == null ? users.put(user, event.user()) : users.remove(user);
            UserPresence expected = event.cause() == null ? event.previous() : event.user();
            if (known == null ? expected != null : !known.equals(expected)) {
                thrown.add(new AssertionError(event + " after " + known));
            }
        }
    }

    private void write(String thread, int round) {
        for (int i = 0; i < 8; i++) {
            int number = (round + i) % 16;
            String id = thread + "-" + number;
            if (i % 3 == 2) {
                store.delete(id);
            } else {
                store.upsert(PresenceUpsert.of(id, "user-" + number % 5, i % 2 == 0 ? "busy" : "away")
                        .metadata(Map.of("room", "room-" + i % 4)));
            }
        }
    }

    private Presences caller(int round) {
        return round % 2 == 0
                ? store
                : store.as(Principal.user("user-" + round % 5).build());
    }

    private void follow(int round) {
        Assembling listener = new Assembling();
        UserSubscription users = caller(round).users(DEFAULTS, listener);
        users.of("user-1");
        if (round % 3 == 0) {
            users.switchPrincipal(Principal.user("user-" + round % 5).build());
        }
        if (round % 5 == 0) {
            users.resume();
        }
        users.close();
    }

    private void count(int round) {
        try (PresenceCounts counts = caller(round).counts("metadata.room")) {
            counts.subscribe(DEFAULTS, count -> {}).close();
            counts.top(3).forEach(count -> assertThat(count.presences()).isPositive());
        }
    }

    private static Set<String> usersOf(Presences view) {
        return view.list(Query.limit(100)).presences().stream()
                .map(Presence::userId)
                .collect(Collectors.toSet());
    }

    /* The views of principals were opened and closed in each round. */
    private void checkFresh(Presences view) throws Exception {
        Assembling listener = new Assembling();
        try (UserSubscription users = view.users(DEFAULTS.onDispatcher(), listener)) {
            store.delivered().toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(listener.users.keySet()).isEqualTo(usersOf(view));
            assertThat(users.size()).isEqualTo(listener.users.size());
        }
    }

    @Test
    void views_openedAndClosedByManyThreads_endExactAndLeaveNothing() throws Exception {
        Assembling steady = new Assembling();
        UserSubscription users = store.users(DEFAULTS, steady);
        Lockstep.run(
                ROUNDS,
                round -> {},
                round -> {},
                round -> write("a", round),
                round -> write("b", round),
                this::follow,
                this::follow,
                this::count);
        store.delivered().toCompletableFuture().get(30, TimeUnit.SECONDS);
        Assembling fresh = new Assembling();
        UserSubscription again = store.users(DEFAULTS.onDispatcher(), fresh);
        store.delivered().toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(thrown).isEmpty();
        assertThat(steady.users).isEqualTo(fresh.users);
        assertThat(fresh.users.keySet()).isEqualTo(usersOf(store));
        for (int user = 0; user < 5; user++) {
            checkFresh(store.as(Principal.user("user-" + user).build()));
        }
        users.close();
        again.close();
        /* The close of a view is a command that the close of its last follower enqueues. */
        for (int i = 0; i < 1_000 && store.stats().subscriptions() > 0; i++) {
            store.delivered().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
        assertThat(store.stats().subscriptions()).isZero();
        store.close();
    }
}
