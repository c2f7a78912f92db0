package io.presence.bench.system;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Role;
import io.presence.SubscriptionOptions;
import io.presence.bench.PreciseSleep;
import io.presence.bench.TrialArguments;
import io.presence.bench.report.MeasurementLog;
import io.presence.bench.report.MeasurementLog.Figure;
import io.presence.query.Query;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Measures what others notice while all clients of a server come back within ten seconds.
 *
 * <p>Each client opens a session, upserts its presence and makes four subscriptions with snapshots: to its own user, to
 * its document, to its zone and to all that is typing. Meanwhile somebody else writes 500 times a second and waits for
 * each change at a listener. The figures are the 99th percentile of this time before and during the storm, and the time
 * from the first client to the last {@code onSynced}.
 *
 * <pre>{@code
 * java -Xmx8g -cp presence-bench/target/benchmarks.jar io.presence.bench.system.ReturnTrial [clients [seconds]]
 * }</pre>
 */
public final class ReturnTrial {

    private static final int SUBSCRIPTIONS_EACH = 4;
    private static final int CLIENTS_EACH = 20;
    private static final int OTHERS_PER_SECOND = 500;
    private static final long CALM_SECONDS = 5;

    private final int clients;
    private final int seconds;
    private final CountDownLatch synced;
    private final List<PresenceSession> sessions = new ArrayList<>();
    private final PresenceStore store;
    private volatile boolean isOver;
    private volatile Histogram others = new Histogram(3);

    private ReturnTrial(int clients, int seconds) {
        this.clients = clients;
        this.seconds = seconds;
        this.synced = new CountDownLatch(SUBSCRIPTIONS_EACH * clients);
        this.store = PresenceStore.builder()
                .defaultTtl(Duration.ofHours(1))
                .maxPresences(clients + 1)
                .index("metadata.documentId")
                .index("metadata.zone")
                .index("status")
                .build();
    }

    /** Runs the storm once. */
    public static void main(String[] args) throws InterruptedException {
        TrialArguments arguments = new TrialArguments(args);
        int clients = arguments.integer("clients", 100_000);
        int seconds = arguments.integer("seconds", 10);
        new ReturnTrial(clients, seconds).run();
    }

    private void run() throws InterruptedException {
        store.subscribe(
                Channel.presences(), SubscriptionOptions.defaults(), this::other, Query.equal("status", "other"));
        Thread writer = new Thread(this::writeOthers);
        writer.start();
        TimeUnit.SECONDS.sleep(CALM_SECONDS);
        record("p99 of others before", others.getValueAtPercentile(99) / 1e6, "ms");

        others = new Histogram(3);
        long start = System.nanoTime();
        returnAll(start);
        record("last client after", (System.nanoTime() - start) / 1e9, "s");
        synced.await();
        record("last snapshot after", (System.nanoTime() - start) / 1e9, "s");
        record("p99 of others during", others.getValueAtPercentile(99) / 1e6, "ms");
        record("longest of others during", others.getMaxValue() / 1e6, "ms");
        isOver = true;
        writer.join();
        sessions.forEach(PresenceSession::close);
        store.close();
    }

    private void returnAll(long start) {
        long interval = TimeUnit.SECONDS.toNanos(seconds) / clients;
        for (int number = 0; number < clients; number++) {
            PreciseSleep.await(start + number * interval);
            comeBack(number);
        }
    }

    private void comeBack(int number) {
        String user = "user-" + number;
        String document = "document-" + number / CLIENTS_EACH;
        String zone = "zone-" + number / CLIENTS_EACH % 5000;
        PresenceSession session = store.open(Principal.user(user).build());
        sessions.add(session);
        session.upsert(PresenceUpsert.of("presence-" + number, "online")
                .permissions(Permission.read(Role.users()))
                .metadata(Map.of("documentId", document, "zone", zone)));
        subscribe(session, Query.equal("userId", user));
        subscribe(session, Query.equal("metadata.documentId", document));
        subscribe(session, Query.equal("metadata.zone", zone));
        subscribe(session, Query.equal("status", "typing"));
    }

    private void subscribe(PresenceSession session, Query filter) {
        session.subscribe(
                Channel.presences(),
                SubscriptionOptions.defaults().withSnapshot(),
                new PresenceListener() {
                    @Override
                    public void onEvent(PresenceEvent event) {}

                    @Override
                    public void onSynced(long revision) {
                        synced.countDown();
                    }
                },
                filter);
    }

    private void writeOthers() {
        long next = System.nanoTime();
        while (!isOver) {
            next += TimeUnit.SECONDS.toNanos(1) / OTHERS_PER_SECOND;
            PreciseSleep.await(next);
            store.upsert(PresenceUpsert.of("other", "somebody", "other").metadata(Map.of("at", next)));
        }
    }

    private void other(PresenceEvent event) {
        if (event.presence().metadata().get("at") instanceof Long at) {
            others.recordValue(Math.max(0, System.nanoTime() - at));
        }
    }

    private void record(String measure, double value, String unit) {
        MeasurementLog.record(new Figure("ReturnTrial", "PRESENCE", clients, measure, value, unit));
    }
}
