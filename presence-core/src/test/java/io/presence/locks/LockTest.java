package io.presence.locks;

import static io.presence.locks.LockStore.DOC;
import static io.presence.locks.LockStore.TTL;
import static io.presence.locks.LockStore.lock;
import static io.presence.locks.LockStore.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresenceException.Code;
import io.presence.Principal;
import io.presence.Role;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.lock.SoftLock;
import io.presence.query.Query;
import io.presence.session.PresenceSession;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A lock from its grant to its end. */
class LockTest {

    @Test
    void tryLock_ofFreeResource_isSeenByOthers() {
        try (LockStore locks = LockStore.create()) {
            SoftLock lock =
                    locks.open("ada").tryLock(DOC, Permission.read(Role.any())).orElseThrow();

            assertThat(lock.isHeld()).isTrue();
            assertThat(lock.resource()).isEqualTo(DOC);
            assertThat(lock.since()).isEqualTo(locks.test.clock().instant());
            Presence seen = locks.test.user("bob").locks().get(DOC);
            assertThat(seen).isNotNull();
            assertThat(seen.id()).isEqualTo("~lock:doc:42");
            assertThat(seen.userId()).isEqualTo("ada");
            assertThat(seen.metadata())
                    .containsEntry("resource", DOC)
                    .containsEntry("token", Long.toString(lock.token()))
                    .containsEntry("since", lock.since().toString())
                    .hasSize(3);
            assertThat(locks.events()).containsExactly("ENTER ada");
        }
    }

    @Test
    @DisplayName("two tabs and one lock")
    @Promise("lock-one-holder")
    void tryLock_byTwoTabsOfOneUser_isGrantedToOne() {
        try (LockStore locks = LockStore.create()) {
            PresenceSession one = locks.open("ada");
            PresenceSession other = locks.open("ada");
            SoftLock lock = lock(one);

            assertThat(other.tryLock(DOC)).isEmpty();
            assertThat(one.tryLock(DOC)).isEmpty();
            assertThat(locks.open("bob").tryLock(DOC)).isEmpty();
            assertThat(lock.isHeld()).isTrue();

            one.close();
            assertThat(lock.isHeld()).isFalse();
            SoftLock next = lock(other);
            assertThat(next.token()).isGreaterThan(lock.token());
            assertThat(lock.release()).isFalse();
            assertThat(next.isHeld()).isTrue();
            assertThat(locks.events()).containsExactly("ENTER ada");
        }
    }

    @Test
    @DisplayName("lock holder pauses past its lease and comes back (stale token refused)")
    @Promise("lock-fencing")
    void holder_thatPausesPastItsLease_isRefused() {
        try (LockStore locks = LockStore.create()) {
            PresenceSession ada = locks.open("ada");
            SoftLock stale = lock(ada);
            locks.pass(TTL);
            SoftLock fresh = lock(locks.open("bob"));

            assertThat(fresh.token()).isGreaterThan(stale.token());
            assertThat(locks.store.locks().validate(DOC, stale.token())).isFalse();
            assertThat(locks.store.locks().validate(DOC, fresh.token())).isTrue();
            assertThat(stale.isHeld()).isFalse();
            assertThat(stale.renew()).isFalse();
            assertThat(stale.release()).isFalse();
            stale.close();
            ada.touch();
            ada.close();
            assertThat(fresh.isHeld()).isTrue();
            assertThat(locks.events()).containsExactly("ENTER ada", "EXIT ada EXPIRED", "ENTER bob");
        }
    }

    @Test
    @Promise("lock-fencing")
    void staleLock_ofSessionThatLockedAgain_changesNothing() {
        try (LockStore locks = LockStore.create()) {
            PresenceSession ada = locks.open("ada");
            SoftLock stale = lock(ada);
            locks.pass(TTL);
            SoftLock fresh = lock(ada);
            locks.pass(TTL.minusNanos(1));

            assertThat(stale.isHeld()).isFalse();
            assertThat(stale.renew()).isFalse();
            assertThat(stale.release()).isFalse();
            assertThat(fresh.isHeld()).isTrue();
            locks.pass(Duration.ofNanos(1));
            assertThat(fresh.isHeld()).isFalse();
        }
    }

    @Test
    void touch_ofSessionOrLock_renewsTheLease() {
        try (LockStore locks = LockStore.create()) {
            PresenceSession ada = locks.open("ada");
            SoftLock lock = lock(ada);
            locks.pass(TTL.minusNanos(1));
            assertThat(ada.touch()).isZero();
            locks.pass(TTL.minusNanos(1));
            assertThat(lock.renew()).isTrue();
            locks.pass(TTL.minusNanos(1));
            assertThat(lock.isHeld()).isTrue();
            locks.pass(Duration.ofNanos(1));
            assertThat(lock.isHeld()).isFalse();
            locks.pass(Duration.ofMillis(1));
            assertThat(locks.events()).containsExactly("ENTER ada", "EXIT ada EXPIRED");
        }
    }

    @Test
    void release_once_freesTheLock() {
        try (LockStore locks = LockStore.create()) {
            SoftLock lock = lock(locks.open("ada"));
            locks.test.drain();
            assertThat(lock.release()).isTrue();
            assertThat(lock.release()).isFalse();
            assertThat(locks.store.locks().get(DOC)).isNull();
            assertThat(locks.store.locks().validate(DOC, lock.token())).isFalse();
            assertThat(locks.events()).containsExactly("ENTER ada", "EXIT ada DELETED");
        }
    }

    @Test
    void close_ofSession_endsItsLocks() {
        try (LockStore locks = LockStore.create()) {
            PresenceSession ada = locks.open("ada");
            ada.tryLock("one").orElseThrow();
            ada.tryLock("two").orElseThrow();
            locks.test.drain();
            ada.close();
            assertThat(locks.store.locks().count()).isZero();
            assertThat(locks.events())
                    .containsExactly("ENTER ada", "ENTER ada", "EXIT ada DISCONNECTED", "EXIT ada DISCONNECTED");
            refused(Code.SESSION_CLOSED, () -> ada.tryLock("one"));
            refused(Code.SESSION_CLOSED, () -> ada.lock("one", TTL));
        }
    }

    @Test
    @Promise("lock-grace")
    void grace_ofClosedSession_keepsTheLockForItsUser() {
        try (LockStore locks = LockStore.create()) {
            PresenceSession ada = locks.open("ada");
            SoftLock lock = lock(ada);
            locks.pass(Duration.ofSeconds(1));
            ada.close(Duration.ofSeconds(5));

            assertThat(lock.isHeld()).isFalse();
            assertThat(locks.store.locks().validate(DOC, lock.token())).isTrue();
            assertThat(locks.open("bob").tryLock(DOC)).isEmpty();
            locks.pass(Duration.ofSeconds(5).minusNanos(1));
            SoftLock resumed = lock(locks.open("ada"));
            assertThat(resumed.since()).isEqualTo(lock.since());
            assertThat(resumed.token()).isGreaterThan(lock.token());
            assertThat(locks.store.locks().validate(DOC, lock.token())).isFalse();
            locks.pass(TTL.minusNanos(1));
            assertThat(resumed.isHeld()).isTrue();
            assertThat(locks.events()).containsExactly("ENTER ada", "UPDATE ada");
        }
    }

    @Test
    @Promise("lock-grace")
    void grace_thatIsOver_freesTheLock() {
        try (LockStore locks = LockStore.create()) {
            PresenceSession ada = locks.open("ada");
            lock(ada);
            locks.test.drain();
            ada.close(Duration.ofSeconds(5));
            locks.pass(Duration.ofSeconds(5));
            assertThat(locks.open("bob").tryLock(DOC)).isPresent();
            assertThat(locks.events()).containsExactly("ENTER ada", "EXIT ada DISCONNECTED", "ENTER bob");
        }
    }

    @Test
    void drain_ofStore_endsLocks() {
        try (LockStore locks = LockStore.create()) {
            SoftLock lock = lock(locks.open("ada"));
            locks.test.drain();
            locks.store.drain(Duration.ZERO);
            locks.test.drain();
            assertThat(lock.isHeld()).isFalse();
            assertThat(locks.events()).containsExactly("ENTER ada", "EXIT ada SHUTDOWN");
        }
    }

    @Test
    void close_ofStore_refusesLocks() {
        LockStore locks = LockStore.create();
        PresenceSession ada = locks.open("ada");
        SoftLock lock = lock(ada);
        locks.close();
        assertThat(lock.isHeld()).isFalse();
        assertThat(lock.release()).isFalse();
        refused(Code.STORE_CLOSED, () -> ada.tryLock("other"));
        refused(Code.STORE_CLOSED, () -> ada.lock("other", TTL));
        ada.close();
    }

    @Test
    void switchPrincipal_toAnotherUser_endsTheLocks() {
        try (LockStore locks = LockStore.create()) {
            PresenceSession session = locks.open("ada");
            SoftLock lock = lock(session);
            session.switchPrincipal(Principal.user("ada").label("vip").build());
            assertThat(lock.isHeld()).isTrue();
            session.switchPrincipal(Principal.user("bob").build());
            assertThat(lock.isHeld()).isFalse();
            assertThat(lock(session).isHeld()).isTrue();
            assertThat(locks.events()).containsExactly("ENTER bob");
        }
    }

    @Test
    void locks_ofPrincipal_areThoseThatItCanRead() {
        try (LockStore locks = LockStore.create()) {
            PresenceSession ada = locks.open("ada");
            SoftLock hidden = ada.tryLock("hidden").orElseThrow();
            SoftLock shown = ada.tryLock("shown", Permission.read(Role.users())).orElseThrow();
            var bob = locks.test.user("bob").locks();

            assertThat(bob.get("hidden")).isNull();
            assertThat(bob.get("shown")).isNotNull();
            assertThat(bob.validate("hidden", hidden.token())).isFalse();
            assertThat(bob.validate("shown", shown.token())).isTrue();
            assertThat(bob.count()).isEqualTo(1);
            assertThat(bob.list(Query.equal("metadata.resource", "hidden", "shown"))
                            .presences())
                    .hasSize(1);
            assertThat(locks.test.user("ada").locks().count()).isEqualTo(2);
        }
    }

    @Test
    void subscribeLocks_ofSession_deliversUntilItIsClosed() {
        try (LockStore locks = LockStore.create()) {
            PresenceSession ada = locks.open("ada");
            PresenceSession bob = locks.open("bob");
            Recorder seen = Recorder.chained();
            var subscription = bob.subscribeLocks(
                    SubscriptionOptions.defaults().withSnapshot(), seen, Query.equal("metadata.resource", DOC));
            ada.tryLock("other", Permission.read(Role.any())).orElseThrow();
            SoftLock lock = ada.tryLock(DOC, Permission.read(Role.any())).orElseThrow();
            locks.test.drain();
            assertThat(seen.assembled()).containsOnlyKeys("~lock:doc:42");
            lock.close();
            locks.test.drain();
            assertThat(seen.assembled()).isEmpty();
            bob.close();
            assertThat(subscription.closeFuture().toCompletableFuture()).isCompleted();
        }
    }

    @Test
    void locks_ofStoreWithoutPolicy_areRefused() {
        try (TestStore test = TestStore.create()) {
            PresenceSession ada = test.store().open(Principal.user("ada").build());
            refused(Code.DENIED, () -> ada.tryLock(DOC));
            refused(Code.DENIED, () -> ada.lock(DOC, TTL));
            refused(Code.DENIED, () -> ada.stealLock(DOC));
            assertThatThrownBy(() -> test.store().locks())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("lockPolicy must be set for locks");
            assertThatThrownBy(() -> ada.subscribeLocks(SubscriptionOptions.defaults(), event -> {}))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
