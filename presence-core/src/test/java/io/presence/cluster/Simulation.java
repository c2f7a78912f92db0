package io.presence.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Permission;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceException;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.Role;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Some nodes, a faulty network, and steps that write, break and mend. At the end the faults stop, and after a bounded
 * time all nodes must show the same.
 */
final class Simulation {

    static final Duration LEASE = Duration.ofSeconds(2);

    private static final long MILLI = 1_000_000;
    private static final long QUANTUM = 20 * MILLI;
    private static final long LONG_QUANTUM = 100 * MILLI;
    private static final PresencePatch LAST =
            PresencePatch.none().metadata(Map.of("room", "last")).expiresIn(Duration.ofHours(1));
    private static final int USERS = 3;
    private static final int IDS = 5;
    /* Detection, lease, hold, then a digest, a pull and the transfer, with one more digest for an adopted creation. */
    private static final long SETTLING = 8_000;

    final SimulatedNetwork network;
    final List<SimulatedNode> nodes = new ArrayList<>();

    private final SplittableRandom random;
    private final Duration hold;
    private final Map<String, Integer> starts = new HashMap<>();
    private final List<String> crashed = new ArrayList<>();
    /* The presences that a step may have ended, and whether it may have ended all. */
    private final Set<String> ended = new HashSet<>();
    private boolean mayEndAll;
    private long seed;

    /** Starts a number of nodes that know each other. */
    Simulation(long seed, int count, Duration hold) {
        this.seed = seed;
        this.hold = hold;
        this.random = new SplittableRandom(seed);
        this.network = new SimulatedNetwork(random.nextLong());
        for (int i = 0; i < count; i++) {
            start("n" + i);
        }
    }

    SimulatedNode start(String name) {
        starts.merge(name, 1, Integer::sum);
        ClusterOptions options = ClusterOptions.over(network.join(name))
                .lease(LEASE)
                .holdLost(hold)
                .handOver(random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(1));
        Duration skew = Duration.ofMinutes(random.nextInt(-300, 300));
        SimulatedNode node = new SimulatedNode(network, name, seed++, options, skew);
        nodes.add(node);
        return node;
    }

    /** Runs all nodes for a time. */
    void run(long millis) {
        run(millis, QUANTUM);
    }

    private void run(long millis, long quantum) {
        long end = network.now() + millis * MILLI;
        while (network.now() < end) {
            network.runTo(Math.min(end, network.now() + quantum));
            for (SimulatedNode node : nodes) {
                node.runTo(network.now());
            }
        }
    }

    /** Does one step, of a kind and with numbers that select the rest. */
    void step(int kind, int first, int second, int third) {
        if (nodes.isEmpty()) {
            start("n0");
        }
        SimulatedNode node = nodes.get(first % nodes.size());
        if (network.now() < node.pausedUntil && kind < FIRST_FAULT) {
            return;
        }
        try {
            step(kind, node, second, third);
        } catch (PresenceException refused) {
            /* As a caller would see it. */
        }
        run(third % 5 == 0 ? third % 1_000 : third % 50);
    }

    static final int KINDS = 16;
    private static final int FIRST_FAULT = 9;

    private void step(int kind, SimulatedNode node, int second, int third) {
        String id = "p" + second % IDS;
        String user = "u" + third % USERS;
        noteEnd(kind, id, third);
        switch (kind) {
            case 0, 1 -> node.store.upsert(upsert(id, user, second, third));
            case 2 -> node.store.update(id, PresencePatch.none().status("s" + third % 7));
            case 3 -> node.store.touch(id);
            case 4 -> node.store.delete(id);
            case 5, 6 -> session(node, second, user).upsert(upsert(id, user, second, third));
            case 7 -> closeSession(node, second, third);
            case 8 ->
                node.sessions.forEach(each -> {
                    if (each.isOpen()) {
                        each.touch();
                    }
                });
            case 9 -> network.cut("n" + second % 7, "n" + third % 7);
            case 10 -> cutBoth("n" + second % 7, "n" + third % 7);
            case 11 -> network.heal();
            case 12 -> crash(node);
            case 13 -> restart();
            case 14 -> leave(node);
            default -> node.pausedUntil = network.now() + third % 4_000 * MILLI;
        }
    }

    /* A short time to live, a delete, the end of a session, and the loss or the end of a node. */
    private void noteEnd(int kind, String id, int third) {
        boolean isShort = kind <= 6 && kind != 3 && third % 4 == 0;
        if (isShort || kind == 4) {
            ended.add(id);
        }
        mayEndAll |= kind == 7 || kind == 12 || kind == 14;
    }

    private static PresenceUpsert upsert(String id, String user, int second, int third) {
        PresenceUpsert upsert = PresenceUpsert.of(id, user, "s" + third % 7)
                .metadata(Map.of("room", "r" + second % 3))
                .expiresIn(third % 4 == 0 ? Duration.ofSeconds(2) : Duration.ofHours(1));
        upsert = second % 3 == 0 ? upsert.permissions(Permission.read(Role.user("stranger"))) : upsert;
        return third % 6 == 0 ? upsert.idle(Duration.ofSeconds(1), "away") : upsert;
    }

    private static PresenceSession session(SimulatedNode node, int second, String user) {
        node.sessions.removeIf(each -> !each.isOpen());
        return node.sessions.stream()
                .filter(each -> user.equals(each.principal().userId()))
                .findFirst()
                .orElseGet(() -> {
                    PresenceSession opened =
                            node.store.open(Principal.user(user).build());
                    node.sessions.add(opened);
                    return opened;
                });
    }

    private static void closeSession(SimulatedNode node, int second, int third) {
        if (!node.sessions.isEmpty()) {
            node.sessions.get(second % node.sessions.size()).close(Duration.ofMillis(third % 2_000));
        }
    }

    private void cutBoth(String one, String other) {
        network.cut(one, other);
        network.cut(other, one);
    }

    private void crash(SimulatedNode node) {
        if (nodes.size() > 1) {
            network.crash(node.name);
            nodes.remove(node);
            crashed.add(node.name);
        }
    }

    private void restart() {
        if (!crashed.isEmpty()) {
            start(crashed.remove(0));
        }
    }

    private void leave(SimulatedNode node) {
        if (nodes.size() > 1) {
            node.pausedUntil = 0;
            node.store.close();
            node.runTo(network.now());
            nodes.remove(node);
            crashed.add(node.name);
        }
    }

    /** Ends the faults, waits for the bounded time, and checks that all nodes agree. */
    void settle() {
        Set<String> alive = new TreeSet<>();
        nodes.forEach(node -> alive.addAll(node.shown().keySet()));
        alive.removeAll(ended);
        network.setFaults(0, 0, 5);
        network.heal();
        for (SimulatedNode node : nodes) {
            node.pausedUntil = 0;
        }
        run(SETTLING, LONG_QUANTUM);
        assertAgreement();
        if (!mayEndAll) {
            assertThat(nodes.get(0).shown().keySet())
                    .as("presences that nobody has ended")
                    .containsAll(alive);
        }
        assertSilence();
        writeAll();
    }

    /* Each presence is updated or deleted, on any node. All nodes then show that, and the updated ones never ended. */
    private void writeAll() {
        Set<String> updated = new TreeSet<>();
        for (String id : nodes.get(0).shown().keySet()) {
            SimulatedNode node = nodes.get(random.nextInt(nodes.size()));
            if (random.nextBoolean()) {
                assertThat(node.store.delete(id)).as("delete of %s", id).isTrue();
            } else {
                node.store.update(id, LAST);
                updated.add(id);
            }
        }
        Map<SimulatedNode, Integer> before = new HashMap<>();
        nodes.forEach(node -> before.put(node, node.events.events().size()));
        run(2_000, LONG_QUANTUM);
        assertAgreement();
        assertThat(nodes.get(0).shown()).as("presences that were updated").containsOnlyKeys(updated);
        assertThat(nodes.get(0).shown().values()).allMatch(text -> text.contains("room=last"));
        before.forEach((node, size) -> assertThat(
                        node.events.events().subList(size, node.events.events().size()))
                .as("later events of %s", node.name)
                .noneMatch(event -> event.change() == Change.EXIT
                        && updated.contains(event.presence().id())));
    }

    private void assertAgreement() {
        long owned = 0;
        for (SimulatedNode node : nodes) {
            Map<String, String> shown = node.shown();
            assertThat(shown)
                    .as("presences of %s", node.name)
                    .isEqualTo(nodes.get(0).shown());
            assertThat(folded(node)).as("events of %s", node.name).isEqualTo(shown);
            assertThat(node.status().peers()).as("peers of %s", node.name).hasSize(nodes.size() - 1);
            assertThat(node.store.stats().presences())
                    .as("entries of %s", node.name)
                    .isEqualTo(shown.size());
            assertThat(node.ofStranger)
                    .as("events of a stranger")
                    .allMatch(event -> event.presence().permissions().contains(Permission.read(Role.user("stranger"))));
            owned += node.status().ownPresences();
        }
        assertThat(owned).as("owned presences").isEqualTo(nodes.get(0).shown().size());
    }

    private static Map<String, String> folded(SimulatedNode node) {
        Map<String, String> folded = new HashMap<>();
        node.events.present().forEach((id, presence) -> folded.put(id, SimulatedNode.text(presence)));
        return folded;
    }

    /* Without changes there are only digests: one from each node in each fifth of the lease, to each other one. */
    private void assertSilence() {
        List<Long> revisions =
                nodes.stream().map(node -> node.status().revision()).toList();
        long before = network.frames();
        int leases = 2;
        run(leases * LEASE.toMillis(), LONG_QUANTUM);
        long digests = (long) nodes.size() * (nodes.size() - 1) * (5 * leases + 1);
        boolean isIdle = revisions.equals(
                nodes.stream().map(node -> node.status().revision()).toList());
        if (isIdle) {
            assertThat(network.frames() - before).as("frames without a change").isLessThanOrEqualTo(digests);
        }
    }

    void close() {
        nodes.forEach(node -> node.store.close());
    }
}
