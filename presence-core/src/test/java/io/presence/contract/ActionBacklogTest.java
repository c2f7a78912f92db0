package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.PresenceListener;
import io.presence.PresenceUpsert;
import io.presence.Role;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The backlog of a channel of one action, where a pending ENTER and EXIT do not cancel out. */
class ActionBacklogTest {

    private static final int FEW = 10_000;
    private static final int TOO_MANY = 60_000;
    private static final PresenceListener DEAF = event -> {};

    private final TestStore test =
            TestStore.create(builder -> builder.maxPresences(1_000).historySize(0));

    @AfterEach
    void close() {
        test.close();
    }

    private static Channel channel(String action) {
        return Channel.parse("presences." + action);
    }

    private void comeAndGo(int first, int count, Map<String, Object> metadata) {
        for (int i = first; i < first + count; i++) {
            test.store()
                    .upsert(PresenceUpsert.of("id" + i, "ada", "x")
                            .metadata(metadata)
                            .permissions(List.of(Permission.read(Role.any()))));
            test.store().doWork();
            test.store().delete("id" + i);
            test.drain();
        }
    }

    private static void assertEnd(Subscription subscription, CloseReason reason) {
        assertThat(subscription.closeFuture().toCompletableFuture()).isCompletedWithValue(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"upsert", "delete"})
    void onClosed_whenListenerIsBlockedAndIgnoresResets_isOverflowed(String action) {
        Subscription stuck = test.store()
                .subscribe(channel(action), SubscriptionOptions.defaults().initialRequest(0), DEAF);
        comeAndGo(0, FEW, Map.of());
        assertThat(stuck.pendingCount()).isEqualTo(FEW);

        comeAndGo(FEW, TOO_MANY, Map.of());

        assertEnd(stuck, CloseReason.OVERFLOWED);
        assertThat(stuck.pendingCount()).isZero();
        assertThat(test.store().stats().subscriptions()).isZero();
    }

    @Test
    @Promise("action-backlog")
    void onClosed_whenFewLargeStatesArePending_isOverflowed() {
        Subscription stuck = test.store()
                .subscribe(channel("delete"), SubscriptionOptions.defaults().initialRequest(0), DEAF);
        comeAndGo(0, 1_000, Map.of("text", "x".repeat(20_000)));

        assertEnd(stuck, CloseReason.OVERFLOWED);
    }

    @Test
    @Promise("action-backlog")
    void onReset_overMaxPending_replacesDroppedEvents() {
        Recorder recorder = Recorder.loose();
        Subscription slow = test.store()
                .subscribe(
                        channel("upsert"),
                        SubscriptionOptions.defaults().initialRequest(0).maxPending(10),
                        recorder);
        comeAndGo(0, 11, Map.of());
        assertThat(slow.pendingCount()).isZero();
        comeAndGo(11, 2, Map.of());

        slow.request(100);
        test.drain();

        assertThat(recorder.resets()).isEqualTo(1);
        assertThat(recorder.take()).extracting(event -> event.presence().id()).containsExactly("id11", "id12");
        assertThat(test.store().stats().resets()).isEqualTo(1);
    }

    /** States that the store holds anyway do not count for a blocked listener. */
    @Test
    void onClosed_whenPendingStatesAreOfLivePresences_isNotCalled() {
        String text = "x".repeat(20_000);
        Subscription stuck = test.store()
                .subscribe(channel("upsert"), SubscriptionOptions.defaults().initialRequest(0), DEAF);
        for (int i = 0; i < 1_000; i++) {
            test.store().upsert(PresenceUpsert.of("id" + i, "ada", "x").metadata(Map.of("text", text + i)));
            test.drain();
        }

        assertThat(stuck.pendingCount()).isEqualTo(1_000);
        assertThat(stuck.closeFuture().toCompletableFuture()).isNotDone();
    }

    @Test
    void onEvent_withListenerThatKeepsUp_isNeverDropped() {
        Recorder recorder = Recorder.loose();
        test.store().subscribe(channel("delete"), SubscriptionOptions.defaults().onDispatcher(), recorder);
        comeAndGo(0, 2_000, Map.of("text", "x".repeat(20_000)));

        assertThat(recorder.take()).hasSize(2_000);
    }
}
