package io.presence.locks;

import static io.presence.locks.LockStore.lock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Channel;
import io.presence.PresenceException.Code;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.lock.Locks;
import io.presence.query.Query;
import io.presence.session.PresenceSession;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Locks and other presences do not meet: neither in what is read, nor in what is written. */
class LockSeparationTest {

    private static final String ID = Locks.ID_PREFIX + LockStore.DOC;
    private static final String RESERVED =
            "presenceId must not begin with ~lock:, which PresenceSession.tryLock uses: " + ID;

    @Test
    @Promise("lock-hidden")
    void locks_inEveryOtherView_areNotVisible() {
        try (LockStore locks = LockStore.create()) {
            Recorder all = locks.test.follow(locks.store);
            Recorder one = Recorder.chained();
            locks.store.subscribe(
                    Channel.presence(ID), SubscriptionOptions.defaults().withSnapshot(), one);
            var users = locks.store.users(SubscriptionOptions.defaults(), event -> {
                throw new AssertionError("no user must be seen: " + event);
            });
            var counts = locks.store.counts("metadata.resource");
            lock(locks.open("ada"));
            locks.test.drain();

            for (Presences view : List.of(locks.store, locks.test.user("ada"))) {
                assertThat(view.get(ID)).isNull();
                assertThat(view.count()).isZero();
                assertThat(view.list(Query.equal("$id", ID)).presences()).isEmpty();
                assertThat(view.list(Query.equal("userId", "ada")).presences()).isEmpty();
                assertThat(view.locks().count()).isEqualTo(1);
            }
            assertThat(all.events()).isEmpty();
            assertThat(one.events()).isEmpty();
            assertThat(users.of("ada")).isNull();
            assertThat(counts.of(LockStore.DOC).presences()).isZero();
            assertThat(locks.store.statusCounts()).isEmpty();
            assertThat(locks.store.stats().presences()).isZero();
        }
    }

    @Test
    @Promise("lock-hidden")
    void presences_inTheViewOfLocks_areNotVisible() {
        try (LockStore locks = LockStore.create()) {
            locks.store.upsert(PresenceUpsert.of("tab-1", "ada", "online"));
            locks.open("ada").upsert(PresenceUpsert.of("tab-2", "online"));
            assertThat(locks.events()).isEmpty();
            assertThat(locks.store.locks().count()).isZero();
        }
    }

    @Test
    @Promise("lock-reserved")
    void write_ofReservedId_isRefused() {
        try (LockStore locks = LockStore.create()) {
            var lock = lock(locks.open("ada"));
            PresenceSession session = locks.open("ada");
            PresenceUpsert byUser = PresenceUpsert.of(ID, "online");
            PresenceUpsert trusted = PresenceUpsert.of(ID, "ada", "online");

            assertThatThrownBy(() -> locks.store.upsert(trusted))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(RESERVED);
            assertThatThrownBy(() -> locks.test.user("ada").upsert(byUser)).hasMessage(RESERVED);
            assertThatThrownBy(() -> session.upsert(byUser)).hasMessage(RESERVED);
            assertThat(locks.store.upsertAll(List.of(trusted)).get(0).refusal()).hasMessage(RESERVED);
            LockStore.refused(
                    Code.NOT_FOUND,
                    () -> locks.store.update(ID, PresencePatch.none().status("away")));
            assertThat(locks.store.touch(ID)).isFalse();
            assertThat(locks.store.touchAll(List.of(ID))).isZero();
            assertThat(locks.store.delete(ID)).isFalse();
            assertThat(session.touch(ID)).isFalse();
            assertThat(session.delete(ID)).isFalse();
            assertThat(lock.isHeld()).isTrue();
        }
    }

    @Test
    @Promise("lock-reserved")
    void scopedIds_andLocks_areBothAccepted() {
        try (LockStore locks =
                LockStore.create(builder -> builder.scopeIdsByUser().maxPresencesPerUser(1))) {
            PresenceSession session = locks.open("ada");
            lock(session);
            session.upsert(PresenceUpsert.of("ada~tab", "online"));
            assertThat(session.tryLock("other")).isPresent();
            assertThatThrownBy(() -> session.upsert(PresenceUpsert.of(ID, "online")))
                    .hasMessageContaining("must be one that PresenceId.of returns");
            assertThatThrownBy(() -> locks.store.upsert(PresenceUpsert.of(ID, "ada", "online")))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @Promise("lock-hidden")
    void flushAndDelivered_withLocks_completeForBoth() {
        try (LockStore locks = LockStore.create()) {
            Recorder slow = Recorder.chained();
            locks.store.locks().subscribe(SubscriptionOptions.defaults(), slow);
            lock(locks.store.open(Principal.user("ada").build()));
            var flush = locks.store.flush().toCompletableFuture();
            var delivered = locks.store.delivered().toCompletableFuture();
            assertThat(flush).isNotDone();
            assertThat(delivered).isNotDone();
            locks.test.drain();
            assertThat(flush).isCompleted();
            assertThat(delivered).isCompleted();
            assertThat(slow.events()).hasSize(1);
        }
    }
}
