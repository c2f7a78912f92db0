package io.presence.bench.store;

import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Measures a heartbeat of all presences of one session among a million live presences, beside heartbeats of presences
 * by id. Sessions and ids come in a random order, so that a store's entry is not in the cache.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar SessionTouchBenchmark -prof gc
 * }</pre>
 */
public class SessionTouchBenchmark extends StoreBenchmark {

    private static final int RING = 1 << 16;

    /** The number of live presences. */
    @Param("1000000")
    public int presences;

    /** The number of presences that each session holds. */
    @Param("8")
    public int held;

    private PresenceStore store;
    private PresenceSession[] sessions;
    private String[] ids;
    private List<List<String>> groups;
    private int next;

    /** Opens the sessions, each of another user. */
    @Setup(Level.Trial)
    public void setUp() {
        store = PresenceStore.builder()
                .callerDriven()
                .maxPresences(presences)
                .defaultTtl(Duration.ofHours(1))
                .build();
        sessions = new PresenceSession[presences / held];
        for (int i = 0; i < sessions.length; i++) {
            sessions[i] = store.open(Principal.user("user-" + i).build());
        }
        /* One presence of each session at a time, so that those of one session are not beside each other. */
        for (int j = 0; j < held; j++) {
            for (int i = 0; i < sessions.length; i++) {
                sessions[i].upsert(PresenceUpsert.of(id(i, j), "online"));
            }
            drain();
        }
        shuffle();
    }

    private static String id(int session, int number) {
        return "presence-" + session + "-" + number;
    }

    private void drain() {
        while (store.doWork() > 0) {
            Thread.onSpinWait();
        }
    }

    private void shuffle() {
        Random random = new Random(1);
        Integer[] order = new Integer[sessions.length];
        Arrays.setAll(order, i -> i);
        Collections.shuffle(Arrays.asList(order), random);
        PresenceSession[] shuffled = new PresenceSession[Math.min(RING, sessions.length)];
        ids = new String[shuffled.length];
        List<List<String>> all = new ArrayList<>();
        for (int i = 0; i < shuffled.length; i++) {
            int session = order[i];
            shuffled[i] = sessions[session];
            ids[i] = id(session, random.nextInt(held));
            String[] group = new String[held];
            Arrays.setAll(group, j -> id(session, j));
            all.add(List.of(group));
        }
        groups = all;
        sessions = shuffled;
    }

    /** Closes the store. */
    @TearDown(Level.Trial)
    public void tearDown() {
        store.close();
    }

    private int next() {
        next = next + 1 == sessions.length ? 0 : next + 1;
        return next;
    }

    /** Sends a heartbeat to one presence, by id. */
    @Benchmark
    public boolean touch() {
        return store.touch(ids[next()]);
    }

    /** Sends a heartbeat to all presences of a session. */
    @Benchmark
    public int touchSession() {
        return sessions[next()].touch();
    }

    /** Sends a heartbeat to as many presences, by id. */
    @Benchmark
    public int touchAll() {
        return store.touchAll(groups.get(next()));
    }
}
