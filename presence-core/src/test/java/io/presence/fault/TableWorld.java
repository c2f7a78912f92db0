package io.presence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceUpsert;
import io.presence.internal.store.CapturedChange;
import io.presence.internal.store.Clocks;
import io.presence.internal.store.DirtyQueue;
import io.presence.internal.store.Entry;
import io.presence.internal.store.PresenceState;
import io.presence.internal.store.PresenceTable;
import io.presence.internal.store.TrustedAccess;
import io.presence.internal.store.TtlPolicy;
import io.presence.query.AttributePath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a store with the simplest dispatcher: it repeats once what failed.
 *
 * <p><b>Threads.</b> For one thread.
 */
final class TableWorld {

    private static final Duration TTL = Duration.ofSeconds(10);
    private static final int MOST = 20;

    private final Clocks clocks = new Clocks(() -> nanos(), () -> Instant.ofEpochSecond(0, nanos()));
    private final DirtyQueue dirty = new DirtyQueue(clocks, () -> {});
    final PresenceTable entries = new PresenceTable(
            clocks,
            new TtlPolicy(TTL, Duration.ofDays(1)),
            dirty,
            MOST,
            List.of(AttributePath.of("status"), AttributePath.of("userId")));
    private final Map<String, String> delivered = new TreeMap<>();
    private long nanos;
    private long revision;

    private long nanos() {
        return nanos;
    }

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    void upsert(String id, String status) {
        entries.upsert(PresenceUpsert.of(id, "ada", status), TrustedAccess.INSTANCE);
    }

    void delete(String id) {
        entries.delete(id, null, TrustedAccess.INSTANCE);
    }

    private <T> @Nullable T again(Supplier<@Nullable T> step) {
        try {
            return step.get();
        } catch (Faults.InjectedError thrown) {
            return step.get();
        }
    }

    /** Dispatches until nothing is dirty. */
    void dispatch() {
        while (!dirty.isEmpty()) {
            Entry taken = again(dirty::poll);
            Entry newest = taken == null ? null : again(() -> entries.newest(taken));
            if (newest != null) {
                dispatch(newest);
            }
        }
    }

    /** Dispatches an entry, as the wheel does. */
    void dispatch(Entry entry) {
        Entry predecessor = entry.predecessor();
        CapturedChange capture = capture(entry);
        if (predecessor != null) {
            deliver(predecessor, capture(predecessor));
        }
        deliver(entry, capture);
    }

    private CapturedChange capture(Entry entry) {
        CapturedChange capture = new CapturedChange();
        again(() -> {
            entries.capture(entry, clocks.now(), capture);
            return true;
        });
        return capture;
    }

    private void deliver(Entry entry, CapturedChange capture) {
        PresenceState from = capture.from();
        PresenceState last = capture.last();
        if (last != from && last != null && (capture.end() == null || from != null)) {
            step(entry, last);
        }
        if (capture.end() != null) {
            if (from != null) {
                step(entry, null);
            }
            again(() -> release(entry));
        }
    }

    private @Nullable Void release(Entry entry) {
        entries.release(entry);
        return null;
    }

    private void step(Entry entry, @Nullable PresenceState after) {
        if (after == null) {
            delivered.remove(entry.id());
        } else {
            delivered.put(entry.id(), after.status());
        }
        again(() -> dispatched(entry, after));
        assertThat(entry.dispatched()).isSameAs(after);
    }

    private @Nullable Void dispatched(Entry entry, @Nullable PresenceState after) {
        entries.recordDispatched(entry, after, ++revision);
        return null;
    }

    /** Checks that what was delivered is what is there, and that all is released at the end. */
    void check(String... ids) {
        dispatch();
        checkDelivered(ids);
        for (String id : ids) {
            upsert(id, "again");
        }
        dispatch();
        checkDelivered(ids);
        assertThat(delivered).hasSize(ids.length);
        assertThat(entries.postings()).isEqualTo(2L * ids.length);
        for (String id : ids) {
            delete(id);
        }
        dispatch();
        assertThat(delivered).isEmpty();
        assertThat(entries.size()).isZero();
        assertThat(entries.postings()).isZero();
        for (int i = 0; i < MOST; i++) {
            upsert("last" + i, "online");
        }
    }

    private void checkDelivered(String... ids) {
        for (String id : ids) {
            var there = entries.get(id, TrustedAccess.INSTANCE);
            assertThat(delivered.get(id)).isEqualTo(there == null ? null : there.status());
        }
    }
}
