package io.presence.contract;

import static io.presence.PresenceException.Code.SCOPE_MISSING;
import static io.presence.contract.ErrorCodes.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.Role;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.ManualExecutor;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The synchronization of a subscription: snapshot, resume, reset and change of principal. */
class SnapshotAndResumeTest {

    private final TestStore test = TestStore.create(
            builder -> builder.historySize(8).closeTimeout(Duration.ZERO).deliverUnchanged(true));
    private final PresenceStore store = test.store();
    private final ManualExecutor executor = new ManualExecutor();
    private final SubscriptionOptions slow = SubscriptionOptions.defaults().executor(executor);
    private final CallRecorder delivered = new CallRecorder();

    /** Records every call in order, resets and syncs included, which {@code RecordingListener} keeps apart. */
    private static final class CallRecorder implements PresenceListener {

        private final List<String> lines = new ArrayList<>();
        private final TreeSet<String> inSight = new TreeSet<>();

        @Override
        public void onEvent(PresenceEvent event) {
            String id = event.presence().id();
            lines.add(event.change() + " " + id);
            switch (event.change()) {
                case ENTER -> assertThat(inSight.add(id)).isTrue();
                case EXIT -> assertThat(inSight.remove(id)).isTrue();
                case UPDATE -> assertThat(inSight).contains(id);
            }
        }

        @Override
        public void onSynced(long revision) {
            lines.add("synced " + revision);
        }

        @Override
        public void onReset() {
            lines.add("reset");
            inSight.clear();
        }

        List<String> take() {
            List<String> taken = List.copyOf(lines);
            lines.clear();
            return taken;
        }
    }

    @AfterEach
    void close() {
        test.close();
    }

    private void upsert(String... ids) {
        for (String id : ids) {
            store.upsert(PresenceUpsert.of(id, "ada", "online").permissions(Permission.read(Role.team("blue"))));
            test.drain();
        }
    }

    private void delete(String... ids) {
        for (String id : ids) {
            store.delete(id);
        }
        test.drain();
    }

    private Subscription subscribe(Presences view, SubscriptionOptions options, Query... filters) {
        Subscription made = view.subscribe(Channel.presences(), options, delivered, filters);
        test.drain();
        executor.runAll();
        test.drain();
        return made;
    }

    private List<String> delivered() {
        test.drain();
        executor.runAll();
        test.drain();
        executor.runAll();
        return delivered.take();
    }

    /* More is written than a round dispatches, so that the snapshot is over before anything of "again" is. */
    @Test
    void snapshot_ofSupersededIncarnation_deliversTheDispatchedOne() {
        upsert("again");
        for (int i = 0; i < 500; i++) {
            store.upsert(PresenceUpsert.of("other" + i, "ada", "online"));
        }
        store.delete("again");
        store.upsert(PresenceUpsert.of("again", "bob", "online"));
        store.subscribe(
                Channel.presences(),
                SubscriptionOptions.defaults().onDispatcher().withSnapshot(),
                delivered,
                Query.equal("$id", "again"));

        assertThat(delivered())
                .extracting(line -> line.replaceAll(" \\d+", ""))
                .containsExactly("ENTER again", "synced", "EXIT again", "ENTER again");
    }

    @Test
    @Promise("in-sync")
    void snapshot_ofManyPresences_isSlicedAndConsistentWithLiveEvents() {
        for (int i = 0; i < 3_000; i++) {
            store.upsert(PresenceUpsert.of("p" + i, "ada", "online"));
        }
        test.drain();
        Subscription subscription = store.subscribe(
                Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), delivered);
        store.doWork();
        assertThat(delivered.inSight).hasSizeBetween(1, 1_024);
        assertThat(subscription.revision()).isEqualTo(-1);
        for (int i = 0; i < 3_000; i += 2) {
            store.delete("p" + i);
        }
        upsert("new");
        assertThat(delivered.inSight)
                .hasSize(1_501)
                .contains("new", "p1", "p2999")
                .doesNotContain("p0", "p2998");
        assertThat(delivered.lines)
                .filteredOn(line -> line.startsWith("synced"))
                .hasSize(1);
        assertThat(subscription.revision()).isEqualTo(store.stats().events());
    }

    @Test
    void snapshot_forSlowListener_staysInTheStoreUntilDrained() {
        for (int i = 0; i < 5_000; i++) {
            store.upsert(PresenceUpsert.of("p" + i, "ada", "online"));
        }
        test.drain();
        Subscription subscription = store.subscribe(Channel.presences(), slow.withSnapshot(), delivered);
        test.drain();
        assertThat(subscription.pendingCount()).isEqualTo(1_024);
        store.delete("p4999");
        while (subscription.revision() < 0) {
            executor.runAll();
            test.drain();
            assertThat(subscription.pendingCount()).isLessThanOrEqualTo(1_024);
        }
        assertThat(delivered.inSight).hasSize(4_999);
    }

    @Test
    @Promise("in-sync")
    void snapshot_forPausedListener_syncsAtTheLatestRevision() {
        upsert("a", "b");
        store.subscribe(Channel.presences(), slow.withSnapshot(), delivered);
        test.drain();
        upsert("a", "c");
        delete("b");
        assertThat(delivered()).containsExactly("ENTER a", "ENTER c", "synced 5");
    }

    @Test
    void write_duringSnapshot_isDeliveredAfterOnSynced() {
        upsert("a", "b");
        store.subscribe(Channel.presences(), slow.batchSize(1).withSnapshot(), delivered);
        test.drain();
        executor.runOne();
        upsert("a", "b");
        List<String> all = delivered();
        assertThat(all.subList(0, 2)).containsExactlyInAnyOrder("ENTER a", "ENTER b");
        assertThat(all.subList(2, all.size())).containsExactly("synced 2", "UPDATE a", "UPDATE b");
    }

    @Test
    @Promise("resume-complete")
    void resume_withinHistory_deliversTheDifference() {
        upsert("a", "b", "c");
        Subscription first = subscribe(store, slow.withSnapshot());
        assertThat(delivered()).contains("synced 3");
        String token = first.resumeToken();
        first.close();
        upsert("b", "d", "e");
        delete("c", "e");
        subscribe(store, slow.resumeFrom(token));
        assertThat(delivered()).containsExactly("UPDATE b", "ENTER d", "EXIT c", "synced 8");
        upsert("d");
        assertThat(delivered()).containsExactly("UPDATE d");
    }

    @Test
    @Promise("resume-complete")
    void resume_fromBeforeHistory_resets() {
        upsert("a", "b");
        Subscription first = subscribe(store, slow.withSnapshot());
        String token = first.resumeToken();
        first.close();
        delete("a");
        upsert("b", "b", "b", "b", "b", "b", "b");
        delivered();
        Subscription second = subscribe(store, slow.resumeFrom(token));
        assertThat(delivered()).containsExactly("EXIT a", "UPDATE b", "synced 10");
        second.close();
        upsert("b");
        subscribe(store, slow.resumeFrom(token));
        assertThat(delivered()).containsExactly("reset", "ENTER b", "synced 11");
        assertThat(store.stats().resets()).isEqualTo(1);
    }

    @Test
    void resume_withForeignOrForgedToken_resets() {
        upsert("a");
        String everything = subscribe(store, slow.withSnapshot()).resumeToken();
        delivered();
        for (String token : List.of("", "none", everything + "x", everything.replace('-', '_'), "x".repeat(10_000))) {
            delivered.inSight.clear();
            Subscription made = subscribe(store, slow.resumeFrom(token));
            assertThat(delivered()).as(token).containsExactly("reset", "ENTER a", "synced 1");
            made.close();
        }
        Subscription narrower = subscribe(store, slow.resumeFrom(everything), Query.equal("status", "online"));
        assertThat(delivered()).containsExactly("reset", "ENTER a", "synced 1");
        narrower.close();
        delivered.inSight.clear();
        subscribe(test.user("ada"), slow.resumeFrom(everything));
        assertThat(delivered()).containsExactly("reset", "ENTER a", "synced 1");
    }

    @Test
    void resume_overMaxPending_deliversNothingBeforeReset() {
        upsert("a");
        Subscription subscription = subscribe(store, slow.withSnapshot());
        String token = subscription.resumeToken();
        subscription.close();
        delivered.take();
        upsert("b", "c", "a");
        Subscription returned = subscribe(store, slow.resumeFrom(token).maxPending(1));
        while (returned.revision() < 0) {
            delivered();
        }
        assertThat(delivered.inSight).containsExactly("a", "b", "c");
    }

    @Test
    void resumeToken_afterClose_isOfTheLastDelivery() {
        Subscription subscription = subscribe(store, slow);
        String start = subscription.resumeToken();
        upsert("a");
        subscription.close();
        upsert("b");
        assertThat(subscription.revision()).isZero();
        assertThat(subscription.resumeToken()).isEqualTo(start);
        subscribe(store, slow.resumeFrom(start));
        assertThat(delivered()).containsExactly("ENTER a", "ENTER b", "synced 2");
    }

    @Test
    void resumeToken_amidPartialBacklog_causesReset() {
        Subscription subscription = subscribe(store, slow.initialRequest(0));
        String start = subscription.resumeToken();
        upsert("a", "b", "a");
        assertThat(subscription.resumeToken()).isEqualTo(start);
        subscription.request(1);
        assertThat(delivered()).containsExactly("ENTER a");
        assertThat(subscription.resumeToken()).isEqualTo("none");
        subscription.request(1);
        assertThat(delivered()).containsExactly("ENTER b");
        assertThat(subscription.resumeToken()).isNotEqualTo("none").isNotEqualTo(start);
    }

    @Test
    void resumeToken_withinListenerCall_coversThatCall() {
        Subscription[] own = new Subscription[1];
        List<String> tokens = new ArrayList<>();
        for (SubscriptionOptions options :
                List.of(SubscriptionOptions.defaults().onDispatcher(), slow)) {
            own[0] = subscribe(store, options);
            own[0].close();
            own[0] = store.subscribe(
                    Channel.presences(), options, event -> tokens.add(own[0].revision() + " " + event.revision()));
            upsert("a");
            executor.runAll();
            own[0].close();
        }
        assertThat(tokens).containsExactly("1 1", "2 2");
    }

    @Test
    void maxPending_exceeded_resets() {
        Subscription subscription = subscribe(store, slow.maxPending(3));
        upsert("a", "b", "c");
        assertThat(subscription.pendingCount()).isEqualTo(3);
        upsert("d");
        assertThat(subscription.pendingCount()).isZero();
        assertThat(subscription.revision()).isEqualTo(-1);
        upsert("e");
        delete("a");
        executor.runAll();
        assertThat(delivered.take()).containsExactly("reset");
        while (subscription.revision() < 0) {
            test.drain();
            assertThat(subscription.pendingCount()).isLessThanOrEqualTo(3);
            executor.runAll();
        }
        assertThat(delivered.inSight).containsExactly("b", "c", "d", "e");
        assertThat(store.stats().resets()).isEqualTo(1);
    }

    @Test
    void switchPrincipal_always_deliversTheDifference() {
        Principal outside = Principal.user("bob").build();
        Principal inside = Principal.user("bob").team("blue").build();
        upsert("a", "b");
        store.upsert(PresenceUpsert.of("open", "eve", "online").permissions(Permission.read(Role.any())));
        Subscription subscription = subscribe(store.as(outside), slow.withSnapshot());
        assertThat(delivered()).containsExactly("ENTER open", "synced 3");
        subscription.switchPrincipal(inside);
        assertThat(delivered()).containsExactlyInAnyOrder("ENTER a", "ENTER b", "synced 4");
        upsert("c");
        subscription.switchPrincipal(outside);
        assertThat(delivered()).containsExactlyInAnyOrder("EXIT a", "EXIT b", "synced 6");
        upsert("a");
        assertThat(delivered()).isEmpty();
        assertThat(subscription.revision()).isEqualTo(7);
    }

    @Test
    @Promise("switch-principal")
    void switchPrincipal_untilDispatched_holdsAllCalls() {
        Principal inside = Principal.user("bob").team("blue").build();
        Subscription subscription = subscribe(store.as(inside), slow.withSnapshot());
        upsert("a");
        delivered();
        upsert("a", "b");
        subscription.switchPrincipal(Principal.user("bob").build());
        executor.runAll();
        assertThat(delivered.take()).isEmpty();
        assertThat(delivered()).containsExactly("EXIT a", "synced 4");
    }

    @Test
    @Promise("switch-principal")
    void switchPrincipal_onChannelOfOneAction_dropsPendingEvents() {
        Principal inside = Principal.user("bob").team("blue").build();
        List<String> ids = new ArrayList<>();
        Subscription subscription = store.as(inside)
                .subscribe(
                        Channel.presences().upsert(),
                        slow,
                        event -> ids.add(event.presence().id()));
        test.drain();
        upsert("a");
        assertThat(subscription.pendingCount()).isEqualTo(1);
        subscription.switchPrincipal(Principal.user("bob").build());
        upsert("a", "b");
        executor.runAll();
        assertThat(ids).isEmpty();
        assertThat(subscription.pendingCount()).isZero();
        subscription.switchPrincipal(inside);
        upsert("b");
        executor.runAll();
        assertThat(ids).containsExactly("b");
    }

    @Test
    void switchPrincipal_withoutReadScope_isRefused() {
        Subscription subscription = subscribe(store, slow.withSnapshot());
        assertRefused(
                SCOPE_MISSING,
                () -> subscription.switchPrincipal(
                        Principal.user("bob").scopes().build()));
        upsert("a");
        assertThat(delivered()).contains("ENTER a");
    }

    @Test
    void subscribe_snapshotOrResumeOnChannelOfOneAction_isRefused() {
        for (SubscriptionOptions options : List.of(
                SubscriptionOptions.defaults().withSnapshot(),
                SubscriptionOptions.defaults().resumeFrom("none"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.subscribe(Channel.presences().update(), options, event -> {}))
                    .withMessageContaining("must not be set for a channel of one action: presences.update");
        }
    }
}
