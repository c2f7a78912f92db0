package io.presence.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceEvent;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the tested table of docs/guide/heartbeats.md holds in this store, with the clients' own gaps. */
class HeartbeatTableTest {

    private static final Duration SLACK = Duration.ofSeconds(15);
    private static final int BEATS = 60;

    private final TestStore test = TestStore.create();
    private final PresenceStore store = test.store();
    private final Recorder received = test.follow(store);
    private final PresenceSession session = store.open(Principal.user("ada").build());

    @AfterEach
    void close() {
        test.close();
    }

    static List<HeartbeatRow> rows() {
        return HeartbeatRow.all();
    }

    @Test
    void rows_ofThePage_areFound() {
        assertThat(rows()).hasSizeGreaterThan(10);
        assertThat(rows()).extracting(HeartbeatRow::kind).contains("touch", "upsert", "session");
    }

    private void start(HeartbeatRow row) {
        session.upsert(upsert(row));
        test.drain();
        assertThat(received.takeLines()).containsExactly("ENTER tab online");
    }

    private static PresenceUpsert upsert(HeartbeatRow row) {
        return PresenceUpsert.of("tab", "ada", "online").expiresIn(row.ttl());
    }

    private void beat(HeartbeatRow row) {
        switch (row.kind()) {
            case "touch" -> assertThat(store.touch("tab")).isTrue();
            case "upsert" -> session.upsert(upsert(row));
            case "session" -> assertThat(session.touch()).isEqualTo(1);
            default -> throw new AssertionError("heartbeat is unknown: " + row.kind());
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    @Promise("hidden-tab")
    void client_thatIsVisibleThenHidden_isNeverGone(HeartbeatRow row) {
        start(row);
        for (Duration gap : List.of(row.beat(), row.hidden(), row.beat())) {
            for (int i = 0; i < BEATS; i++) {
                test.pass(gap);
                beat(row);
            }
        }
        test.drain();
        assertThat(received.takeLines()).isEmpty();
        assertThat(row.ttl()).isGreaterThanOrEqualTo(row.hidden().plus(SLACK));
    }

    /** With heartbeats that set twice the TTL, each row fails except those whose heartbeat is an upsert. */
    @ParameterizedTest
    @MethodSource("rows")
    @Promise("silent-client")
    void client_thatFallsSilent_isGoneAfterTheTimesOfTheRow(HeartbeatRow row) {
        long longest = secondsFromLossToEnd(row, Duration.ZERO);
        long shortest = secondsFromLossToEnd(row, row.beat());
        assertThat(row.goneAfter()).isEqualTo(shortest + " to " + longest + " s");
    }

    /** The client is lost some time after a heartbeat. Nobody closes the session. */
    private long secondsFromLossToEnd(HeartbeatRow row, Duration sinceBeat) {
        start(row);
        test.pass(row.beat());
        beat(row);
        test.pass(sinceBeat);
        Instant loss = test.clock().instant();
        List<PresenceEvent> events = received.take();
        while (events.isEmpty()
                && test.clock().instant().isBefore(loss.plus(row.ttl().multipliedBy(3)))) {
            test.pass(PresenceStoreBuilder.DEFAULT_TICK);
            events = received.take();
        }
        assertThat(events).hasSize(1);
        Duration late = Duration.between(events.get(0).endedAt(), test.clock().instant());
        assertThat(late).isBetween(Duration.ZERO, PresenceStoreBuilder.DEFAULT_TICK);
        return Duration.between(loss, events.get(0).endedAt()).toSeconds();
    }
}
