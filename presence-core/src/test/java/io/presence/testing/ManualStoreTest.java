package io.presence.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.presence.Channel;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.Subscription.CloseReason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ManualStoreTest {

    private static PresenceUpsert ada(String status) {
        return PresenceUpsert.of("p", "ada", status);
    }

    @Test
    void run_afterWrites_deliversThem() {
        try (ManualStore test = ManualStore.create()) {
            RecordingListener listener = RecordingListener.create();
            test.store().subscribe(Channel.presences(), listener);
            test.store().upsert(ada("online"));
            assertThat(listener.lines()).isEmpty();
            test.run();
            assertThat(listener.lines()).containsExactly("ENTER p online");
        }
    }

    @Test
    void advance_toTheDeadline_expiresToTheNanosecond() {
        try (ManualStore test = ManualStore.of(PresenceStore.builder().defaultTtl(Duration.ofSeconds(30)))) {
            RecordingListener listener = RecordingListener.create();
            test.store().subscribe(Channel.presences(), listener);
            test.store().upsert(ada("online"));
            test.advance(Duration.ofSeconds(30).minusNanos(1));
            assertThat(test.store().get("p")).isNotNull();
            test.advance(Duration.ofNanos(1));
            assertThat(test.store().get("p")).isNull();
            test.advance(PresenceStoreBuilder.DEFAULT_TICK);
            assertThat(listener.lines()).containsExactly("ENTER p online", "EXIT p EXPIRED");
        }
    }

    @Test
    void run_withThrowingListener_failsOnce() {
        try (ManualStore test = ManualStore.create()) {
            test.store().subscribe(Channel.presences(), event -> {
                throw new IllegalStateException("on purpose");
            });
            test.store().upsert(ada("online"));
            assertThatThrownBy(test::run)
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("a listener must not throw: java.lang.IllegalStateException: on purpose")
                    .hasCauseInstanceOf(IllegalStateException.class);
            test.run();
        }
    }

    @Test
    void close_withThrowingListener_fails() {
        ManualStore test = ManualStore.create();
        test.store().subscribe(Channel.presences(), event -> {
            throw new IllegalStateException("on purpose");
        });
        test.store().upsert(ada("online"));
        assertThatThrownBy(test::close).isInstanceOf(AssertionError.class);
    }

    @Test
    void run_withListenerThatWritesOnEachEvent_fails() {
        try (ManualStore test = ManualStore.create()) {
            Subscription endless = test.store()
                    .subscribe(Channel.presences(), event -> test.store().upsert(ada("s" + event.revision())));
            test.store().upsert(ada("online"));
            assertThatThrownBy(test::run).isInstanceOf(AssertionError.class).hasMessageContaining("come to rest");
            endless.close();
        }
    }

    @Test
    void close_always_deliversAndClosesSubscriptions() {
        RecordingListener listener = RecordingListener.create();
        try (ManualStore test = ManualStore.create()) {
            test.store().subscribe(Channel.presences(), listener);
            test.store().upsert(ada("online"));
        }
        assertThat(listener.lines()).containsExactly("ENTER p online");
        assertThat(listener.closeReason()).isEqualTo(CloseReason.STORE_CLOSED);
    }

    @Test
    void of_optionsThatItSets_isRefused() {
        assertThatThrownBy(() -> ManualStore.of(PresenceStore.builder().callerDriven()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> ManualStore.of(PresenceStore.builder().nanoClock(System::nanoTime)))
                .isInstanceOf(IllegalStateException.class);
    }
}
