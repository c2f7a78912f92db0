package io.presence.examples.quickstart;

import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceListener;
import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Shows who is here, from nothing but the events of one subscription. */
final class Board implements PresenceListener {

    private final String owner;
    private final PrintStream out;
    private final VirtualTime time;
    private final Map<String, Presence> here = new TreeMap<>();
    private int told;

    Board(String owner, PrintStream out, VirtualTime time) {
        this.owner = owner;
        this.out = out;
        this.time = time;
    }

    @Override
    public void onEvent(PresenceEvent event) {
        told++;
        Presence presence = event.presence();
        switch (event.change()) {
            case ENTER, UPDATE -> here.put(presence.id(), presence);
            case EXIT -> here.remove(presence.id());
        }
        String cause = event.cause() == null ? "" : " (" + event.cause() + ")";
        out.printf("%s      %s: %-6s %s%s -> here: %s%n", time, owner, event.change(), presence.id(), cause, here());
    }

    @Override
    public void onSynced(long revision) {
        out.printf("%s      %s: in step at revision %d -> here: %s%n", time, owner, revision, here());
    }

    String here() {
        return here.values().stream()
                .map(presence -> presence.id() + " " + presence.status())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    int told() {
        return told;
    }
}
