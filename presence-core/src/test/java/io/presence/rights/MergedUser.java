package io.presence.rights;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import io.presence.Presence;
import io.presence.user.UserPresence;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The naive definition of a user as one person sees it. */
final class MergedUser {

    private static final List<String> LADDER = List.of("away", "online", "busy");
    private static final Comparator<Presence> RANK = comparingInt((Presence p) -> LADDER.indexOf(p.status()))
            .thenComparing(Presence::updatedAt)
            .thenComparing(Presence::id);

    private MergedUser() {}

    /** Returns the user merged from the presences that the person can read, or null if there is none. */
    static @Nullable UserPresence of(World world, Person person, String owner) {
        List<Presence> readable = world.written.values().stream()
                .filter(written -> written.owner().equals(owner) && person.canRead(written))
                .map(written -> world.present(written.id()))
                .toList();
        if (readable.isEmpty()) {
            return null;
        }
        String status = readable.stream().max(RANK).orElseThrow().status();
        Instant since = readable.stream()
                .map(Presence::createdAt)
                .min(comparing(t -> t))
                .orElseThrow();
        return new UserPresence(owner, status, readable.size(), since);
    }
}
