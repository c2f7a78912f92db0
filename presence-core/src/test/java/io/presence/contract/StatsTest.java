package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceStats;
import io.presence.PresenceStats.Latency;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.fixture.TestStore;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The statistics of a store. */
class StatsTest {

    private final TestStore test = TestStore.create();
    private final PresenceStore store = test.store();

    @AfterEach
    void close() {
        test.close();
    }

    private void upsert(String id, String status) {
        store.upsert(PresenceUpsert.of(id, "ada", status).expiresIn(Duration.ofSeconds(30)));
    }

    @Test
    void stats_always_countPresencesAndOperations() {
        Subscription one = store.subscribe(Channel.presences(), event -> {});
        store.subscribe(Channel.presence("p"), event -> {});
        upsert("p", "a");
        upsert("p", "b");
        upsert("q", "a");
        assertThat(store.stats().queued()).isEqualTo(2);
        test.drain();
        PresenceStats stats = store.stats();
        assertThat(stats.presences()).isEqualTo(2);
        assertThat(stats.subscriptions()).isEqualTo(2);
        assertThat(stats.events()).isEqualTo(2);
        assertThat(stats.delivered()).isEqualTo(3);
        assertThat(stats.queued()).isZero();
        one.close();
        store.delete("q");
        test.drain();
        assertThat(store.stats().subscriptions()).isEqualTo(1);
        assertThat(store.stats().presences()).isEqualTo(1);
        assertThat(store.stats().delivered()).isEqualTo(3);
    }

    @Test
    void dispatchLag_always_isTheWaitOfTheOldestWrite() {
        upsert("p", "a");
        test.clock().advance(Duration.ofMillis(40));
        upsert("q", "a");
        test.pass(Duration.ofMillis(60));
        assertThat(store.stats().dispatchLag().count()).isEqualTo(1);
        assertThat(store.stats().dispatchLag().max()).isEqualTo(Duration.ofMillis(100));
        test.pass(Duration.ofSeconds(1));
        assertThat(store.stats().dispatchLag().count()).isEqualTo(1);
    }

    @Test
    void expiryLateness_always_isTheTimeFromDeadlineToDispatch() {
        upsert("p", "a");
        upsert("q", "a");
        test.drain();
        store.touch("q");
        test.pass(Duration.ofSeconds(30).plusMillis(5));
        Latency lateness = store.stats().expiryLateness();
        assertThat(lateness.count()).isEqualTo(2);
        assertThat(lateness.max()).isEqualTo(Duration.ofMillis(5));
        assertThat(lateness.recentMax()).isEqualTo(Duration.ofMillis(5));
        upsert("p", "a");
        test.drain();
        store.delete("p");
        test.pass(Duration.ofMinutes(1));
        assertThat(store.stats().expiryLateness().count()).isEqualTo(2);
        test.pass(Duration.ofMinutes(1));
        assertThat(store.stats().expiryLateness().max()).isEqualTo(Duration.ofMillis(5));
        assertThat(store.stats().expiryLateness().recentMax()).isZero();
    }

    /* Fails if a deadline is unknown once a reader or a heartbeat has found that it has passed. */
    @Test
    void expiryLateness_ofPresencesThatWereFoundToHaveExpired_isMeasured() {
        upsert("p", "a");
        upsert("q", "a");
        upsert("r", "a");
        test.drain();
        test.clock().advance(Duration.ofSeconds(36));
        assertThat(store.touch("p")).isFalse();
        assertThat(store.get("q")).isNull();
        assertThat(store.delete("r")).isFalse();
        test.drain();

        assertThat(store.stats().expiryLateness().count()).isEqualTo(2);
        assertThat(store.stats().expiryLateness().max()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void statuses_always_areCountedAsDispatched() {
        upsert("p", "online");
        upsert("q", "online");
        upsert("r", "away");
        assertThat(store.statusCounts()).isEmpty();
        test.drain();
        assertThat(store.statusCounts()).containsOnly(Map.entry("online", 2L), Map.entry("away", 1L));
        upsert("q", "away");
        store.delete("p");
        test.drain();
        assertThat(store.statusCounts()).containsOnly(Map.entry("away", 2L));
        test.pass(Duration.ofMinutes(1));
        assertThat(store.statusCounts()).isEmpty();
    }
}
