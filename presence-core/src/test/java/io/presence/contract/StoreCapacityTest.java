package io.presence.contract;

import static io.presence.PresenceException.Code.ID_UNAVAILABLE;
import static io.presence.PresenceException.Code.STORE_FULL;
import static io.presence.contract.ErrorCodes.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The capacity of a store. */
class StoreCapacityTest {

    private final TestStore test = TestStore.create(builder -> builder.maxPresences(2));
    private final PresenceStore store = test.store();

    @AfterEach
    void close() {
        test.close();
    }

    private void upsert(String id) {
        store.upsert(PresenceUpsert.of(id, "ada", "online").expiresIn(Duration.ofSeconds(30)));
    }

    @Test
    @Promise("max-presences")
    void upsert_ofNewIdInFullStore_isRefused() {
        upsert("a");
        upsert("b");
        assertThat(assertRefused(STORE_FULL, () -> upsert("c")))
                .isEqualTo("living presences must be at most maxPresences: 2");
        assertThat(store.get("c")).isNull();
        test.drain();
        assertRefused(STORE_FULL, () -> upsert("c"));
        assertThat(store.count()).isEqualTo(2);
    }

    @Test
    void anyWrite_onPresenceInFullStore_succeeds() {
        upsert("a");
        upsert("b");
        upsert("a");
        assertThat(store.touch("b")).isTrue();
        assertThat(store.update("b", PresencePatch.none().status("away"))
                        .presence()
                        .status())
                .isEqualTo("away");
        assertRefused(ID_UNAVAILABLE, () -> store.upsert(PresenceUpsert.of("a", "bob", "online")));
    }

    @Test
    void upsert_ofManyIncarnationsOfOneId_takesOneClaim() {
        upsert("a");
        test.drain();
        List<String> delivered = new ArrayList<>();
        store.subscribe(
                Channel.presences(),
                event -> delivered.add(event.change() + " " + event.presence().status()));
        test.drain();
        for (int i = 0; i < 1_000; i++) {
            store.delete("a");
            store.upsert(PresenceUpsert.of("a", "bob", "online " + i));
        }
        assertThat(store.stats().queued()).isEqualTo(1);
        assertThat(store.stats().presences()).isEqualTo(1);

        test.drain();
        assertThat(delivered).containsExactly("EXIT online", "ENTER online 999");
        store.delete("a");
        test.drain();
        assertThat(delivered).hasSize(3);
        assertThat(store.stats().presences()).isZero();
    }

    @Test
    void upsert_afterDelete_needsNoDispatch() {
        upsert("a");
        upsert("b");
        test.drain();
        store.delete("a");
        upsert("c");
        assertRefused(STORE_FULL, () -> upsert("d"));
        test.drain();
        assertRefused(STORE_FULL, () -> upsert("d"));
        assertThat(store.stats().presences()).isEqualTo(2);
    }

    @Test
    void upsert_afterDeleteOfMaxPresences_needsNoDispatch() {
        Recorder delivered = test.follow(store);
        upsert("a");
        upsert("b");
        test.drain();
        store.delete("a");
        store.delete("b");
        for (int round = 0; round < 1_000; round++) {
            upsert("c" + round);
            upsert("d" + round);
            store.delete("c" + round);
            store.delete("d" + round);
        }
        assertThat(store.stats().presences()).isEqualTo(2);
        assertThat(store.stats().queued()).isLessThan(2_000);
        upsert("e");
        test.drain();
        assertThat(delivered.assembled().keySet()).containsExactly("e");
        assertThat(store.stats().presences()).isEqualTo(1);
        assertThat(store.stats().queued()).isZero();
    }

    @Test
    @Promise("max-presences")
    void upsert_onTombstoneInFullStore_isRefused() {
        upsert("a");
        upsert("b");
        test.drain();
        store.delete("a");
        upsert("c");
        assertThat(assertRefused(STORE_FULL, () -> upsert("a")))
                .isEqualTo("living presences must be at most maxPresences: 2");
        store.delete("c");
        upsert("a");
        test.drain();
        assertThat(store.count()).isEqualTo(2);
    }

    @Test
    void upsert_afterExpiry_isRefusedUntilTheEndIsDispatched() {
        upsert("a");
        upsert("b");
        test.drain();
        test.clock().advance(Duration.ofSeconds(31));
        assertThat(store.count()).isZero();
        assertRefused(STORE_FULL, () -> upsert("c"));
        test.drain();
        upsert("c");
        upsert("d");
        assertRefused(STORE_FULL, () -> upsert("e"));
    }

    @Test
    void upsert_afterEndOfUndispatchedPresence_succeeds() {
        for (int round = 0; round < 5; round++) {
            upsert("a");
            upsert("b");
            assertRefused(STORE_FULL, () -> upsert("c"));
            store.delete("a");
            store.delete("b");
            assertThat(store.stats().presences()).isZero();
        }
        upsert("a");
        upsert("b");
        test.clock().advance(Duration.ofSeconds(31));
        test.drain();
        upsert("c");
        upsert("d");
    }

    @Test
    void upsert_onExpiredPresence_countsOnce() {
        for (int round = 0; round < 5; round++) {
            upsert("a");
            store.delete("a");
            upsert("a");
            test.drain();
            test.pass(Duration.ofSeconds(31));
            upsert("a");
        }
        upsert("b");
        assertRefused(STORE_FULL, () -> upsert("c"));
    }
}
