package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many subscriptions that return at once: bounded work in each round, and none misses anything. */
class ReplayBudgetTest {

    private static final int RETURNING = 2_000;
    private static final int PRESENCES = 200;
    private static final int STEPS = 4_000;
    /* Commands, dirty entries, replayed operations with those of the last step, ends of replays, and walks. */
    private static final int MOST = 1_024 + 256 + 8_192 + RETURNING + 1_024 + 1_024;

    private final TestStore test = TestStore.create();
    private final Random random = new Random(7);

    @AfterEach
    void close() {
        test.close();
    }

    private void write(int presence, String status) {
        test.store()
                .upsert(PresenceUpsert.of("p" + presence, "u" + presence % 50, status)
                        .expiresIn(Duration.ofHours(1)));
    }

    private void fill() {
        for (int i = 0; i < PRESENCES; i++) {
            write(i, "first");
        }
        test.drain();
    }

    private String token(Query... filters) {
        Subscription subscription = test.store().subscribe(Channel.presences(), event -> {}, filters);
        test.drain();
        String token = subscription.resumeToken();
        subscription.close();
        test.drain();
        return token;
    }

    private void churn(int steps) {
        for (int i = 0; i < steps; i++) {
            change(i);
            test.store().doWork();
        }
        test.drain();
    }

    private void change(int round) {
        int presence = random.nextInt(PRESENCES);
        if (random.nextInt(5) == 0) {
            test.store().delete("p" + presence);
        } else {
            write(presence, "s" + round);
        }
    }

    private Presence[] known(Query... filters) {
        return test.store().list(filters).presences().toArray(Presence[]::new);
    }

    private static TreeMap<String, String> statuses(Iterable<Presence> presences) {
        TreeMap<String, String> all = new TreeMap<>();
        presences.forEach(presence -> all.put(presence.id(), presence.status()));
        return all;
    }

    private void assertInSync(Recorder recorder, Query... filters) {
        List<Presence> all =
                test.store().list(append(filters, Query.limit(5_000))).presences();
        assertThat(statuses(recorder.assembled().values())).isEqualTo(statuses(all));
        assertThat(recorder.synced()).hasSize(1);
        assertThat(recorder.resets()).isZero();
    }

    private static Query[] append(Query[] filters, Query last) {
        List<Query> all = new ArrayList<>(List.of(filters));
        all.add(last);
        return all.toArray(Query[]::new);
    }

    @Test
    @Promise("replay-work")
    void resume_ofManySubscriptions_takesBoundedWorkInEachCycle() {
        fill();
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            tokens.add(token(Query.equal("userId", "u" + i)));
        }
        churn(STEPS);
        int[] synced = {0};
        for (int i = 0; i < RETURNING; i++) {
            test.store()
                    .subscribe(
                            Channel.presences(),
                            SubscriptionOptions.defaults().resumeFrom(tokens.get(i % 50)),
                            new Synced(synced),
                            Query.equal("userId", "u" + i % 50));
        }
        int most = 0;
        int rounds = 0;
        int done;
        while ((done = test.store().doWork()) > 0) {
            most = Math.max(most, done);
            rounds++;
        }
        assertThat(synced[0]).isEqualTo(RETURNING);
        assertThat(test.store().stats().resets()).isZero();
        assertThat(most).isLessThanOrEqualTo(MOST);
        assertThat(rounds).isGreaterThan(3);
    }

    /** One that counts. */
    private record Synced(int[] synced) implements io.presence.PresenceListener {
        @Override
        public void onEvent(io.presence.PresenceEvent event) {}

        @Override
        public void onSynced(long revision) {
            synced[0]++;
        }

        @Override
        public void onReset() {}
    }

    @Test
    void resume_duringManyWrites_hasNoGapAndNoDuplicate() {
        fill();
        Query[] all = {};
        Query[] some = {Query.equal("userId", "u1", "u2", "u3")};
        String tokenOfAll = token(all);
        String tokenOfSome = token(some);
        Presence[] knownOfAll = known(append(all, Query.limit(5_000)));
        Presence[] knownOfSome = known(append(some, Query.limit(5_000)));
        churn(STEPS - 500);
        List<Recorder> recorders = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Recorder recorder = Recorder.chained(i % 2 == 0 ? knownOfAll : knownOfSome);
            recorders.add(recorder);
            test.store()
                    .subscribe(
                            Channel.presences(),
                            SubscriptionOptions.defaults().resumeFrom(i % 2 == 0 ? tokenOfAll : tokenOfSome),
                            recorder,
                            i % 2 == 0 ? all : some);
            for (int write = 0; write < 60; write++) {
                change(write);
            }
            test.store().doWork();
        }
        test.drain();
        for (int i = 0; i < recorders.size(); i++) {
            assertInSync(recorders.get(i), i % 2 == 0 ? all : some);
        }
        test.store().upsert(PresenceUpsert.of("last", "u1", "new"));
        test.drain();
        for (Recorder recorder : recorders) {
            assertThat(recorder.events()
                            .get(recorder.events().size() - 1)
                            .presence()
                            .id())
                    .isEqualTo("last");
        }
    }

    @Test
    void closeOrSwitchPrincipal_duringReplay_endsIt() {
        fill();
        String token = token();
        churn(3_000);
        Subscription closed = test.store()
                .subscribe(Channel.presences(), SubscriptionOptions.defaults().resumeFrom(token), Recorder.loose());
        Recorder changed = Recorder.loose();
        Subscription other = test.store()
                .subscribe(Channel.presences(), SubscriptionOptions.defaults().resumeFrom(token), changed);
        test.store().doWork();
        closed.close();
        other.switchPrincipal(io.presence.Principal.user("u1").build());
        test.drain();
        assertThat(changed.resets()).isOne();
        assertThat(statuses(changed.assembled().values()))
                .isEqualTo(statuses(test.user("u1").list(Query.limit(5_000)).presences()));
    }

    @Test
    @Promise("command-budget")
    void commands_ofLargeNumber_runInBoundedCyclesBeforeLaterWrites() {
        int[] delivered = {0};
        for (int i = 0; i < 5_000; i++) {
            test.store()
                    .subscribe(
                            Channel.presences(),
                            SubscriptionOptions.defaults().onDispatcher(),
                            event -> delivered[0]++);
        }
        test.store().upsert(PresenceUpsert.of("p", "ada", "online"));
        int most = 0;
        int done;
        while ((done = test.store().doWork()) > 0) {
            most = Math.max(most, done);
        }
        assertThat(delivered[0]).isEqualTo(5_000);
        assertThat(most).isLessThanOrEqualTo(1_024 + 1_024);
        test.store().update("p", PresencePatch.none().status("away"));
        test.drain();
        assertThat(delivered[0]).isEqualTo(10_000);
    }
}
