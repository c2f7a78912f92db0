package io.presence.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Action;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Subscription.CloseReason;
import io.presence.SubscriptionOptions;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordingListenerTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Presence ONLINE = Samples.presence(PresenceUpsert.of("p", "ada", "online"));
    private static final Presence AWAY = Samples.presence(PresenceUpsert.of("p", "ada", "away"));
    private static final PresenceEvent ENTER = Samples.enter(ONLINE);
    private static final PresenceEvent UPDATE = Samples.update(ONLINE, AWAY);
    private static final PresenceEvent EXIT = Samples.exit(AWAY, Cause.EXPIRED);
    private static final PresenceEvent ENTER_AGAIN =
            new PresenceEvent(4, Action.UPSERT, Change.ENTER, null, ONLINE, null);

    private static Arguments broken(String message, Consumer<RecordingListener> last, PresenceEvent... events) {
        return Arguments.of(message, last, List.of(events));
    }

    private static Consumer<RecordingListener> event(PresenceEvent event) {
        return listener -> listener.onEvent(event);
    }

    static Stream<Arguments> brokenChains() {
        return Stream.of(
                broken("after no event: UPDATE p away", event(UPDATE)),
                broken("after no event: EXIT p EXPIRED", event(EXIT)),
                broken("after ENTER p online: ENTER p online", event(ENTER_AGAIN), ENTER),
                broken("after UPDATE p away: ENTER p online", event(ENTER_AGAIN), ENTER, UPDATE),
                broken("after EXIT p EXPIRED: UPDATE p away", event(UPDATE), ENTER, EXIT),
                broken("after EXIT p EXPIRED: EXIT p EXPIRED", event(EXIT), ENTER, EXIT),
                broken("revision must rise from 3 to more: 1", event(ENTER), ENTER, EXIT));
    }

    @ParameterizedTest
    @MethodSource("brokenChains")
    void onEvent_breakingTheChain_failsWithEachLaterRead(
            String message, Consumer<RecordingListener> last, List<PresenceEvent> events) {
        RecordingListener listener = RecordingListener.withSnapshot();
        events.forEach(listener::onEvent);
        assertThatThrownBy(() -> last.accept(listener))
                .isInstanceOf(AssertionError.class)
                .hasMessageEndingWith(message);
        List<ThrowingCallable> reads = List.of(
                listener::events,
                listener::lines,
                listener::present,
                listener::resets,
                listener::isSynced,
                listener::closeReason,
                () -> listener.awaitEvents(0, LONG));
        assertThat(reads)
                .allSatisfy(read -> assertThatThrownBy(read)
                        .isInstanceOf(AssertionError.class)
                        .hasMessageEndingWith(message));
    }

    @Test
    void onEvent_inTheChain_isRecorded() {
        RecordingListener listener = RecordingListener.withSnapshot();
        Stream.of(ENTER, UPDATE, EXIT, ENTER_AGAIN).forEach(listener::onEvent);
        assertThat(listener.events()).containsExactly(ENTER, UPDATE, EXIT, ENTER_AGAIN);
        assertThat(listener.lines())
                .containsExactly("ENTER p online", "UPDATE p away", "EXIT p EXPIRED", "ENTER p online");
        assertThat(listener.present()).containsOnlyKeys("p");
    }

    @Test
    void onEvent_ofPresenceVisibleBefore_canBeUpdateOrExit() {
        RecordingListener listener = RecordingListener.create();
        listener.onEvent(UPDATE);
        listener.onEvent(EXIT);
        assertThat(listener.lines()).hasSize(2);
        assertThatThrownBy(() -> listener.onEvent(EXIT)).isInstanceOf(AssertionError.class);
    }

    @Test
    void onReset_always_discardsThePresences() {
        RecordingListener listener = RecordingListener.create();
        listener.onEvent(ENTER);
        listener.onReset();
        assertThat(listener.present()).isEmpty();
        listener.onEvent(ENTER);
        listener.onSynced(1);
        assertThat(listener.isSynced()).isTrue();
        assertThat(listener.resets()).isEqualTo(1);
    }

    @Test
    void anyCall_afterOnClosed_fails() {
        RecordingListener listener = RecordingListener.create();
        listener.onClosed(CloseReason.STORE_CLOSED);
        assertThat(listener.closeReason()).isEqualTo(CloseReason.STORE_CLOSED);
        assertThatThrownBy(() -> listener.onSynced(1)).hasMessage("no call must follow closed: synced");
        assertThatThrownBy(listener::lines).hasMessage("no call must follow closed: synced");
    }

    @Test
    void unchecked_anySequence_isRecorded() {
        RecordingListener listener = RecordingListener.unchecked();
        listener.onEvent(EXIT);
        listener.onClosed(CloseReason.STORE_CLOSED);
        listener.onEvent(UPDATE);
        assertThat(listener.lines()).containsExactly("EXIT p EXPIRED", "UPDATE p away");
    }

    @Test
    void await_withStoreThread_returnsWhenTheConditionHolds() {
        RecordingListener listener = RecordingListener.withSnapshot();
        try (PresenceStore store = PresenceStore.builder().build()) {
            store.subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), listener);
            listener.awaitSynced(LONG);
            store.upsert(PresenceUpsert.of("p", "ada", "online"));
            assertThat(listener.awaitEvents(1, LONG)).hasSize(1);
        }
        assertThat(listener.awaitClosed(LONG)).isEqualTo(CloseReason.STORE_CLOSED);
    }

    @Test
    void await_atTimeout_failsWithTheRecord() {
        RecordingListener listener = RecordingListener.create();
        listener.onEvent(ENTER);
        assertThatThrownBy(() -> listener.awaitEvents(2, Duration.ofMillis(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("recorded events must be at least 2 within PT0.001S: [ENTER p online]");
        assertThatThrownBy(() -> listener.awaitSynced(Duration.ZERO))
                .hasMessage("the listener must be in sync within PT0S: [ENTER p online]");
        assertThatThrownBy(() -> listener.awaitClosed(Duration.ZERO)).isInstanceOf(AssertionError.class);
    }

    @Test
    void await_byInterruptedThread_failsAndKeepsTheInterrupt() {
        RecordingListener listener = RecordingListener.create();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> listener.awaitSynced(LONG))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
