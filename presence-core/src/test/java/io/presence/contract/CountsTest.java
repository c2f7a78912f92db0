package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.count.CountListener;
import io.presence.count.PresenceCounts;
import io.presence.count.ValueCount;
import io.presence.fixture.ManualExecutor;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import io.presence.query.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Live counts by an attribute. */
class CountsTest {

    private static final SubscriptionOptions DEFAULTS = SubscriptionOptions.defaults();

    private TestStore test = TestStore.create();
    private final List<String> lines = new ArrayList<>();

    private final CountListener recorder = new CountListener() {
        @Override
        public void onCount(ValueCount count) {
            lines.add(count.value() + " " + count.presences() + " " + count.users());
        }

        @Override
        public void onSynced(long revision) {
            lines.add("synced");
        }

        @Override
        public void onReset() {
            lines.add("reset");
        }
    };

    @AfterEach
    void close() {
        test.close();
    }

    private void write(String id, String user, Object room) {
        test.store()
                .upsert(PresenceUpsert.of(id, user, "online")
                        .metadata(Map.of("room", room))
                        .expiresIn(Duration.ofSeconds(30)));
    }

    private List<String> taken() {
        test.drain();
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    @Test
    void of_roomWithSeveralTabsOfAUser_countsPresencesAndUsers() {
        PresenceCounts rooms = test.store().counts("metadata.room");
        write("tab-1", "ada", "lobby");
        write("tab-2", "ada", "lobby");
        write("tab-3", "bob", "lobby");
        write("tab-4", "bob", "kitchen");
        test.drain();
        assertThat(rooms.of("lobby")).isEqualTo(new ValueCount("lobby", 3, 2));
        assertThat(rooms.of("cellar")).isEqualTo(new ValueCount("cellar", 0, 0));
        assertThat(rooms.presences()).isEqualTo(4);
        assertThat(rooms.users()).isEqualTo(2);
        assertThat(rooms.top(1)).containsExactly(new ValueCount("lobby", 3, 2));
        assertThat(rooms.top(9)).hasSize(2);
        assertThat(rooms.top(0)).isEmpty();
    }

    @Test
    void counts_ofPresencesThatWereThere_areCompleteOnceDelivered() {
        write("tab-1", "ada", "lobby");
        test.drain();
        try (PresenceCounts rooms = test.store().counts("metadata.room")) {
            var delivered = test.store().delivered().toCompletableFuture();
            assertThat(delivered).isNotDone();
            test.drain();
            assertThat(delivered).isDone();
            assertThat(rooms.of("lobby").presences()).isEqualTo(1);
        }
    }

    @Test
    void count_ofRoomThatEmpties_isForgotten() {
        PresenceCounts rooms = test.store().counts("metadata.room");
        write("tab-1", "ada", "lobby");
        test.drain();
        assertThat(rooms.size()).isEqualTo(1);
        test.store().update("tab-1", PresencePatch.none().metadata(Map.of("room", "kitchen")));
        test.drain();
        assertThat(rooms.of("lobby").presences()).isZero();
        assertThat(rooms.size()).isEqualTo(1);
        test.pass(Duration.ofSeconds(30));
        assertThat(rooms.size()).isZero();
        assertThat(rooms.users()).isZero();
    }

    @Test
    @Promise("counts-equal-count")
    void of_valuesOfEveryType_equalsWhatCountReturns() {
        PresenceCounts rooms = test.store().counts("metadata.room");
        List<Object> values = List.of(7, 7.0, "7", true, "true", List.of(7), Map.of("room", 7), 0.5);
        for (int i = 0; i < values.size(); i++) {
            write("tab-" + i, "user-" + i % 3, values.get(i));
        }
        test.drain();
        for (Object value : List.of(7, "7", true, "true", 0.5, 8)) {
            assertThat((long) rooms.of(value).presences())
                    .as("%s", value)
                    .isEqualTo(test.store().count(Query.equal("metadata.room", value)));
        }
        assertThat(rooms.of(7).presences()).isEqualTo(2);
        assertThat(rooms.size()).isEqualTo(5);
    }

    @Test
    void counts_ofPrincipal_haveWhatItCanReadAlone() {
        PresenceCounts rooms = test.user("ada").counts("metadata.room");
        write("tab-1", "ada", "lobby");
        write("tab-2", "bob", "lobby");
        test.drain();
        assertThat(rooms.of("lobby")).isEqualTo(new ValueCount("lobby", 1, 1));
    }

    @Test
    void counts_withFilter_haveWhatMatchesAlone() {
        PresenceCounts statuses = test.store().counts("status", Query.equal("metadata.room", "lobby"));
        write("tab-1", "ada", "lobby");
        write("tab-2", "bob", "kitchen");
        test.drain();
        assertThat(statuses.top(5)).containsExactly(new ValueCount("online", 1, 1));
    }

    @Test
    void subscribe_always_deliversAllThenChanges() {
        write("tab-1", "ada", "lobby");
        PresenceCounts rooms = test.store().counts("metadata.room");
        rooms.subscribe(DEFAULTS, recorder);
        assertThat(taken()).containsExactly("lobby 1 1", "synced");
        write("tab-2", "ada", "lobby");
        assertThat(taken()).containsExactly("lobby 2 1");
        test.store().delete("tab-1");
        test.store().delete("tab-2");
        assertThat(taken()).containsExactly("lobby 1 1", "lobby 0 0");
        test.store().touch("tab-1");
        assertThat(taken()).isEmpty();
    }

    @Test
    void move_fromRoomToRoom_isOneChangeOfEach() {
        write("tab-1", "ada", "lobby");
        PresenceCounts rooms = test.store().counts("metadata.room");
        rooms.subscribe(DEFAULTS, recorder);
        taken();
        write("tab-1", "ada", "kitchen");
        assertThat(taken()).containsExactlyInAnyOrder("lobby 0 0", "kitchen 1 1");
    }

    @Test
    void subscribe_bySlowListener_receivesNetChanges() {
        ManualExecutor executor = new ManualExecutor();
        PresenceCounts rooms = test.store().counts("metadata.room");
        Subscription subscription = rooms.subscribe(DEFAULTS.executor(executor), recorder);
        test.drain();
        executor.runAll();
        lines.clear();
        for (int tab = 0; tab < 5; tab++) {
            write("tab-" + tab, "user-" + tab, "lobby");
            write("short", "eve", "cellar");
            test.drain();
            test.store().delete("short");
            test.drain();
        }
        assertThat(subscription.pendingCount()).isEqualTo(1);
        executor.runAll();
        assertThat(lines).containsExactly("lobby 5 5");
    }

    @Test
    void close_ofCounts_leavesItsSubscriptionsAndThenTheView() {
        PresenceCounts rooms = test.store().counts("metadata.room");
        Subscription subscription = rooms.subscribe(DEFAULTS, recorder);
        rooms.close();
        rooms.close();
        taken();
        write("tab-1", "ada", "lobby");
        assertThat(taken()).containsExactly("lobby 1 1");
        subscription.close();
        test.drain();
        assertThat(test.store().stats().subscriptions()).isZero();
    }

    @Test
    void counts_ofWrongArguments_areRefusedByName() {
        assertThatThrownBy(() -> test.store().counts("expiresAt"))
                .hasMessage("attribute must be userId, status, source or metadata.<path>: expiresAt");
        assertThatThrownBy(() -> test.store().counts("metadata"))
                .hasMessage("attribute must be userId, status, source or metadata.<path>: metadata");
        assertThatThrownBy(() -> test.store().counts(null)).hasMessage("attribute must not be null");
        try (PresenceCounts rooms = test.store().counts("metadata.room")) {
            assertThatThrownBy(() -> rooms.top(-1)).hasMessage("n must not be negative: -1");
            assertThatThrownBy(() -> rooms.of(Double.NaN)).hasMessageStartingWith("value must be a string, ");
            assertThatThrownBy(() -> rooms.of(null)).hasMessage("value must not be null");
            assertThatThrownBy(() -> rooms.subscribe(DEFAULTS, null)).hasMessage("listener must not be null");
            assertThatThrownBy(() -> rooms.subscribe(DEFAULTS.maxPending(1), count -> {}))
                    .hasMessageContaining("listener must override onReset() for maxPending");
        }
    }
}
