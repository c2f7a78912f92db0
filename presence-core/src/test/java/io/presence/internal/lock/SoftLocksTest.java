package io.presence.internal.lock;

import static io.presence.internal.lock.LockParts.DOC;
import static io.presence.internal.lock.LockParts.ID;
import static io.presence.internal.lock.LockParts.LONG;
import static io.presence.internal.lock.LockParts.TTL;
import static io.presence.internal.lock.LockParts.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresenceException.Code;
import io.presence.PresenceStoreBuilder;
import io.presence.Principal;
import io.presence.Role;
import io.presence.internal.lock.LockParts.Caller;
import io.presence.internal.store.PrincipalAccess;
import io.presence.lock.SoftLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Requests that are refused before the lock is looked at, and locks that end while they are taken. */
class SoftLocksTest {

    private final LockParts parts = new LockParts();

    @Test
    void requireTimeout_atTheMaximum_isAccepted() {
        SoftLocks.requireTimeout(PresenceStoreBuilder.MAX_TTL);
        SoftLocks.requireTimeout(Duration.ofNanos(1));

        assertThatThrownBy(() -> SoftLocks.requireTimeout(PresenceStoreBuilder.MAX_TTL.plusNanos(1)))
                .hasMessage("timeout must be at most PT720H: PT720H0.000000001S");
        assertThatThrownBy(() -> SoftLocks.requireTimeout(Duration.ofNanos(-1)))
                .hasMessageStartingWith("timeout must be positive: ");
    }

    @Test
    void request_ofHeldLockInClosedStore_isRefused() {
        parts.open("eve").lock(DOC);
        Caller ada = parts.open("ada");
        parts.locks.close();

        assertThat(refusal(() -> ada.tryLock(DOC))).isEqualTo(Code.STORE_CLOSED);
        assertThat(refusal(() -> ada.steal(DOC))).isEqualTo(Code.STORE_CLOSED);
    }

    @Test
    void request_ofHeldLockByClosedSession_isRefused() {
        parts.open("eve").lock(DOC);
        Caller ada = parts.open("ada");
        ada.session().close(0);

        assertThat(refusal(() -> ada.tryLock(DOC))).isEqualTo(Code.SESSION_CLOSED);
        assertThat(refusal(() -> ada.steal(DOC))).isEqualTo(Code.SESSION_CLOSED);
    }

    @Test
    void request_ofHeldLockForARoleThatIsNotHeld_isRefused() {
        parts.open("eve").lock(DOC);
        Caller ada = parts.open("ada");
        Permission other = Permission.read(Role.team("other"));

        assertThat(refusal(() -> ada.session().tryLock(ada.principal(), DOC, other)))
                .isEqualTo(Code.DENIED);
    }

    @Test
    void switchAccess_ofOneUser_grantsByTheNewRoles() {
        Caller ada = parts.open("ada");
        SoftLock lock = ada.lock("other");
        Principal vip = Principal.user("ada").label("vip").build();
        Permission byLabel = Permission.read(Role.label("vip"));
        assertThat(refusal(() -> ada.session().tryLock(vip, DOC, byLabel))).isEqualTo(Code.DENIED);
        ada.session().switchAccess(new PrincipalAccess(vip), true);

        assertThat(ada.session().tryLock(vip, DOC, byLabel)).isNotNull();
        assertThat(lock.isHeld()).isTrue();
    }

    @Test
    void steal_ofLockThatEndsMeanwhile_isGranted() {
        SoftLock held = parts.open("eve").lock(DOC);
        parts.steal = (principal, lock) -> held.release();

        SoftLock stolen = parts.open("ada").steal(DOC);
        assertThat(stolen).isNotNull();
        assertThat(stolen.isHeld()).isTrue();
    }

    @Test
    void changedRemotely_ofALockThatHasEnded_servesItsQueue() {
        Caller eve = parts.open("eve");
        SoftLock held = eve.lock(DOC);
        Presence remote = parts.held();
        CompletableFuture<SoftLock> wait = parts.open("ada").await(DOC, LONG);
        eve.session().holds().delete(ID, remote.version());
        parts.wakeUps = 0;
        parts.locks.changedRemotely(remote, false);
        assertThat(parts.wakeUps).isZero();
        parts.locks.changedRemotely(remote, true);

        assertThat(parts.wakeUps).isEqualTo(1);
        assertThat(parts.advance()).isEqualTo(1);
        assertThat(wait.join().token()).isGreaterThan(held.token());
    }

    @Test
    void changedRemotely_withAToken_makesLaterTokensGreater() {
        LockParts other = new LockParts();
        other.clock.setWall(parts.clock.instant().plusSeconds(60));
        SoftLock remote = other.open("eve").lock(DOC);
        parts.locks.changedRemotely(other.held(), false);

        assertThat(parts.open("ada").lock("doc:1").token()).isEqualTo(remote.token() + 1);
    }

    @Test
    void idle_withoutAWait_hasNoEnd() {
        parts.open("eve").lock(DOC);
        parts.clock.advance(TTL);

        assertThat(parts.isIdleForever()).isTrue();
        assertThat(parts.advance()).isZero();
    }
}
