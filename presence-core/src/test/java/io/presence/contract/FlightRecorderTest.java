package io.presence.contract;

import static io.presence.fixture.Allocations.assertAllocatesNothing;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.fixture.TestStore;
import io.presence.internal.stats.Counters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The events in JDK Flight Recorder.
 *
 * <p><b>Mutation evidence.</b> With the number of conflated changes kept after a call, and with an event created to ask
 * whether it is enabled, one test fails each.
 */
class FlightRecorderTest {

    private static final List<String> EVENTS = List.of("DispatchStall", "LateExpiry", "Conflation", "Reset");
    private static final Duration LATE = Duration.ofMillis(100);

    @TempDir
    private Path folder;

    private final TestStore test = TestStore.create(builder -> builder.name("chat"));
    private final PresenceStore store = test.store();

    @AfterEach
    void close() {
        test.close();
    }

    private void upsert(String id, String status) {
        store.upsert(PresenceUpsert.of(id, "ada", status).expiresIn(Duration.ofSeconds(30)));
    }

    /** The events of the store during an action, in a recording that enables them. */
    private List<RecordedEvent> record(Runnable action) {
        Path file = folder.resolve("events.jfr");
        try (Recording recording = new Recording()) {
            EVENTS.forEach(name -> recording.enable("io.presence." + name));
            recording.start();
            action.run();
            recording.stop();
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().startsWith("io.presence."))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RecordedEvent recordOne(String name, Runnable action) {
        List<RecordedEvent> events = record(action);
        assertThat(events).extracting(event -> event.getEventType().getName()).containsExactly("io.presence." + name);
        RecordedEvent event = events.get(0);
        assertThat(event.getString("store")).isEqualTo("chat");
        assertThat(event.getStackTrace()).isNull();
        assertThat(event.getEventType().getCategoryNames()).containsExactly("Presence");
        return event;
    }

    private static final class ResettableListener implements PresenceListener {
        @Override
        public void onEvent(PresenceEvent event) {}

        @Override
        public void onReset() {}
    }

    @Test
    void dispatchStall_ofLateDispatch_isRecorded() {
        RecordedEvent event = recordOne("DispatchStall", () -> {
            upsert("p", "a");
            test.pass(LATE.minusNanos(1));
            upsert("p", "b");
            test.pass(LATE);
        });
        assertThat(event.getDuration("lag")).isEqualTo(LATE);
    }

    @Test
    void lateExpiry_ofLateDispatch_isRecorded() {
        RecordedEvent event = recordOne("LateExpiry", () -> {
            upsert("p", "a");
            test.drain();
            test.pass(Duration.ofSeconds(30).plus(LATE).minusNanos(1));
            upsert("q", "a");
            test.drain();
            test.pass(Duration.ofSeconds(30).plus(LATE));
        });
        assertThat(event.getString("presenceId")).isEqualTo("q");
        assertThat(event.getDuration("lateness")).isEqualTo(LATE);
    }

    @Test
    void conflation_ofSlowListener_isRecordedOncePerCall() {
        Subscription subscription = store.subscribe(
                Channel.presences(), SubscriptionOptions.defaults().name("board"), event -> {});
        test.drain();
        RecordedEvent event = recordOne("Conflation", () -> {
            subscription.pause();
            for (String status : List.of("a", "b", "c")) {
                upsert("p", status);
                test.drain();
            }
            upsert("q", "a");
            test.drain();
            store.delete("q");
            upsert("r", "a");
            test.drain();
            subscription.resume();
            test.drain();
            upsert("p", "d");
            test.drain();
        });
        assertThat(event.getInt("changes")).isEqualTo(3);
        assertThat(store.stats().conflated() + store.stats().cancelledOut()).isEqualTo(3);
        assertThat(event.getString("subscription")).contains("board").isEqualTo(subscription.toString());
    }

    @Test
    void reset_ofSlowListener_isRecorded() {
        Subscription subscription = store.subscribe(
                Channel.presences(), SubscriptionOptions.defaults().maxPending(1), new ResettableListener());
        test.drain();
        RecordedEvent event = recordOne("Reset", () -> {
            subscription.pause();
            upsert("p", "a");
            upsert("q", "a");
            test.drain();
        });
        assertThat(event.getString("subscription")).isEqualTo(subscription.toString());
        assertThat(store.stats().resets()).isOne();
    }

    @Test
    @Promise("jfr-cost")
    void events_withoutRecording_allocateNothing() {
        Counters counters = new Counters("quiet");
        assertAllocatesNothing(() -> counters.dispatched(Counters.LATE_NANOS, 0));
        assertAllocatesNothing(() -> counters.expired("p", Counters.LATE_NANOS, 0));
        assertAllocatesNothing(() -> require(!counters.isConflationRecorded()));
        assertAllocatesNothing(() -> require(!counters.isResetRecorded()));
        List<RecordedEvent> recorded = record(() -> {
            require(counters.isConflationRecorded() && counters.isResetRecorded());
            counters.expired("p", Counters.LATE_NANOS, 0);
        });
        assertThat(recorded).as("the same calls, enabled").hasSize(1);
        require(!counters.isConflationRecorded());
    }

    private static void require(boolean expected) {
        if (!expected) {
            throw new AssertionError("the call must do what it is measured for");
        }
    }
}
