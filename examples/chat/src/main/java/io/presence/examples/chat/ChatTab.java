package io.presence.examples.chat;

import io.presence.Permission;
import io.presence.PresenceId;
import io.presence.PresenceUpsert;
import io.presence.Role;
import io.presence.lock.SoftLock;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A tab of a user: what it has joined, views, types and edits. Its messages arrive one after the other. */
record ChatTab(PresenceSession session, String name, Consumer<Object> out, Map<String, SoftLock> locks) {

    // A browser lets the timers of a hidden tab run once a minute, so a shorter TTL would flicker.
    private static final int TTL_SECONDS = 90;

    void read(ChatMessage message) {
        int present = session.touch();
        switch (message.action()) {
            // A page sees by the answer that it must join again, and sets its next timer in it.
            case "ping" -> out.accept(Map.of("present", present));
            case "join" -> session.upsert(presence("member", message, TTL_SECONDS));
            case "leave" -> session.delete(id("member", message));
            case "view" -> session.upsert(presence("view", message, TTL_SECONDS));
            // Not held, so that no heartbeat extends it.
            case "typing" -> session.upsert(presence("typing", message, 3).unheld());
            case "lock" -> lock(message.document(), Permission.read(Role.team(message.room())));
            case "unlock" ->
                Optional.ofNullable(locks.remove(message.document())).ifPresent(SoftLock::release);
            default -> throw new IllegalArgumentException("action is unknown: " + message.action());
        }
    }

    private String id(String kind, ChatMessage message) {
        return PresenceId.of(session.principal().userId(), name + "." + kind + "." + message.room());
    }

    private PresenceUpsert presence(String kind, ChatMessage message, int seconds) {
        return PresenceUpsert.of(id(kind, message), "online")
                .metadata(Map.of("kind", kind, "room", message.room(), "document", message.document()))
                .permissions(Permission.read(Role.team(message.room())))
                .expiresIn(Duration.ofSeconds(seconds));
    }

    private void lock(String document, Permission readers) {
        Optional<SoftLock> lock = session.tryLock(document, readers);
        lock.ifPresent(held -> locks.put(document, held));
        String answer = lock.map(held -> "locked, token " + held.token()).orElse("denied");
        out.accept(Map.of("document", document, "lock", answer));
    }
}
