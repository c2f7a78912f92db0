package io.presence.examples.cluster;

import static java.util.Objects.requireNonNull;

import io.presence.PresencePatch;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The user at this terminal: one session, whose presence has the name of the user as its id. */
final class Desk {

    private static final Duration TTL = Duration.ofSeconds(30);

    private final PresenceStore store;
    private @Nullable PresenceSession session;

    Desk(PresenceStore store) {
        this.store = store;
    }

    /** Enters a room. If the user is present by way of another node, this node takes the presence over. */
    synchronized void join(String name, String room) {
        leave();
        PresenceSession opened = store.open(Principal.user(name).build());
        session = opened;
        opened.upsert(
                PresenceUpsert.of(name, "online").metadata(Map.of("room", room)).expiresIn(TTL));
    }

    synchronized void status(String text) {
        if (session == null) {
            throw new IllegalStateException("join must come before status: " + text);
        }
        session.update(
                requireNonNull(session.principal().userId()),
                PresencePatch.none().status(text));
    }

    synchronized void leave() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    /** Extends the presence. Other nodes receive nothing of it. */
    synchronized void touch() {
        if (session != null) {
            session.touch();
        }
    }
}
