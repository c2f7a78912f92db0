package io.presence.bench.soak;

import io.presence.Presence;
import io.presence.PresenceException;
import io.presence.PresenceException.Code;
import io.presence.PresenceStore;
import io.presence.bench.workload.Zipf;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sessions that open, close, resume and take locks. Every ten seconds half of the clients lose their connections and
 * connect again at the same moment: a reconnect storm.
 */
final class Clients extends Worker {

    private static final int BATCH = 64;
    private static final String ROOM = "of-client-";
    private static final int ROOMS = 64;
    private static final int RESOURCES = 200;
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final long STORM_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /* Another session has the presence or the lock, or the queue is full. */
    private static final Set<Code> REFUSALS =
            EnumSet.of(Code.FENCED, Code.NOT_FOUND, Code.LIMIT_EXCEEDED, Code.ID_UNAVAILABLE);

    private final Client[] clients;
    private final SplittableRandom random;
    private final Zipf resources;
    private long lastStorm = System.nanoTime();
    private long storms;
    private long opened;
    private long refused;

    Clients(PresenceStore store, SoakPlan plan, Gate gate, Findings findings) {
        super(gate, findings);
        this.random = new SplittableRandom(~plan.seed());
        this.resources = new Zipf(RESOURCES, ~plan.seed());
        this.clients = new Client[plan.clients()];
        Arrays.setAll(clients, number -> new Client(store, number, room(number % ROOMS), findings));
    }

    @Override
    void batch() {
        for (int i = 0; i < BATCH; i++) {
            Client client = clients[random.nextInt(clients.length)];
            try {
                one(client, random.nextInt(100));
            } catch (PresenceException refusal) {
                refused++;
                if (!REFUSALS.contains(refusal.code())) {
                    throw refusal;
                }
            }
        }
        if (System.nanoTime() - lastStorm > STORM_NANOS) {
            storm();
            lastStorm = System.nanoTime();
        }
    }

    @Override
    void rest() {
        LockSupport.parkNanos(REST_NANOS);
    }

    private void one(Client client, int percent) {
        if (!client.isOpen()) {
            open(client);
        } else if (percent < 50) {
            client.touch();
        } else if (percent < 60) {
            client.tryLock(resource());
        } else if (percent < 65) {
            client.waitForLock(resource());
        } else if (percent < 68) {
            client.stealLock(resource());
        } else if (percent < 80) {
            client.release();
        } else if (percent < 92) {
            client.move(anyRoom());
        } else {
            client.close(percent < 96 ? Duration.ZERO : GRACE);
        }
    }

    private void storm() {
        for (int i = 0; i < clients.length; i += 2) {
            if (clients[i].isOpen()) {
                clients[i].close(GRACE);
            }
        }
        for (int i = 0; i < clients.length; i += 2) {
            open(clients[i]);
        }
        storms++;
    }

    private void open(Client client) {
        client.open(anyRoom());
        opened++;
    }

    private String anyRoom() {
        return room(random.nextInt(ROOMS));
    }

    private String resource() {
        return "doc:" + resources.next();
    }

    /** Closes all sessions, half of them with a grace. */
    void closeAll() {
        for (int i = 0; i < clients.length; i++) {
            if (clients[i].isOpen()) {
                clients[i].close(i % 4 < 2 ? Duration.ZERO : GRACE);
            }
            clients[i].forget();
        }
    }

    /** Compares the views of all clients that are connected. */
    void compare(Map<String, Presence> truth, String when) {
        Map<String, Map<String, Presence>> byRoom = new HashMap<>();
        for (Presence one : truth.values()) {
            String room = String.valueOf(one.metadata().get("room"));
            if (room.startsWith(ROOM)) {
                byRoom.computeIfAbsent(room, unused -> new HashMap<>()).put(one.id(), one);
            }
        }
        for (Client client : clients) {
            client.compare(byRoom, when);
        }
    }

    long openSessions() {
        return Arrays.stream(clients).filter(Client::isOpen).count();
    }

    long heldLocks() {
        return Arrays.stream(clients).mapToLong(Client::heldLocks).sum();
    }

    String summary() {
        return String.format(
                Locale.ROOT,
                "%,d sessions opened, %,d storms, %,d refusals, %,d events, %,d resets",
                opened,
                storms,
                refused,
                Arrays.stream(clients).mapToLong(Client::events).sum(),
                Arrays.stream(clients).mapToLong(Client::resets).sum());
    }

    /** Returns the number of rooms that the clients use beside those of the writers. */
    static int rooms() {
        return ROOMS;
    }

    static String room(int number) {
        return ROOM + number;
    }
}
