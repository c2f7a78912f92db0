package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Permission;
import io.presence.PresenceException;
import io.presence.PresenceException.Code;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.Role;
import io.presence.Scope;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import io.presence.count.PresenceCounts;
import io.presence.fixture.ManualExecutor;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import io.presence.user.UserEvent;
import io.presence.user.UserListener;
import io.presence.user.UserPresence;
import io.presence.user.UserSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Users over several presences. */
class UsersTest {

    private static final Duration TTL = Duration.ofSeconds(30);
    private static final SubscriptionOptions DEFAULTS = SubscriptionOptions.defaults();

    private TestStore test = TestStore.create();
    private final List<String> lines = new ArrayList<>();
    private final ManualExecutor executor = new ManualExecutor();

    /** A listener that records a line for each call. */
    private final UserListener recorder = new UserListener() {
        @Override
        public void onEvent(UserEvent event) {
            UserPresence user = event.user();
            Object last = event.cause() == null ? user.status() + " " + user.presences() : event.cause();
            lines.add(event.change() + " " + user.userId() + " " + last);
        }

        @Override
        public void onSynced(long revision) {
            lines.add("synced");
        }

        @Override
        public void onReset() {
            lines.add("reset");
        }

        @Override
        public void onClosed(CloseReason reason) {
            lines.add("closed " + reason);
        }
    };

    @AfterEach
    void close() {
        test.close();
    }

    private List<String> taken() {
        test.drain();
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    private void write(String id, String user, String status) {
        test.store().upsert(PresenceUpsert.of(id, user, status).expiresIn(TTL));
    }

    private UserSubscription follow(Query... filters) {
        UserSubscription users = test.store().users(DEFAULTS, recorder, filters);
        test.drain();
        lines.clear();
        return users;
    }

    @Test
    void multiTab_statusOfSeveralTabs_isTheHighestOfTheLadder() {
        UserSubscription users = follow();
        write("tab-1", "ada", "away");
        assertThat(taken()).containsExactly("ENTER ada away 1");
        write("tab-2", "ada", "online");
        assertThat(taken()).containsExactly("UPDATE ada online 2");
        write("tab-1", "ada", "busy");
        assertThat(taken()).containsExactly("UPDATE ada busy 2");
        test.store().delete("tab-1");
        assertThat(taken()).containsExactly("UPDATE ada online 1");
        assertThat(users.of("ada").status()).isEqualTo("online");
        assertThat(users.size()).isEqualTo(1);
    }

    @Test
    void firstInLastOut_ofThreeTabs_isOneEnterAndOneExit() {
        follow();
        for (int tab = 0; tab < 3; tab++) {
            write("tab-" + tab, "ada", "online");
        }
        assertThat(taken()).containsExactly("ENTER ada online 1", "UPDATE ada online 2", "UPDATE ada online 3");
        test.store().delete("tab-0");
        test.store().delete("tab-1");
        assertThat(taken()).containsExactly("UPDATE ada online 2", "UPDATE ada online 1");
        test.pass(TTL);
        assertThat(taken()).containsExactly("EXIT ada EXPIRED");
    }

    @Test
    void firstInLastOut_ofReplacedTab_isNeitherExitNorEnterWhileSlow() {
        test.store().users(DEFAULTS.executor(executor), recorder);
        write("tab-1", "ada", "online");
        test.drain();
        executor.runAll();
        lines.clear();
        test.store().delete("tab-1");
        test.drain();
        write("tab-2", "ada", "away");
        test.drain();
        executor.runAll();
        assertThat(lines).containsExactly("UPDATE ada away 1");
    }

    @Test
    void statusOfUnreadablePresence_ofSeveral_isNotReflected() {
        Presences bob = test.user("bob");
        UserSubscription users = bob.users(DEFAULTS, recorder);
        test.drain();
        lines.clear();
        test.store().upsert(PresenceUpsert.of("open", "ada", "away").permissions(Permission.read(Role.any())));
        test.pass(Duration.ofSeconds(1));
        write("private", "ada", "busy");
        assertThat(taken()).containsExactly("ENTER ada away 1");
        assertThat(users.of("ada").presences()).isEqualTo(1);
        test.store().update("private", PresencePatch.none().status("online"));
        test.store().delete("open");
        assertThat(taken()).containsExactly("EXIT ada DELETED");
        assertThat(users.of("ada")).isNull();
    }

    @Test
    @Promise("user-update-only-for-change")
    void update_ofWhatIsNotMerged_isNotDelivered() {
        follow();
        write("tab-1", "ada", "online");
        write("tab-2", "ada", "away");
        taken();
        test.store().update("tab-1", PresencePatch.none().metadata(java.util.Map.of("room", "lobby")));
        test.store().update("tab-2", PresencePatch.none().status("lunch"));
        test.store().touch("tab-1");
        assertThat(taken()).isEmpty();
    }

    @Test
    void since_ofOldestTabThatEnds_isThatOfTheNextOldest() {
        UserSubscription users = follow();
        Instant start = test.clock().instant();
        write("tab-1", "ada", "online");
        test.pass(Duration.ofSeconds(5));
        write("tab-2", "ada", "online");
        test.drain();
        assertThat(users.of("ada").since()).isEqualTo(start);
        test.store().delete("tab-1");
        test.drain();
        assertThat(users.of("ada").since()).isEqualTo(start.plusSeconds(5));
    }

    @Test
    void statusLadder_ofOtherStatuses_ranksUnlistedOnesByLastChange() {
        test.close();
        test = TestStore.create(builder -> builder.statusLadder("live", "idle"));
        UserSubscription users = follow();
        write("tab-1", "ada", "busy");
        test.pass(Duration.ofSeconds(1));
        write("tab-2", "ada", "away");
        test.drain();
        assertThat(users.of("ada").status()).isEqualTo("away");
        write("tab-3", "ada", "idle");
        test.drain();
        assertThat(users.of("ada").status()).isEqualTo("idle");
    }

    @Test
    void users_withPresencesAtStart_areDeliveredAndThenInSync() {
        write("tab-1", "ada", "online");
        write("tab-2", "ada", "away");
        write("tab-3", "bob", "away");
        test.store().users(DEFAULTS, recorder, Query.notEqual("userId", "eve"));
        assertThat(taken()).containsExactlyInAnyOrder("ENTER ada online 2", "ENTER bob away 1", "synced");
        assertThat(lines).isEmpty();
    }

    @Test
    void enterAndExit_whileSlow_areNotDelivered() {
        UserSubscription users = test.store().users(DEFAULTS.executor(executor), recorder);
        test.drain();
        executor.runAll();
        lines.clear();
        write("tab-1", "ada", "online");
        test.drain();
        assertThat(users.pendingCount()).isEqualTo(1);
        write("tab-2", "ada", "online");
        test.drain();
        assertThat(users.pendingCount()).isEqualTo(1);
        test.store().delete("tab-1");
        test.store().delete("tab-2");
        test.drain();
        assertThat(users.pendingCount()).isZero();
        executor.runAll();
        assertThat(lines).isEmpty();
    }

    @Test
    void maxPending_whenExceeded_resetsWithSnapshot() {
        UserSubscription users = test.store().users(DEFAULTS.executor(executor).maxPending(2), recorder);
        test.drain();
        executor.runAll();
        users.pause();
        lines.clear();
        for (String user : List.of("ada", "bob", "eve")) {
            write(user, user, "online");
        }
        test.drain();
        users.resume();
        for (int i = 0; i < 5; i++) {
            test.drain();
            executor.runAll();
        }
        assertThat(lines).hasSize(5).startsWith("reset").endsWith("synced");
    }

    @Test
    void resumeFrom_aToken_resetsWithSnapshot() {
        UserSubscription users = follow();
        write("tab-1", "ada", "online");
        taken();
        String token = users.resumeToken();
        users.close();
        test.store().users(DEFAULTS.resumeFrom(token), recorder);
        assertThat(taken()).containsExactly("reset", "ENTER ada online 1", "synced");
    }

    @Test
    @Promise("user-view-no-leak")
    void switchPrincipal_toOneThatReadsLess_deliversTheDifference() {
        Principal blue = Principal.user("bob").team("blue").build();
        UserSubscription users = test.store().as(blue).users(DEFAULTS, recorder);
        test.store().upsert(PresenceUpsert.of("team", "ada", "busy").permissions(Permission.read(Role.team("blue"))));
        test.store().upsert(PresenceUpsert.of("open", "ada", "away").permissions(Permission.read(Role.any())));
        test.store().upsert(PresenceUpsert.of("eve", "eve", "away").permissions(Permission.read(Role.team("blue"))));
        test.drain();
        lines.clear();
        users.switchPrincipal(Principal.user("bob").build());
        assertThat(taken())
                .containsExactlyInAnyOrder("UPDATE ada away 1", "EXIT eve NO_LONGER_READABLE", "synced")
                .endsWith("synced");
        assertThat(users.size()).isEqualTo(1);
        users.switchPrincipal(Principal.user("bob").build());
        assertThat(taken()).containsExactly("synced");
    }

    @Test
    void users_ofEqualFiltersAndRights_shareOneView() {
        for (int i = 0; i < 10; i++) {
            test.user("bob").users(DEFAULTS, event -> {}, Query.equal("status", "online"));
        }
        test.drain();
        assertThat(test.store().stats().subscriptions()).isEqualTo(11);
        test.user("eve").users(DEFAULTS, event -> {}, Query.equal("status", "online"));
        test.drain();
        assertThat(test.store().stats().subscriptions()).isEqualTo(13);
    }

    @Test
    void users_withOptionsThatTheListenerDoesNotSupport_leavesNoView() {
        UserListener withoutReset = event -> {};
        SubscriptionOptions bounded = DEFAULTS.maxPending(3);

        assertThatThrownBy(() -> test.store().users(bounded, withoutReset))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("onReset");
        PresenceCounts counts = test.store().counts("status");
        assertThatThrownBy(() -> counts.subscribe(bounded, count -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("onReset");
        counts.close();

        test.drain();
        assertThat(test.store().stats().subscriptions()).isZero();
    }

    @Test
    @Promise("max-views")
    void maxViews_whenReached_refusesFurtherViewsUntilOneIsClosed() {
        test.close();
        test = TestStore.create(builder -> builder.maxViews(1));
        UserSubscription users = follow();
        UserSubscription same = test.store().users(DEFAULTS, event -> {});
        Presences bob = test.user("bob");
        assertThatThrownBy(() -> bob.users(DEFAULTS, event -> {}))
                .isInstanceOfSatisfying(
                        PresenceException.class,
                        refused -> assertThat(refused.code()).isEqualTo(Code.LIMIT_EXCEEDED))
                .hasMessageContaining("maxViews: 1");
        assertThatThrownBy(() -> users.switchPrincipal(Principal.user("bob").build()))
                .hasMessageContaining("maxViews: 1");
        write("tab-1", "ada", "online");
        assertThat(taken()).containsExactly("ENTER ada online 1");
        users.close();
        same.close();
        test.drain();
        bob.users(DEFAULTS, event -> {}).close();
    }

    @Test
    void maxSubscriptionsPerUser_ofUserViews_countsListenersAndNotViews() {
        test.close();
        test = TestStore.create(builder -> builder.maxSubscriptionsPerUser(1));
        UserSubscription users = test.user("bob").users(DEFAULTS, recorder);
        assertThatThrownBy(() -> test.user("bob").users(DEFAULTS, recorder, Query.equal("status", "x")))
                .hasMessageContaining("maxSubscriptionsPerUser: 1");
        users.close();
        test.drain();
        test.user("bob").users(DEFAULTS, recorder, Query.equal("status", "x")).close();
        test.drain();
        assertThat(test.store().stats().subscriptions()).isZero();
    }

    @Test
    void lastSeen_ofUserThatIsGone_isItsLastHeartbeat() {
        test.close();
        test = TestStore.create(builder -> builder.lastSeen(2, Duration.ofMinutes(10)));
        UserSubscription users = follow();
        write("tab-1", "ada", "online");
        test.pass(Duration.ofSeconds(10));
        test.store().touch("tab-1");
        Instant heartbeat = test.clock().instant();
        test.drain();
        assertThat(users.lastSeen("ada")).isNull();
        test.pass(TTL);
        assertThat(users.lastSeen("ada")).isEqualTo(heartbeat);
        test.pass(Duration.ofMinutes(10));
        assertThat(users.lastSeen("ada")).isNull();
    }

    @Test
    @Promise("last-seen-bounds")
    void lastSeen_ofMoreUsersThanTheLimit_forgetsTheFirstThatLeft() {
        test.close();
        test = TestStore.create(builder -> builder.lastSeen(2, Duration.ofMinutes(10)));
        UserSubscription users = follow();
        for (String user : List.of("ada", "bob", "eve")) {
            write(user, user, "online");
            test.drain();
            test.store().delete(user);
            test.drain();
        }
        assertThat(users.lastSeen("ada")).isNull();
        assertThat(users.lastSeen("bob")).isNotNull();
        assertThat(users.lastSeen("eve")).isNotNull();
    }

    @Test
    void lastSeen_ofUnreadablePresence_isUnknown() {
        UserSubscription users = test.user("bob").users(DEFAULTS, recorder);
        write("private", "ada", "online");
        test.drain();
        test.store().delete("private");
        test.drain();
        assertThat(users.lastSeen("ada")).isNull();
    }

    @Test
    void users_ofListenerWithoutReset_areRefusedWithMaxPending() {
        assertThatThrownBy(() -> test.store().users(DEFAULTS.maxPending(1), event -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("listener must override onReset() for maxPending")
                .hasMessageContaining("UsersTest");
        test.store().users(DEFAULTS.maxPending(1).ignoreResets(), event -> {}).close();
    }

    @Test
    void users_withoutScope_areRefused() {
        Principal writer = Principal.user("bob").scopes(Scope.PRESENCES_WRITE).build();
        assertThatThrownBy(() -> test.store().as(writer).users(DEFAULTS, event -> {}))
                .isInstanceOfSatisfying(
                        PresenceException.class,
                        refused -> assertThat(refused.code()).isEqualTo(Code.SCOPE_MISSING));
    }

    @Test
    void listener_thatThrows_affectsNoOtherOfTheSameView() {
        test.store().users(DEFAULTS, event -> {
            throw new IllegalStateException("on purpose");
        });
        follow();
        write("tab-1", "ada", "online");
        assertThat(taken()).containsExactly("ENTER ada online 1");
        assertThat(test.takeErrors()).hasSize(1);
    }

    @Test
    void close_ofTheStore_closesUserSubscriptions() {
        follow();
        test.store().close();
        assertThat(lines).containsExactly("closed STORE_CLOSED");
    }

    @Test
    void user_withHundredsOfTabs_isMergedLikeOneWithFew() {
        UserSubscription users = follow();
        for (int tab = 0; tab < 300; tab++) {
            write("tab-" + tab, "ada", tab == 150 ? "busy" : "away");
        }
        test.drain();
        assertThat(users.of("ada"))
                .isEqualTo(new UserPresence("ada", "busy", 300, test.clock().instant()));
        test.store().delete("tab-150");
        test.drain();
        assertThat(users.of("ada").status()).isEqualTo("away");
        for (int tab = 0; tab < 299; tab++) {
            test.store().delete("tab-" + tab);
        }
        test.drain();
        assertThat(users.of("ada").presences()).isEqualTo(1);
        test.store().delete("tab-299");
        test.drain();
        assertThat(users.of("ada")).isNull();
    }
}
