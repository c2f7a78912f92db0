package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Role;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A clock of the host that fails at each of its readings in a write: the write happens or not, and the next is
 * delivered.
 */
class FailingClockTest {

    private static final int MOST_READINGS = 20;

    private int untilFailure = Integer.MAX_VALUE;

    /** A write, by name. */
    record Write(String name, Consumer<PresenceStore> effect) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Write> writes() {
        return Stream.of(
                new Write("upsert", store -> upsert(store, "p", "away")),
                new Write("upsert of a new id", store -> upsert(store, "q", "away")),
                new Write("upsert after a delete", store -> {
                    store.delete("p");
                    upsert(store, "p", "away");
                }),
                new Write(
                        "update",
                        store -> store.update("p", PresencePatch.none().status("away"))),
                new Write(
                        "update of rights and lifetime",
                        store -> store.update(
                                "p",
                                PresencePatch.none()
                                        .permissions(Permission.read(Role.any()))
                                        .expiresIn(Duration.ofSeconds(5)))),
                new Write("touch", store -> store.touch("p")),
                new Write("delete", store -> store.delete("p")));
    }

    private static void upsert(PresenceStore store, String id, String status) {
        store.upsert(PresenceUpsert.of(id, "ada", status).expiresIn(Duration.ofSeconds(10)));
    }

    private void read() {
        if (--untilFailure == 0) {
            throw new IllegalStateException("clock");
        }
    }

    @ParameterizedTest
    @MethodSource("writes")
    @Promise("write-atomic")
    void write_afterClockFailureAtAnyReading_isDelivered(Write write) {
        int failing = 1;
        while (fails(write, failing)) {
            failing++;
        }
        assertThat(failing).as("readings in a write").isBetween(2, MOST_READINGS);
    }

    /** Returns whether the write read the clock as often as that. */
    private boolean fails(Write write, int reading) {
        try (PresenceStore store = PresenceStore.builder()
                .callerDriven()
                .nanoClock(() -> {
                    read();
                    return 0;
                })
                .wallClock(() -> {
                    read();
                    return Instant.EPOCH;
                })
                .build()) {
            Recorder delivered = Recorder.chained();
            store.subscribe(io.presence.Channel.presences(), delivered);
            upsert(store, "p", "online");
            drain(store);
            untilFailure = reading;
            try {
                write.effect().accept(store);
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("clock");
            }
            boolean hasFailed = untilFailure <= 0;
            untilFailure = Integer.MAX_VALUE;
            drain(store);
            assertDelivered(store, delivered);
            upsert(store, "p", "again");
            drain(store);
            assertThat(delivered.assembled().get("p"))
                    .extracting(Presence::status)
                    .isEqualTo("again");
            assertDelivered(store, delivered);
            return hasFailed;
        }
    }

    private static void assertDelivered(PresenceStore store, Recorder delivered) {
        assertThat(delivered.assembled().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        store.list().presences().stream().map(Presence::id).toList());
        delivered
                .assembled()
                .forEach((id, presence) ->
                        assertThat(store.get(id)).extracting(Presence::status).isEqualTo(presence.status()));
    }

    private static void drain(PresenceStore store) {
        while (store.doWork() > 0) {
            /* Until there is nothing to do. */
        }
    }
}
