package io.presence.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.HeapHistogram;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.fixture.TestStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The history is bounded by bytes, whatever is written, and says so to subscriptions that return. */
class HistoryBytesTest {

    private static final long MIB = 1 << 20;
    private static final int LARGE = 60_000;

    private TestStore test = TestStore.create();

    @AfterEach
    void close() {
        test.close();
    }

    private void write(Map<String, ?> metadata) {
        test.store()
                .upsert(PresenceUpsert.of("one", "ada", "online")
                        .metadata(metadata)
                        .expiresIn(Duration.ofHours(1)));
        test.drain();
    }

    private static Map<String, ?> text(int round) {
        return Map.of("d", (round + "x").repeat(LARGE).substring(0, LARGE));
    }

    /* The heaviest that JSON of the size can be: a map with a null takes a linked map and a wrapper. */
    private static Map<String, ?> smallMaps(int round) {
        List<Object> maps = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            Map<String, Object> map = new HashMap<>();
            map.put("k" + round % 10, null);
            maps.add(map);
        }
        return Map.of("d", maps);
    }

    private static Map<String, ?> nulls(int round) {
        return Map.of("d", List.of(round, Collections.nCopies(200, Map.of("a", "b" + round, "c", round + 0.5))));
    }

    private long growth(int rounds, IntFunction<Map<String, ?>> metadata) {
        /* The index keeps 64 records to plan by, of which later writes replace one in 16. */
        for (int i = 0; i < 64; i++) {
            write(Map.of("d", i));
        }
        write(metadata.apply(0));
        long before = HeapHistogram.least().bytes();
        for (int round = 1; round < rounds; round++) {
            write(metadata.apply(round));
        }
        return HeapHistogram.least().bytes() - before;
    }

    @Test
    @Promise("history-size")
    void history_ofLargeTexts_staysWithinHistoryBytes() {
        assertThat(growth(1_000, HistoryBytesTest::text)).isBetween(MIB, 20 * MIB);
    }

    @Test
    @Promise("history-size")
    void history_ofManySmallMaps_staysWithinHistoryBytes() {
        assertThat(growth(64, HistoryBytesTest::smallMaps)).isBetween(MIB, 20 * MIB);
    }

    @Test
    @Promise("history-size")
    void history_ofNestedValues_staysWithinHistoryBytes() {
        assertThat(growth(2_000, HistoryBytesTest::nulls)).isBetween(MIB, 20 * MIB);
    }

    @Test
    void resume_fromBeforeHistoryBytes_resets() {
        test.close();
        test = TestStore.create(builder -> builder.historyBytes(4 * LARGE));
        write(text(0));
        String old = tokenNow();
        for (int round = 1; round < 8; round++) {
            write(text(round));
        }
        String recent = tokenNow();
        write(text(9));
        assertThat(resetsOf(old)).isOne();
        assertThat(resetsOf(recent)).isZero();
    }

    @Test
    void history_ofChangesWithSameMetadata_isCheap() {
        test.close();
        test = TestStore.create(builder -> builder.historyBytes(4 * LARGE));
        write(text(0));
        String old = tokenNow();
        for (int round = 0; round < 200; round++) {
            test.store().update("one", PresencePatch.none().status("s" + round));
            test.drain();
        }
        assertThat(resetsOf(old)).isZero();
    }

    private String tokenNow() {
        Subscription subscription = test.store().subscribe(Channel.presences(), event -> {});
        test.drain();
        String token = subscription.resumeToken();
        subscription.close();
        return token;
    }

    private int resetsOf(String token) {
        Recorder recorder = Recorder.loose();
        test.store()
                .subscribe(Channel.presences(), SubscriptionOptions.defaults().resumeFrom(token), recorder);
        test.drain();
        return recorder.resets();
    }
}
