package io.presence.examples.cluster;

import io.presence.Channel;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.SubscriptionOptions;
import io.presence.cluster.ClusterOptions;
import io.presence.jgroups.Cuts;
import io.presence.jgroups.JGroupsOptions;
import io.presence.jgroups.JGroupsTransport;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A node of a trial, in a process of its own. The trial types commands, and reads what its subscriber has seen. */
final class TrialNode implements PresenceListener {

    private static final Logger JGROUPS_LOG = Logger.getLogger("org.jgroups");
    private static final int CHANGES_A_TICK = 10;

    private final String name;
    private final JGroupsTransport transport;
    private final PresenceStore store;
    private final Map<String, Integer> exits = new TreeMap<>();
    private @Nullable ScheduledExecutorService changing;
    private int loaded;
    private int changes;
    private long shown;
    private long hash;

    private TrialNode(String name, int port, List<String> peers, Duration suspectAfter, Duration handOver) {
        this.name = name;
        transport = JGroupsTransport.of(
                JGroupsOptions.at("127.0.0.1", port).peers(peers).nodeName(name).suspectAfter(suspectAfter));
        store = PresenceStore.builder()
                .name(name)
                .cluster(ClusterOptions.over(transport).handOver(handOver))
                .build();
        store.subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), this);
    }

    /** Takes the name, the port, the peers, and two times in milliseconds: to suspect, and to hand over. */
    public static void main(String[] args) throws Exception {
        JGROUPS_LOG.setLevel(Level.SEVERE);
        TrialNode node = new TrialNode(
                args[0],
                Integer.parseInt(args[1]),
                List.of(args[2].split(",")),
                Duration.ofMillis(Long.parseLong(args[3])),
                Duration.ofMillis(Long.parseLong(args[4])));
        System.out.println("READY");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
            node.obey(line.split(" "));
        }
        node.store.close();
        System.exit(0);
    }

    private void obey(String[] words) {
        switch (words[0]) {
            case "load" -> load(Integer.parseInt(words[1]));
            case "churn" -> churn();
            case "calm" -> calm();
            case "sum" -> System.out.println(sum());
            case "cut" -> Cuts.cut(transport);
            case "part" -> Cuts.part(transport, words[1]);
            case "heal" -> Cuts.heal(transport);
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private void load(int number) {
        for (int i = 0; i < number; i++) {
            put(i, "online");
        }
        loaded = number;
        System.out.println("LOADED");
    }

    private void put(int number, String status) {
        String id = name + "-" + number;
        store.upsert(PresenceUpsert.of(id, "user-" + id, status).metadata(Map.of("room", "lobby")));
    }

    private void change() {
        for (int i = 0; i < CHANGES_A_TICK; i++) {
            changes++;
            put(changes % loaded, "at " + changes);
        }
    }

    private void churn() {
        changing = Executors.newSingleThreadScheduledExecutor();
        changing.scheduleAtFixedRate(this::change, 0, 10, TimeUnit.MILLISECONDS);
    }

    private void calm() {
        try {
            changing.shutdown();
            changing.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.out.println("CALM");
    }

    /** The number of presences that are shown, what they are, and how many of each node have left. */
    private synchronized String sum() {
        return "SUM " + shown + " " + Long.toHexString(hash) + " " + exits;
    }

    @Override
    public synchronized void onEvent(PresenceEvent event) {
        switch (event.change()) {
            case ENTER -> shown++;
            case UPDATE -> hash ^= hash(event.previous().id(), event.previous().status());
            case EXIT -> {
                shown--;
                exits.merge(owner(event), 1, Integer::sum);
            }
        }
        hash ^= hash(event.presence().id(), event.presence().status());
    }

    private static String owner(PresenceEvent event) {
        String id = event.presence().id();
        return id.substring(0, id.indexOf('-'));
    }

    private static long hash(String id, String status) {
        long mixed = (id + " " + status).hashCode() * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }
}
