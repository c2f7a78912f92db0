package io.presence.internal.lock;

import static io.presence.internal.lock.LockParts.DOC;
import static io.presence.internal.lock.LockParts.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Presence;
import io.presence.PresenceException.Code;
import io.presence.internal.lock.LockParts.Caller;
import io.presence.lock.SoftLock;
import org.junit.jupiter.api.Test;

/** Grants of a lock whose presence has changed since it was read. */
class GrantsTest {

    private final LockParts parts = new LockParts();
    private final Grants grants = parts.grants(2);
    private final Caller ada = parts.open("ada");

    @Test
    void steal_ofAnEndedLock_isNull() {
        SoftLock lock = parts.open("eve").lock(DOC);
        Presence seen = parts.held();
        lock.release();

        assertThat(grants.steal(ada.request(), seen)).isNull();
        assertThat(grants.held(LockParts.ID)).isNull();
    }

    @Test
    void steal_ofALockThatWasGrantedAgain_isNull() {
        SoftLock lock = parts.open("eve").lock(DOC);
        Presence seen = parts.held();
        lock.release();
        SoftLock later = parts.open("bob").lock(DOC);

        assertThat(grants.steal(ada.request(), seen)).isNull();
        assertThat(later.isHeld()).isTrue();
    }

    @Test
    void steal_byAClosedSession_changesNothing() {
        SoftLock lock = parts.open("eve").lock(DOC);
        ada.session().close(0);

        assertThat(refusal(() -> grants.steal(ada.request(), parts.held()))).isEqualTo(Code.SESSION_CLOSED);
        assertThat(lock.isHeld()).isTrue();
    }

    @Test
    void steal_inAClosedStore_isRefused() {
        parts.open("eve").lock(DOC);
        Presence seen = parts.held();
        parts.locks.close();

        assertThat(refusal(() -> grants.steal(ada.request(), seen))).isEqualTo(Code.STORE_CLOSED);
    }

    @Test
    void steal_atTheLimit_changesNothing() {
        SoftLock lock = parts.open("eve").lock(DOC);
        ada.lock("one");
        assertThat(parts.grants(2).steal(ada.request(), parts.held())).isNotNull();
        assertThat(lock.isHeld()).isFalse();
        SoftLock third = parts.open("eve").lock("three");

        assertThat(refusal(() -> grants.steal(ada.request(), parts.trusted.get("~lock:three"))))
                .isEqualTo(Code.LIMIT_EXCEEDED);
        assertThat(third.isHeld()).isTrue();
    }

    @Test
    void resume_ofALockThatWasGrantedAgain_isNull() {
        SoftLock lock = ada.lock(DOC);
        Presence seen = parts.held();
        lock.release();
        SoftLock later = parts.open("ada").lock(DOC);

        assertThat(grants.resume(ada.request(), seen)).isNull();
        assertThat(later.isHeld()).isTrue();
    }

    @Test
    void resume_inAClosedStore_isRefused() {
        ada.lock(DOC);
        Presence seen = parts.held();
        parts.locks.close();

        assertThat(refusal(() -> grants.resume(ada.request(), seen))).isEqualTo(Code.STORE_CLOSED);
    }

    @Test
    void heldUntil_ofAFreeLock_isInThePast() {
        assertThat(grants.heldUntil(LockParts.ID)).isNegative();
        ada.lock(DOC);

        assertThat(grants.heldUntil(LockParts.ID)).isEqualTo(parts.clocks.now() + LockParts.TTL.toNanos());
    }
}
