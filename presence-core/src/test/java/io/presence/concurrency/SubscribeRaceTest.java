package io.presence.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceException;
import io.presence.PresencePatch;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Subscribing while writers write and the dispatcher goes round. */
class SubscribeRaceTest {

    private static final int IDS = 6;
    private static final int MINUTE = 60_000;

    @Test
    @Promise("equals-list")
    @Promise("snapshot-join")
    void snapshot_racingWithWrites_hasNoGapAndNoDuplicate() {
        List<ReceivedEvents> listeners = new ArrayList<>();
        List<Subscription> subscriptions = new ArrayList<>();
        try (ObservedStore stage = new ObservedStore()) {
            stage.delivered.withoutEvents();
            Lockstep.run(
                    800,
                    round -> {},
                    round -> {
                        stage.drain();
                        for (ReceivedEvents delivered : listeners) {
                            assertThat(delivered.violations()).isEmpty();
                            assertThat(delivered.statuses()).isEqualTo(stage.listed());
                        }
                        if (round % 10 == 0) {
                            subscriptions.forEach(Subscription::close);
                            subscriptions.clear();
                            listeners.clear();
                        }
                    },
                    round -> write(stage, 2 * round),
                    round -> write(stage, 2 * round + 1),
                    round -> {
                        ReceivedEvents delivered = new ReceivedEvents(stage.millis::get).withoutEvents();
                        subscriptions.add(stage.store.subscribe(
                                Channel.presences(),
                                SubscriptionOptions.defaults().withSnapshot(),
                                delivered));
                        listeners.add(delivered);
                    },
                    round -> {
                        for (int i = 0; i < 6; i++) {
                            stage.store.doWork();
                        }
                    });
            assertThat(stage.delivered.violations()).isEmpty();
        }
    }

    private static void write(ObservedStore stage, int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 6; i++) {
            String id = "p" + random.nextInt(IDS);
            switch (random.nextInt(6)) {
                case 0 -> stage.store.delete(id);
                case 1 -> stage.pass(random.nextInt(MINUTE));
                case 2 -> stage.store.touch(id);
                case 3 -> tryUpdate(stage, id, "u" + seed + "." + i);
                default ->
                    stage.store.upsert(ObservedStore.upsert(id, "s" + seed + "." + i, 1 + random.nextInt(3 * MINUTE)));
            }
        }
    }

    private static void tryUpdate(ObservedStore stage, String id, String status) {
        try {
            stage.store.update(id, PresencePatch.none().status(status));
        } catch (PresenceException e) {
            assertThat(e.code()).isEqualTo(PresenceException.Code.NOT_FOUND);
        }
    }

    @Test
    void upsert_afterSubscribe_isDelivered() {
        try (ObservedStore stage = new ObservedStore()) {
            stage.delivered.withoutEvents();
            ReceivedEvents[] delivered = new ReceivedEvents[1];
            Subscription[] made = new Subscription[1];
            Lockstep.run(
                    4_000,
                    round -> delivered[0] = new ReceivedEvents(),
                    round -> {
                        stage.drain();
                        assertThat(delivered[0].violations()).isEmpty();
                        assertThat(delivered[0].steps()).contains("ENTER");
                        assertThat(delivered[0].statuses()).containsEntry("p" + round % 50, "after" + round);
                        made[0].close();
                        stage.store.delete("p" + round % 50);
                        stage.drain();
                    },
                    round -> {
                        made[0] = stage.store.subscribe(Channel.presences(), delivered[0]);
                        stage.store.upsert(ObservedStore.upsert("p" + round % 50, "after" + round, MINUTE));
                    },
                    round -> {
                        for (int i = 0; i < 4; i++) {
                            stage.store.doWork();
                        }
                    });
        }
    }
}
