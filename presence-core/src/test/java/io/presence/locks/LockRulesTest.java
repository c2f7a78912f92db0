package io.presence.locks;

import static io.presence.locks.LockStore.DOC;
import static io.presence.locks.LockStore.TTL;
import static io.presence.locks.LockStore.lock;
import static io.presence.locks.LockStore.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Permission;
import io.presence.PresenceException;
import io.presence.PresenceException.Code;
import io.presence.Principal;
import io.presence.Role;
import io.presence.Scope;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import io.presence.lock.SoftLock;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The rules of the host for locks: who may lock and steal, how many, and the source of tokens. */
class LockRulesTest {

    @Test
    void policy_thatRefuses_deniesTheLock() {
        List<String> asked = new ArrayList<>();
        try (TestStore test = TestStore.create(builder -> builder.lockPolicy((principal, resource) -> {
            asked.add(principal.userId() + " " + resource);
            return resource.startsWith("doc:");
        }))) {
            PresenceSession ada = test.store().open(Principal.user("ada").build());
            PresenceException refusal = refused(Code.DENIED, () -> ada.tryLock("admin"));
            assertThat(refusal).hasMessage("resource must be one that the lockPolicy lets the principal lock: admin");
            assertThat(ada.tryLock(DOC)).isPresent();
            assertThat(asked).containsExactly("ada admin", "ada doc:42");
            assertThat(test.store().health().failures()).isEmpty();
        }
    }

    @Test
    @Promise("lock-rules")
    void policy_thatThrows_refusesAndIsCounted() {
        try (TestStore test = TestStore.create(builder -> builder.lockPolicy((principal, resource) -> {
            throw new IllegalStateException("no database");
        }))) {
            PresenceSession ada = test.store().open(Principal.user("ada").build());
            refused(Code.DENIED, () -> ada.tryLock(DOC));
            refused(Code.DENIED, () -> ada.lock(DOC, TTL));
            refused(Code.DENIED, () -> ada.stealLock(DOC));
            assertThat(test.store().health().failures()).containsEntry("LOCK_RULE", 3L);
            assertThat(test.store().health().lastFailure().orElseThrow()).hasMessage("no database");
        }
    }

    @Test
    void lock_byThoseWhoMayNotWrite_isRefused() {
        try (LockStore locks = LockStore.create()) {
            PresenceSession reader = locks.store.open(
                    Principal.user("ada").scopes(Scope.PRESENCES_READ).build());
            refused(Code.SCOPE_MISSING, () -> reader.tryLock(DOC));
            PresenceSession guest = locks.store.open(Principal.guest().build());
            refused(Code.SCOPE_MISSING, () -> guest.lock(DOC, TTL));
            PresenceSession ada = locks.open("ada");
            refused(Code.DENIED, () -> ada.tryLock(DOC, Permission.read(Role.team("x"))));
            assertThat(locks.store.locks().count()).isZero();
        }
    }

    @Test
    @Promise("lock-limit")
    void maxLocksPerUser_reached_refusesInTheForm() {
        try (LockStore locks = LockStore.create(builder -> builder.maxLocksPerUser(2))) {
            PresenceSession one = locks.open("ada");
            one.tryLock("a").orElseThrow();
            locks.pass(Duration.ofSeconds(4));
            SoftLock second = locks.open("ada").tryLock("b").orElseThrow();

            PresenceException refusal = refused(Code.LIMIT_EXCEEDED, () -> one.tryLock("c"));
            assertThat(refusal).hasMessage("locks of a user must be at most maxLocksPerUser: 2 (retry after PT6S)");
            assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(6));
            assertThat(locks.open("bob").tryLock("c")).isPresent();
            second.close();
            assertThat(one.tryLock("d")).isPresent();
            locks.test.clock().advance(Duration.ofSeconds(6));
            assertThat(one.tryLock("e")).isPresent();
        }
    }

    @Test
    void stealLock_withoutRule_isEmpty() {
        try (LockStore locks = LockStore.create()) {
            SoftLock lock = lock(locks.open("ada"));
            assertThat(locks.open("bob").stealLock(DOC)).isEmpty();
            assertThat(lock.isHeld()).isTrue();
            lock.close();
            assertThat(locks.open("bob").stealLock(DOC)).isPresent();
        }
    }

    @Test
    @Promise("lock-fencing")
    void stealLock_byRule_fencesTheHolder() {
        try (LockStore locks =
                LockStore.create(builder -> builder.stealRule((thief, held) -> thief.holds(Role.label("admin"))))) {
            PresenceSession ada = locks.open("ada");
            PresenceSession admin =
                    locks.store.open(Principal.user("root").label("admin").build());
            PresenceSession tab =
                    locks.store.open(Principal.user("root").label("admin").build());
            SoftLock lock = lock(ada);
            locks.test.drain();
            assertThat(locks.open("bob").stealLock(DOC)).isEmpty();

            SoftLock stolen = admin.stealLock(DOC).orElseThrow();
            assertThat(stolen.token()).isGreaterThan(lock.token());
            assertThat(lock.isHeld()).isFalse();
            assertThat(lock.renew()).isFalse();
            assertThat(lock.release()).isFalse();
            assertThat(locks.store.locks().validate(DOC, lock.token())).isFalse();
            assertThat(locks.events()).containsExactly("ENTER ada", "EXIT ada DELETED", "ENTER root");

            SoftLock again = tab.stealLock(DOC).orElseThrow();
            assertThat(stolen.isHeld()).isFalse();
            assertThat(stolen.release()).isFalse();
            assertThat(again.isHeld()).isTrue();
            assertThat(locks.events()).containsExactly("UPDATE root");
            admin.close();
            ada.close();
            assertThat(again.isHeld()).isTrue();
        }
    }

    @Test
    @Promise("lock-limit")
    void stealLock_beyondTheLimit_changesNothing() {
        try (LockStore locks =
                LockStore.create(builder -> builder.maxLocksPerUser(1).stealRule((thief, held) -> true))) {
            SoftLock lock = lock(locks.open("ada"));
            PresenceSession bob = locks.open("bob");
            SoftLock other = bob.tryLock("other").orElseThrow();
            refused(Code.LIMIT_EXCEEDED, () -> bob.stealLock(DOC));
            assertThat(lock.isHeld()).isTrue();
            other.close();
            assertThat(bob.stealLock(DOC)).isPresent();
        }
    }

    @Test
    void stealLock_whoseHolderChangesMeanwhile_isEmpty() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        try (LockStore locks = LockStore.create(builder -> builder.stealRule((thief, held) -> {
            meanwhile.get().run();
            return true;
        }))) {
            PresenceSession ada = locks.open("ada");
            SoftLock lock = lock(ada);
            PresenceSession bob = locks.open("bob");
            PresenceSession eve = locks.open("eve");
            meanwhile.set(() -> {
                lock.close();
                lock(eve);
            });
            assertThat(bob.stealLock(DOC)).isEmpty();
            assertThat(locks.store.locks().get(DOC).userId()).isEqualTo("eve");
        }
    }

    @Test
    @Promise("lock-rules")
    void stealRule_thatThrows_refusesAndIsCounted() {
        try (LockStore locks = LockStore.create(builder -> builder.stealRule((thief, held) -> {
            throw new IllegalStateException("no database");
        }))) {
            SoftLock lock = lock(locks.open("ada"));
            assertThat(locks.open("bob").stealLock(DOC)).isEmpty();
            assertThat(lock.isHeld()).isTrue();
            assertThat(locks.store.health().failures()).containsEntry("LOCK_RULE", 1L);
        }
    }

    @Test
    @Promise("lock-tokens")
    void token_byDefault_beginsAtTheStart() {
        try (LockStore locks = LockStore.create()) {
            long start = locks.test.clock().instant().toEpochMilli() << 20;
            PresenceSession ada = locks.open("ada");
            assertThat(ada.tryLock("a").orElseThrow().token()).isEqualTo(start);
            locks.pass(Duration.ofSeconds(1));
            assertThat(ada.tryLock("b").orElseThrow().token()).isEqualTo(start + 1);
        }
    }

    @Test
    @Promise("lock-tokens")
    void token_ofSourceThatGoesBack_growsOnly() {
        AtomicLong source = new AtomicLong(100);
        try (LockStore locks = LockStore.create(builder -> builder.lockTokens(source::get))) {
            PresenceSession ada = locks.open("ada");
            assertThat(ada.tryLock("a").orElseThrow().token()).isEqualTo(100);
            source.set(7);
            assertThat(ada.tryLock("b").orElseThrow().token()).isEqualTo(101);
            source.set(-5);
            assertThat(ada.tryLock("c").orElseThrow().token()).isEqualTo(102);
            source.set(1000);
            assertThat(ada.tryLock("d").orElseThrow().token()).isEqualTo(1000);
            source.set(Long.MAX_VALUE);
            assertThat(ada.tryLock("e").orElseThrow().token()).isEqualTo(Long.MAX_VALUE);
            assertThat(refused(Code.DENIED, () -> ada.tryLock("f")))
                    .hasMessage("lockTokens must supply a token: the last one was 9223372036854775807");
        }
    }

    @Test
    @Promise("lock-rules")
    void token_ofSourceThatThrows_isNotGranted() {
        try (LockStore locks = LockStore.create(builder -> builder.lockTokens(() -> {
            throw new IllegalStateException("no database");
        }))) {
            refused(Code.DENIED, () -> locks.open("ada").tryLock(DOC));
            assertThat(locks.store.locks().get(DOC)).isNull();
            assertThat(locks.store.health().failures()).containsEntry("LOCK_RULE", 1L);
        }
    }

    @Test
    void arguments_thatAreWrong_areNamed() {
        try (LockStore locks = LockStore.create()) {
            PresenceSession ada = locks.open("ada");
            assertThatThrownBy(() -> ada.tryLock("")).hasMessage("resource must be 1 to 122 characters: 0");
            assertThatThrownBy(() -> ada.tryLock("x".repeat(123)))
                    .hasMessage("resource must be 1 to 122 characters: 123");
            assertThat(ada.tryLock("x".repeat(122))).isPresent();
            assertThatThrownBy(() -> ada.tryLock("a b"))
                    .hasMessage("resource must be printable ASCII without space, \", / and \\ (see Ids.escape)");
            assertThatThrownBy(() -> ada.tryLock("a.upsert"))
                    .hasMessage("resource must not end in a dot and create, upsert, update or delete (see"
                            + " Ids.escape): a.upsert");
            assertThat(ada.tryLock("upsert")).isPresent();
            assertThatThrownBy(() -> ada.tryLock(DOC, Permission.update(Role.any())))
                    .hasMessage("readPermissions must be of type READ: update(\"any\")");
            assertThatThrownBy(() -> ada.lock(DOC, Duration.ZERO)).hasMessage("timeout must be positive: PT0S");
            assertThatThrownBy(() -> ada.lock(DOC, Duration.ofDays(31)))
                    .hasMessage("timeout must be at most PT720H: PT744H");
            assertThatThrownBy(() -> locks.store.locks().get("a/b")).isInstanceOf(IllegalArgumentException.class);
            assertThat(locks.store.locks().get(DOC)).isNull();
        }
    }
}
