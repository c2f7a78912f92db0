package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.count.PresenceCounts;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import io.presence.user.UserListener;
import io.presence.user.UserSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Idle ladders as queries, slow listeners, snapshots, views and counts see them. */
class IdleListenersTest {

    private static final Duration AWAY = Duration.ofMinutes(5);
    private static final Duration GONE = Duration.ofMinutes(20);

    private TestStore test = TestStore.create();

    @AfterEach
    void close() {
        test.close();
    }

    private PresenceStore store() {
        return test.store();
    }

    private void write(String id) {
        store().upsert(PresenceUpsert.of(id, "ada", "online")
                .expiresIn(Duration.ofHours(1))
                .idle(AWAY, "away")
                .idle(GONE, "gone"));
    }

    private void pass(Duration time) {
        test.pass(time);
        test.pass(PresenceStoreBuilder.DEFAULT_TICK);
    }

    private List<String> listed(Query filter) {
        return store().list(filter).presences().stream().map(Presence::id).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Promise("idle-queries")
    void filter_onTheShownStatus_entersAndExitsAtTheRungs(boolean isIndexed) {
        test.close();
        test = TestStore.create(builder -> isIndexed ? builder.index("status") : builder);
        Query.Filter isAway = Query.equal("status", "away");
        Recorder away = test.follow(store(), isAway);
        Recorder online = test.follow(store(), Query.equal("status", "online"));
        write("p");
        pass(AWAY);
        assertThat(online.takeLines()).containsExactly("ENTER p online", "EXIT p NO_LONGER_MATCHES");
        assertThat(away.takeLines()).containsExactly("ENTER p away");
        assertThat(listed(isAway)).containsExactly("p");
        assertThat(store().count(isAway)).isEqualTo(1);

        store().active("p");
        test.drain();
        assertThat(online.takeLines()).containsExactly("ENTER p online");
        assertThat(away.takeLines()).containsExactly("EXIT p NO_LONGER_MATCHES");
        assertThat(listed(isAway)).isEmpty();

        pass(GONE);
        assertThat(away.takeLines()).isEmpty();
        assertThat(listed(Query.equal("status", "gone"))).containsExactly("p");
        store().delete("p");
        test.drain();
        assertThat(listed(Query.equal("status", "online", "away", "gone"))).isEmpty();
    }

    @Test
    @Promise("idle-conflation")
    void slowListener_ofRungsAndReturn_receivesTheNetChange() {
        write("p");
        Recorder slow = Recorder.chained();
        Subscription subscription = store().subscribe(
                        Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), slow);
        test.drain();
        assertThat(slow.takeLines()).containsExactly("ENTER p online");

        subscription.pause();
        pass(AWAY);
        store().active("p");
        test.drain();
        subscription.resume();
        test.drain();
        assertThat(slow.takeLines()).isEmpty();

        subscription.pause();
        pass(AWAY);
        pass(GONE);
        subscription.resume();
        test.drain();
        PresenceEvent gone = slow.takeOne();
        assertThat(gone.isIdleChange()).isTrue();
        assertThat(gone.presence().status()).isEqualTo("gone");
    }

    @Test
    @Promise("idle-conflation")
    void slowListener_ofOneStatus_receivesTheNetChange() {
        write("p");
        Recorder slow = Recorder.chained();
        Subscription subscription = store().subscribe(
                        Channel.presences(),
                        SubscriptionOptions.defaults().withSnapshot(),
                        slow,
                        Query.equal("status", "online"));
        test.drain();
        subscription.pause();
        pass(AWAY);
        store().active("p");
        test.drain();
        subscription.resume();
        test.drain();
        assertThat(slow.takeLines()).containsExactly("ENTER p online");

        subscription.pause();
        pass(AWAY);
        subscription.resume();
        test.drain();
        assertThat(slow.takeLines()).containsExactly("EXIT p NO_LONGER_MATCHES");
    }

    /*
     * The write keeps the rung. Tried: fails if its number does not count that rung, as then the return has the number
     * of the rung of the write before.
     */
    @Test
    @Promise("idle-conflation")
    void slowListener_ofAnEqualWriteAndReturnDeliveredUnchanged_receivesTheReturn() {
        test.close();
        test = TestStore.create(builder -> builder.deliverUnchanged(true));
        PresenceUpsert once = PresenceUpsert.of("p", "ada", "online")
                .expiresIn(Duration.ofHours(1))
                .idle(AWAY, "away");
        store().upsert(once);
        pass(AWAY);
        Recorder slow = Recorder.chained();
        Subscription subscription = store().subscribe(
                        Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), slow);
        test.drain();
        assertThat(slow.takeLines()).containsExactly("ENTER p away");
        subscription.pause();
        store().upsert(once);
        test.drain();
        store().active("p");
        test.drain();
        subscription.resume();
        test.drain();
        assertThat(slow.takeLines()).containsExactly("UPDATE p online");
    }

    @Test
    void listener_ofUpdates_receivesRungs() {
        Recorder updates = Recorder.loose();
        store().subscribe(Channel.presences().update(), updates);
        write("p");
        pass(AWAY);
        store().active("p");
        test.drain();
        assertThat(updates.takeLines()).containsExactly("UPDATE p away", "UPDATE p online");
    }

    @Test
    @Promise("idle-queries")
    void snapshot_whileARungIsShown_hasBothStatuses() {
        write("p");
        pass(AWAY);
        Presence entered = test.follow(store()).takeOne().presence();
        assertThat(entered.status()).isEqualTo("away");
        assertThat(entered.writtenStatus()).isEqualTo("online");
        assertThat(entered).isEqualTo(store().get("p"));
    }

    @Test
    @Promise("idle-queries")
    void userView_ofSeveralTabs_showsTheLadderOfEach() {
        List<String> lines = new ArrayList<>();
        UserListener listener =
                event -> lines.add(event.change() + " " + event.user().status());
        UserSubscription users = store().users(SubscriptionOptions.defaults(), listener);
        write("tab-1");
        write("tab-2");
        test.drain();
        store().active("tab-2");
        test.clock().advance(Duration.ofSeconds(1));
        store().active("tab-2");
        pass(AWAY.minusSeconds(1));
        assertThat(users.of("ada").status()).isEqualTo("online");
        pass(Duration.ofSeconds(1));
        assertThat(users.of("ada").status()).isEqualTo("away");
        store().active("tab-1");
        test.drain();
        assertThat(users.of("ada").status()).isEqualTo("online");
        assertThat(lines).containsExactly("ENTER online", "UPDATE away", "UPDATE online");
    }

    @Test
    @Promise("idle-queries")
    void counts_byStatus_followTheRungs() {
        PresenceCounts counts = store().counts("status");
        write("tab-1");
        write("tab-2");
        test.drain();
        assertThat(counts.of("online").presences()).isEqualTo(2);
        pass(AWAY);
        assertThat(counts.of("online").presences()).isZero();
        assertThat(counts.of("away").presences()).isEqualTo(2);
        store().active("tab-1");
        test.drain();
        assertThat(counts.of("online").presences()).isEqualTo(1);
        counts.close();
    }
}
