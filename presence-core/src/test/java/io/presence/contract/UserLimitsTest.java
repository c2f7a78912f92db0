package io.presence.contract;

import static io.presence.PresenceException.Code.DENIED;
import static io.presence.PresenceException.Code.LIMIT_EXCEEDED;
import static io.presence.PresenceException.Code.STORE_FULL;
import static io.presence.contract.ErrorCodes.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.presence.Permission;
import io.presence.PresenceException;
import io.presence.PresenceId;
import io.presence.PresencePatch;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Role;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The limits for each user: presences, ids, lifetimes and rates of writes. */
class UserLimitsTest {

    private static final String TWO = "living presences of a user must be at most maxPresencesPerUser: 2";

    private @Nullable TestStore test;

    @AfterEach
    void close() {
        if (test != null) {
            test.close();
        }
    }

    private TestStore open(UnaryOperator<PresenceStoreBuilder> options) {
        test = TestStore.create(options);
        return test;
    }

    private static PresenceUpsert seconds(String id, long seconds) {
        return PresenceUpsert.of(id, "online").expiresIn(Duration.ofSeconds(seconds));
    }

    private static PresenceException refusal(ThrowingCallable call) {
        PresenceException refused = catchThrowableOfType(PresenceException.class, call);
        assertThat(refused).isNotNull();
        return refused;
    }

    @Test
    void upsert_byUserWhoSquatsIdsAndClaims_leavesOthersTheirs() {
        TestStore squatted = open(
                builder -> builder.maxPresences(100).maxPresencesPerUser(10).scopeIdsByUser());
        Presences ada = squatted.user("ada");
        Presences bob = squatted.user("bob");
        assertRefused(DENIED, () -> bob.upsert(PresenceUpsert.of("ada-laptop", "ha")));
        assertRefused(DENIED, () -> bob.upsert(PresenceUpsert.of(PresenceId.of("ada", "laptop"), "ha")));
        int written = 0;
        for (int i = 0; i < 99; i++) {
            written += isWritten(bob, PresenceId.of("bob", "b" + i)) ? 1 : 0;
        }
        assertThat(written).isEqualTo(10);
        assertThat(ada.upsert(PresenceUpsert.of(PresenceId.of("ada", "laptop"), "online"))
                        .presence()
                        .id())
                .isEqualTo("ada~laptop");
        assertThat(ada.upsert(PresenceUpsert.of(PresenceId.of("ada", "mine"), "online"))
                        .presence()
                        .userId())
                .isEqualTo("ada");
    }

    private static boolean isWritten(Presences user, String id) {
        try {
            user.upsert(PresenceUpsert.of(id, "x"));
            return true;
        } catch (PresenceException refused) {
            assertThat(refused.code()).isEqualTo(LIMIT_EXCEEDED);
            return false;
        }
    }

    @Test
    void upsert_beyondMaxPresencesPerUser_namesLimitAndWhenToRetry() {
        TestStore store = open(builder -> builder.maxPresencesPerUser(2));
        Presences ada = store.user("ada");
        ada.upsert(seconds("a", 30));
        ada.upsert(seconds("b", 20));
        store.clock().advance(Duration.ofSeconds(5));
        PresenceException refused = refusal(() -> ada.upsert(seconds("c", 30)));
        assertThat(refused.code()).isEqualTo(LIMIT_EXCEEDED);
        assertThat(refused).hasMessage(TWO + " (retry after PT15S)");
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(15));
        assertThat(store.store().get("c")).isNull();
        /* At that very moment, undispatched. */
        store.clock().advance(Duration.ofSeconds(15));
        assertThat(ada.upsert(seconds("c", 30)).presence().id()).isEqualTo("c");
        assertRefused(LIMIT_EXCEEDED, () -> ada.upsert(seconds("d", 30)));
        store.drain();
        assertThat(store.store().count()).isEqualTo(2);
        assertRefused(LIMIT_EXCEEDED, () -> ada.upsert(seconds("d", 30)));
    }

    @Test
    void anyWrite_ofUserAtItsLimit_changesExistingPresences() {
        TestStore store = open(builder -> builder.maxPresencesPerUser(2));
        Presences ada = store.user("ada");
        ada.upsert(seconds("a", 30));
        ada.upsert(seconds("b", 30));
        assertThat(ada.upsert(PresenceUpsert.of("a", "away")).presence().status())
                .isEqualTo("away");
        assertThat(ada.update("b", PresencePatch.none().status("busy"))
                        .presence()
                        .status())
                .isEqualTo("busy");
        assertThat(ada.touch("a")).isTrue();
        assertThat(store.user("bob").upsert(seconds("c", 30)).presence().userId())
                .isEqualTo("bob");
    }

    @Test
    void delete_dispatchedOrNot_releasesTheClaim() {
        TestStore store = open(builder -> builder.maxPresencesPerUser(2));
        Presences ada = store.user("ada");
        for (int round = 0; round < 10; round++) {
            ada.upsert(seconds("a" + round, 30));
            ada.upsert(seconds("b" + round, 30));
            assertRefused(LIMIT_EXCEEDED, () -> ada.upsert(seconds("c", 30)));
            if (round % 2 == 0) {
                store.drain();
            }
            assertThat(ada.delete("a" + round)).isTrue();
            assertThat(store.store().delete("b" + round)).isTrue();
        }
    }

    @Test
    void upsert_onExpiredPresenceOfAnother_movesTheClaim() {
        TestStore store = open(builder -> builder.maxPresencesPerUser(1));
        Presences ada = store.user("ada");
        Presences bob = store.user("bob");
        ada.upsert(seconds("p", 10));
        store.drain();
        store.clock().advance(Duration.ofSeconds(10));
        bob.upsert(seconds("p", 10));
        assertRefused(LIMIT_EXCEEDED, () -> bob.upsert(seconds("q", 10)));
        ada.upsert(seconds("r", 10));
        assertRefused(LIMIT_EXCEEDED, () -> ada.upsert(seconds("s", 10)));
        store.clock().advance(Duration.ofSeconds(10));
        store.drain();
        ada.upsert(seconds("p", 10));
        bob.upsert(seconds("r", 10));
        assertThat(store.store().count()).isEqualTo(2);
    }

    @Test
    void upsert_onExpiredPresenceByUserAtItsLimit_isRefusedAndStaysExpired() {
        TestStore store = open(builder -> builder.maxPresencesPerUser(1));
        Presences bob = store.user("bob");
        store.user("ada").upsert(seconds("p", 10));
        bob.upsert(seconds("q", 60));
        store.drain();
        store.clock().advance(Duration.ofSeconds(10));
        assertRefused(LIMIT_EXCEEDED, () -> bob.upsert(seconds("p", 10)));
        assertThat(store.store().get("p")).isNull();
        store.drain();
        assertThat(store.store().stats().presences()).isEqualTo(1);
        store.user("ada").upsert(seconds("p", 10));
    }

    @Test
    void upsert_byTrustedCode_countsAndIsNotRefused() {
        TestStore store = open(builder -> builder.maxPresencesPerUser(2));
        for (int i = 0; i < 5; i++) {
            store.store().upsert(PresenceUpsert.of("t" + i, "ada", "online"));
        }
        Presences ada = store.user("ada");
        assertRefused(LIMIT_EXCEEDED, () -> ada.upsert(seconds("a", 30)));
        assertThat(ada.upsert(PresenceUpsert.of("t0", "away")).presence().status())
                .isEqualTo("away");
        for (int i = 0; i < 4; i++) {
            assertThat(store.store().delete("t" + i)).isTrue();
        }
        assertThat(ada.upsert(seconds("a", 30)).presence().id()).isEqualTo("a");
    }

    /** Found by {@code UserLimitsModelTest}: the place of the dead one was kept beside those of trusted code. */
    @Test
    void upsert_onOwnExpiredPresenceBeyondTheLimit_isRefused() {
        TestStore store = open(builder -> builder.maxPresencesPerUser(1));
        Presences ada = store.user("ada");
        ada.upsert(seconds("p", 10));
        store.store().upsert(PresenceUpsert.of("t", "ada", "online"));
        store.drain();
        store.clock().advance(Duration.ofSeconds(10));
        assertRefused(LIMIT_EXCEEDED, () -> ada.upsert(seconds("p", 10)));
        store.store().delete("t");
        assertThat(ada.upsert(seconds("p", 10)).presence().id()).isEqualTo("p");
    }

    @Test
    void upsert_refusedByFullStore_leavesTheUserItsClaim() {
        TestStore store = open(builder -> builder.maxPresences(1).maxPresencesPerUser(1));
        store.user("bob").upsert(seconds("b", 30));
        for (int i = 0; i < 3; i++) {
            assertRefused(STORE_FULL, () -> store.user("ada").upsert(seconds("a", 30)));
        }
        store.user("bob").delete("b");
        assertThat(store.user("ada").upsert(seconds("a", 30)).presence().userId())
                .isEqualTo("ada");
    }

    @Test
    void upsert_onExpiredPresenceInFullStore_leavesTheUserItsClaim() {
        TestStore store = open(builder -> builder.maxPresences(1).maxPresencesPerUser(1));
        store.store().upsert(PresenceUpsert.of("p", "bob", "online"));
        store.drain();
        store.store().delete("p");
        store.store().upsert(PresenceUpsert.of("q", "bob", "online"));
        assertRefused(STORE_FULL, () -> store.user("ada").upsert(seconds("p", 30)));
        store.store().delete("q");
        assertThat(store.user("ada").upsert(seconds("p", 30)).presence().userId())
                .isEqualTo("ada");
    }

    @Test
    void upsert_shorterThanMinTtl_isRefusedToPrincipalsAlone() {
        TestStore store = open(builder -> builder.minTtl(Duration.ofSeconds(5)).maxTtl(Duration.ofMinutes(1)));
        Presences ada = store.user("ada");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ada.upsert(seconds("a", 4)))
                .withMessage("expiresIn must be at least minTtl, PT5S: PT4S");
        ada.upsert(seconds("a", 5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ada.update("a", PresencePatch.none().expiresIn(Duration.ofMillis(1))))
                .withMessage("expiresIn must be at least minTtl, PT5S: PT0.001S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ada.touch("a", Duration.ofSeconds(1)))
                .withMessage("ttl must be at least minTtl, PT5S: PT1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ada.upsert(PresenceUpsert.of("a", "online")
                        .expiresAt(store.clock().instant().plusSeconds(4))))
                .withMessage("expiresAt must be at least minTtl, PT5S, from now, 2026-01-01T00:00:05Z:"
                        + " 2026-01-01T00:00:04Z");
        ada.upsert(PresenceUpsert.of("a", "online")
                .expiresAt(store.clock().instant().plusSeconds(5)));
        assertThat(ada.touch("a", Duration.ofSeconds(5))).isTrue();
        store.store().upsert(PresenceUpsert.of("b", "ada", "online").expiresIn(Duration.ofNanos(1)));
    }

    @Test
    void defaultTtl_ofStoreWithMinTtl_isAtLeastThat() {
        TestStore store = open(builder -> builder.minTtl(Duration.ofHours(1)));
        assertThat(store.user("ada")
                        .upsert(PresenceUpsert.of("a", "online"))
                        .presence()
                        .expiresAt())
                .isEqualTo(store.clock().instant().plus(Duration.ofHours(1)));
    }

    @Test
    @Promise("user-write-rate")
    void write_beyondMaxWritesPerSecond_isRefusedUntilTheNamedTime() {
        TestStore store = open(builder -> builder.maxWritesPerSecondPerUser(4));
        Presences ada = store.user("ada");
        for (int i = 0; i < 3; i++) {
            ada.upsert(PresenceUpsert.of("a", "online " + i));
        }
        ada.update("a", PresencePatch.none().status("away"));
        PresenceException refused = refusal(() -> ada.upsert(PresenceUpsert.of("a", "last")));
        assertThat(refused.code()).isEqualTo(LIMIT_EXCEEDED);
        assertThat(refused)
                .hasMessage("writes of a user in a second must be at most maxWritesPerSecondPerUser: 4"
                        + " (retry after PT0.25S)");
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofMillis(250));
        assertRefused(LIMIT_EXCEEDED, () -> ada.update("a", PresencePatch.none().status("last")));
        assertThat(store.store().get("a").status()).isEqualTo("away");
        /* Neither heartbeats, nor deletes, nor other users, nor trusted code. */
        assertThat(ada.touch("a")).isTrue();
        store.user("bob").upsert(PresenceUpsert.of("b", "online"));
        store.store().upsert(PresenceUpsert.of("t", "ada", "online"));
        store.clock().advance(Duration.ofMillis(250).minusNanos(1));
        assertRefused(LIMIT_EXCEEDED, () -> ada.upsert(PresenceUpsert.of("a", "last")));
        store.clock().advance(Duration.ofNanos(1));
        assertThat(ada.upsert(PresenceUpsert.of("a", "last")).presence().status())
                .isEqualTo("last");
        assertRefused(LIMIT_EXCEEDED, () -> ada.upsert(PresenceUpsert.of("a", "later")));
        assertThat(ada.delete("a")).isTrue();
    }

    @Test
    void update_ofAnotherUsersPresence_countsForTheWriter() {
        TestStore store = open(builder -> builder.maxWritesPerSecondPerUser(1));
        Presences bob = store.user("bob");
        store.user("ada")
                .upsert(PresenceUpsert.of("a", "online")
                        .permissions(Permission.read(Role.users()), Permission.update(Role.users())));
        bob.update("a", PresencePatch.none().status("moved"));
        assertRefused(LIMIT_EXCEEDED, () -> bob.update("a", PresencePatch.none().status("again")));
    }

    @Test
    @Promise("user-ids")
    void upsert_outsideOfOwnIds_isRefused() {
        TestStore store = open(PresenceStoreBuilder::scopeIdsByUser);
        Presences ada = store.user("ada");
        assertThat(assertRefused(DENIED, () -> ada.upsert(PresenceUpsert.of("laptop", "online"))))
                .isEqualTo("presenceId must be one that PresenceId.of returns for userId ada: laptop");
        for (String other : new String[] {"ad~a", "ada", "ada~", "adam~x", "Ada~x", "~x", "ada%7E~x", "a~ada~x"}) {
            assertRefused(DENIED, () -> ada.upsert(PresenceUpsert.of(other, "online")));
        }
        for (String own : new String[] {"ada~x", "ada~~", "ada~bob~x", "ada~*"}) {
            assertThat(ada.upsert(PresenceUpsert.of(own, "online")).presence().id())
                    .isEqualTo(own);
        }
    }

    @Test
    void trustedUpsert_ofScopedId_mustBeForItsUser() {
        TestStore store = open(PresenceStoreBuilder::scopeIdsByUser);
        store.store().upsert(PresenceUpsert.of("room", "ada", "online"));
        store.store().upsert(PresenceUpsert.of("ada~x", "ada", "online"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.store().upsert(PresenceUpsert.of("ada~y", "bob", "online")))
                .withMessage("presenceId must have no ~, or be one that PresenceId.of returns for userId bob: ada~y");
    }

    @Test
    void updateAndDelete_ofGrantedPresenceWithScopedIds_arePermitted() {
        TestStore store = open(PresenceStoreBuilder::scopeIdsByUser);
        store.user("ada")
                .upsert(PresenceUpsert.of("ada~x", "online")
                        .permissions(
                                Permission.read(Role.users()),
                                Permission.update(Role.users()),
                                Permission.delete(Role.users())));
        Presences bob = store.user("bob");
        assertThat(bob.update("ada~x", PresencePatch.none().status("moved"))
                        .presence()
                        .status())
                .isEqualTo("moved");
        assertThat(bob.touch("ada~x")).isTrue();
        assertThat(bob.delete("ada~x")).isTrue();
    }
}
