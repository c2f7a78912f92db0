package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceStoreBuilder;
import io.presence.PresenceUpsert;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import io.presence.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a presence after writes of clients that know nothing but upsert and update. */
class LeaseStoriesTest {

    private static final Duration TTL = Duration.ofSeconds(1);
    private static final Duration TICK = PresenceStoreBuilder.DEFAULT_TICK;
    private static final PresenceUpsert ONLINE =
            PresenceUpsert.of("p", "ada", "online").metadata(Map.of("n", 0)).expiresIn(TTL);

    private final TestStore test = TestStore.create();
    private final PresenceStore store = test.store();
    private final Recorder received = test.follow(store);

    @AfterEach
    void close() {
        test.close();
    }

    private void assertEndsAt(Instant end) {
        test.pass(Duration.between(test.clock().instant(), end).minusNanos(1));
        assertThat(store.get("p")).isNotNull();
        test.pass(Duration.ofNanos(1));
        assertThat(store.get("p")).isNull();
        test.pass(TICK);
        assertThat(received.takeLines()).last().isEqualTo("EXIT p EXPIRED");
        assertThat(received.events())
                .last()
                .satisfies(event -> assertThat(event.endedAt()).isEqualTo(end));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 300, 900})
    @Promise("unchanged-write")
    void equalWrites_atGapsOf1And300And900Millis_endExactlyOneTtlAfterTheLast(int gap) {
        store.upsert(ONLINE);
        for (int beat = 0; beat < 50; beat++) {
            test.pass(Duration.ofMillis(gap));
            store.upsert(ONLINE);
        }
        assertThat(received.takeLines()).containsExactly("ENTER p online");
        assertEndsAt(test.clock().instant().plus(TTL));
    }

    private void updateEach100Millis(Consumer<Integer> update) {
        store.upsert(ONLINE);
        for (int n = 1; n < 10; n++) {
            test.pass(Duration.ofMillis(100));
            update.accept(n);
        }
    }

    @Test
    @Promise("patch-keeps-deadline")
    void patchWithoutLifetime_ofEachKind_neitherEndsNorImmortalises() {
        updateEach100Millis(n -> {
            store.update("p", PresencePatch.none().merge(Map.of("n", n)));
            store.update("p", PresencePatch.none().set("metadata.m", n));
            store.update("p", PresencePatch.none().unset("metadata.m"));
            store.update("p", PresencePatch.none().metadata(Map.of("n", -n)));
            store.update("p", PresencePatch.none().status("s" + n));
        });
        assertEndsAt(ManualClock.START.plus(TTL));
    }

    @Test
    @Promise("patch-keeps-deadline")
    void patchWithoutLifetime_thatChangesNothing_neitherEndsNorImmortalises() {
        updateEach100Millis(n -> store.update("p", PresencePatch.none().merge(Map.of("n", 0))));
        assertThat(received.takeLines()).containsExactly("ENTER p online");
        assertEndsAt(ManualClock.START.plus(TTL));
    }

    @Test
    void mergeThatChangesNothing_withLifetime_isAHeartbeat() {
        updateEach100Millis(
                n -> store.update("p", PresencePatch.none().set("metadata.n", 0).expiresIn(TTL)));
        assertThat(received.takeLines()).containsExactly("ENTER p online");
        assertEndsAt(test.clock().instant().plus(TTL));
    }

    /** "Typing ends by itself": each key renews a presence of its own, which ends one TTL after the last. */
    @Test
    void typing_withoutAKeyForItsLifetime_endsByItself() {
        PresenceUpsert typing = PresenceUpsert.of("p", "ada", "typing").expiresIn(Duration.ofSeconds(3));
        for (int key = 0; key < 20; key++) {
            store.upsert(typing);
            test.pass(Duration.ofMillis(400));
        }
        assertThat(received.takeLines()).containsExactly("ENTER p typing");
        assertEndsAt(test.clock().instant().minusMillis(400).plusSeconds(3));
    }
}
