package io.presence.examples.cluster;

import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import io.presence.PresenceStore;
import io.presence.cluster.ClusterStatus;
import io.presence.query.Query;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;

/** Prints each change on any node as a line, and tables of who is there. */
final class Board implements PresenceListener {

    private static final int MAX_ROWS = 100;
    private static final String ROW = "%-16s %-16s %s%n";

    private final PresenceStore store;
    private final PrintStream out;

    Board(PresenceStore store, PrintStream out) {
        this.store = store;
        this.out = out;
    }

    @Override
    public void onEvent(PresenceEvent event) {
        Presence presence = event.presence();
        String cause = event.cause() == null ? "" : " (" + event.cause() + ")";
        out.println(
                event.change() + " " + presence.userId() + " in " + room(presence) + ": " + presence.status() + cause);
    }

    /** Prints the presences of all nodes, at most {@value #MAX_ROWS} of them. */
    void printPresences() {
        List<Presence> rows = store.list(Query.limit(MAX_ROWS)).presences().stream()
                .sorted(Comparator.comparing(Board::room).thenComparing(Presence::userId))
                .toList();
        StringBuilder table = new StringBuilder(ROW.formatted("WHO", "WHERE", "STATUS"));
        rows.forEach(row -> table.append(ROW.formatted(row.userId(), room(row), row.status())));
        out.print(table.append(store.count()).append(" here").append(System.lineSeparator()));
    }

    /** Prints the other nodes, as this node sees them. */
    void printNodes() {
        List<ClusterStatus.Peer> peers =
                store.cluster().map(ClusterStatus::peers).orElse(List.of());
        StringBuilder table = new StringBuilder();
        for (ClusterStatus.Peer peer : peers) {
            String name = peer.member().replaceFirst("/.*", "");
            table.append(ROW.formatted(name, peer.state(), peer.presences() + " presences"));
        }
        out.print(table.append(peers.size()).append(" other nodes").append(System.lineSeparator()));
    }

    private static String room(Presence presence) {
        return String.valueOf(presence.metadata().get("room"));
    }
}
