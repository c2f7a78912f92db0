package io.presence.examples.cluster;

import io.presence.Channel;
import io.presence.PresenceException;
import io.presence.PresenceStore;
import io.presence.SubscriptionOptions;
import io.presence.cluster.ClusterOptions;
import io.presence.jgroups.JGroupsTransport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A node of a cluster, in a terminal. Each line that is typed is a command; each change on any node is printed. */
public final class Node {

    private static final String COMMANDS = "join NAME ROOM, status TEXT, leave, who, nodes, quit";
    private static final int HEARTBEAT_SECONDS = 10;
    private static final Logger JGROUPS_LOG = Logger.getLogger("org.jgroups");

    private final Board board;
    private final Desk desk;

    private Node(Board board, Desk desk) {
        this.board = board;
        this.desk = desk;
    }

    /**
     * Runs a node until {@code quit} or the end of the input.
     *
     * @param args the options that it prints if one is wrong
     */
    public static void main(String[] args) throws IOException {
        JGROUPS_LOG.setLevel(Level.SEVERE);
        NodeOptions options;
        JGroupsTransport transport;
        try {
            options = NodeOptions.parse(args);
            transport = JGroupsTransport.of(options.transport());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(NodeOptions.USAGE);
            System.exit(2);
            return;
        }
        run(options.name(), transport, new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())));
    }

    private static void run(String name, JGroupsTransport transport, BufferedReader in) throws IOException {
        PrintStream out = System.out;
        ScheduledExecutorService heartbeats = Executors.newSingleThreadScheduledExecutor();
        try (PresenceStore store = PresenceStore.builder()
                .name(name)
                .cluster(ClusterOptions.over(transport))
                .build()) {
            Board board = new Board(store, out);
            Desk desk = new Desk(store);
            store.subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), board);
            var unused =
                    heartbeats.scheduleAtFixedRate(desk::touch, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
            out.println("Node " + name + ": " + COMMANDS);
            new Node(board, desk).serve(in, out);
        } finally {
            heartbeats.shutdownNow();
        }
    }

    private void serve(BufferedReader in, PrintStream out) throws IOException {
        for (String line = in.readLine(); line != null && !line.strip().equals("quit"); line = in.readLine()) {
            try {
                obey(line.strip());
            } catch (IllegalArgumentException | IllegalStateException | PresenceException e) {
                out.println(e.getMessage());
            }
        }
    }

    private void obey(String line) {
        String[] words = line.split("\\s+", 3);
        switch (words[0]) {
            case "" -> {}
            case "join" -> desk.join(word(words, 1), word(words, 2));
            case "status" -> desk.status(line.substring("status".length()).strip());
            case "leave" -> desk.leave();
            case "who" -> board.printPresences();
            case "nodes" -> board.printNodes();
            default -> throw new IllegalArgumentException("command must be one of " + COMMANDS + ": " + line);
        }
    }

    private static String word(String[] words, int index) {
        if (index >= words.length) {
            throw new IllegalArgumentException("command must be join NAME ROOM: " + String.join(" ", words));
        }
        return words[index];
    }
}
