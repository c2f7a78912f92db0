package io.presence.examples.quickstart;

import io.presence.Channel;
import io.presence.Permission;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import io.presence.Role;
import io.presence.SubscriptionOptions;
import io.presence.query.Query;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A morning on a shared document, in virtual time: people come, type, go elsewhere and vanish, and a board that lives
 * from one subscription shows who is here. Run it without arguments; it prints and ends.
 */
public final class Quickstart {

    private static final Permission TEAM_READS = Permission.read(Role.team("blue"));
    private static final Duration LIFETIME = Duration.ofSeconds(30);

    private final PrintStream out;
    private final VirtualTime time = new VirtualTime();
    private final PresenceStore store = PresenceStore.builder()
            .nanoClock(time::nanoTime)
            .wallClock(time::instant)
            .callerDriven()
            .build();

    Quickstart(PrintStream out) {
        this.out = out;
    }

    /**
     * Plays the morning.
     *
     * @param args not used
     */
    public static void main(String[] args) {
        new Quickstart(System.out).play();
    }

    void play() {
        Presences ada = store.as(Principal.user("ada").team("blue").build());
        Presences bob = store.as(Principal.user("bob").team("blue").build());
        Presences cleo = store.as(Principal.user("cleo").team("blue").build());
        Presences stranger = store.as(Principal.guest().build());

        Board board = new Board("bob's board", out, time);
        Board outside = new Board("stranger", out, time);
        Query plan = Query.equal("metadata.documentId", "plan");
        bob.subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), board, plan);
        stranger.subscribe(Channel.presences(), SubscriptionOptions.defaults().withSnapshot(), outside, plan);

        at(0, "ada opens the plan on her laptop");
        ada.upsert(on("ada-laptop", "viewing", "plan"));
        at(4, "ada types");
        ada.update("ada-laptop", PresencePatch.none().status("typing"));
        at(9, "cleo opens the plan on her phone");
        cleo.upsert(on("cleo-phone", "viewing", "plan"));
        at(15, "ada's laptop sends a heartbeat: no event");
        ada.touch("ada-laptop");
        at(20, "ada opens the plan on her tablet too");
        ada.upsert(on("ada-tablet", "viewing", "plan"));
        at(24, "ada's laptop goes over to the budget: it leaves the filter");
        ada.update("ada-laptop", PresencePatch.none().metadata(Map.of("documentId", "budget")));
        at(31, "ada's tablet sends a heartbeat; cleo's phone is in a tunnel and sends none");
        ada.touch("ada-tablet");
        at(50, "cleo's phone is out of the tunnel: it had expired by itself, 30 seconds after its last sign of life");
        cleo.upsert(on("cleo-phone", "typing", "plan"));
        at(55, "ada closes the tablet");
        ada.delete("ada-tablet");
        at(58, "the morning is over");

        out.println();
        out.println("on the plan, as the board assembled it:  " + board.here());
        out.println("on the plan, as the store lists it:      " + listed(bob, plan));
        out.println("the stranger was told of " + outside.told() + " presences and finds " + stranger.count());
        store.close();
    }

    private static List<String> listed(Presences view, Query query) {
        return view.list(query).presences().stream()
                .map(presence -> presence.id() + " " + presence.status())
                .toList();
    }

    private static PresenceUpsert on(String id, String status, String documentId) {
        return PresenceUpsert.of(id, status)
                .metadata(Map.of("documentId", documentId))
                .permissions(TEAM_READS)
                .expiresIn(LIFETIME);
    }

    /** Lets time pass, as the store would live through it, until so many seconds after the start. */
    private void at(int second, String whatHappens) {
        while (time.seconds() < second) {
            dispatch();
            time.advance(Duration.ofMillis(100));
        }
        dispatch();
        out.printf("%s  %s%n", time, whatHappens);
    }

    private void dispatch() {
        while (store.doWork() > 0) {
            /* Until there is nothing left to tell. */
        }
    }
}
