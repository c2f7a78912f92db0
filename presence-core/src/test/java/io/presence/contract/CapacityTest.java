package io.presence.contract;

import static io.presence.PresenceException.Code.ID_UNAVAILABLE;
import static io.presence.PresenceException.Code.STORE_FULL;
import static io.presence.contract.Codes.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.fixture.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many presences a store holds. */
class CapacityTest {

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
    void aFullStoreRefusesOneMore() {
        upsert("a");
        upsert("b");
        assertThat(assertRefused(STORE_FULL, () -> upsert("c"))).isEqualTo("presences must be at most 2: 2");
        assertThat(store.get("c")).isNull();
        test.drain();
        assertRefused(STORE_FULL, () -> upsert("c"));
        assertThat(store.count()).isEqualTo(2);
    }

    @Test
    void aFullStoreGoesOnWithWhatItHolds() {
        upsert("a");
        upsert("b");
        upsert("a");
        assertThat(store.touch("b")).isTrue();
        assertThat(store.update("b", PresencePatch.none().status("away")).status())
                .isEqualTo("away");
        assertRefused(ID_UNAVAILABLE, () -> store.upsert(PresenceUpsert.of("a", "bob", "online")));
    }

    @Test
    void manyLivesOfOneIdWaitInOnePlace() {
        upsert("a");
        test.drain();
        List<String> told = new ArrayList<>();
        store.subscribe(
                Channel.presences(),
                event -> told.add(event.change() + " " + event.presence().status()));
        test.drain();
        for (int i = 0; i < 1_000; i++) {
            store.delete("a");
            store.upsert(PresenceUpsert.of("a", "bob", "online " + i));
        }
        assertThat(store.stats().queued()).isEqualTo(1);
        assertThat(store.stats().presences()).isEqualTo(1);

        test.drain();
        assertThat(told).containsExactly("EXIT online", "ENTER online 999");
        store.delete("a");
        test.drain();
        assertThat(told).hasSize(3);
        assertThat(store.stats().presences()).isZero();
    }

    @Test
    void aDeletedPresenceCountsUntilItsEndIsDispatched() {
        upsert("a");
        upsert("b");
        test.drain();
        store.delete("a");
        assertRefused(STORE_FULL, () -> upsert("c"));
        test.drain();
        upsert("c");
        assertRefused(STORE_FULL, () -> upsert("d"));
    }

    @Test
    void anExpiredPresenceCountsUntilItsEndIsDispatched() {
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
    void aPresenceThatWasNeverDispatchedIsFreedToo() {
        for (int round = 0; round < 5; round++) {
            upsert("a");
            upsert("b");
            store.delete("a");
            store.delete("b");
            assertRefused(STORE_FULL, () -> upsert("c"));
            test.drain();
        }
        upsert("a");
        upsert("b");
        test.clock().advance(Duration.ofSeconds(31));
        test.drain();
        upsert("c");
        upsert("d");
    }

    @Test
    void aPresenceReplacedAfterItsEndCountsOnce() {
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
