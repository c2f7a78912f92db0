package io.presence.views;

import io.presence.Permission;
import io.presence.Presence;
import io.presence.Role;
import io.presence.count.ValueCount;
import io.presence.user.UserPresence;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The model of views: a list of all that happened. Everything else is computed from the whole list each time it is
 * asked for.
 */
final class ViewLog {

    private static final List<String> LADDER = List.of("busy", "online", "away");

    private final List<Deed> deeds = new ArrayList<>();

    /** One deed: a write, a heartbeat (no presence, but a deadline), or a delete. */
    private record Deed(String id, Presence written, long deadline, boolean isDelete) {}

    void written(Presence presence, long now, Duration ttl) {
        deeds.add(new Deed(presence.id(), presence, now + ttl.toNanos(), false));
    }

    void touched(String id, long now, Duration ttl) {
        deeds.add(new Deed(id, null, now + ttl.toNanos(), false));
    }

    void deleted(String id) {
        deeds.add(new Deed(id, null, 0, true));
    }

    /** The presences at a time that a caller can read and a filter matches. */
    private List<Presence> visible(long now, ViewCaller caller, Predicate<Presence> filter) {
        Map<String, Presence> presences = new TreeMap<>();
        Map<String, Long> deadlines = new HashMap<>();
        for (Deed deed : deeds) {
            if (deed.isDelete()) {
                presences.remove(deed.id());
            } else {
                deadlines.put(deed.id(), deed.deadline());
                if (deed.written() != null) {
                    presences.put(deed.id(), deed.written());
                }
            }
        }
        return presences.values().stream()
                .filter(presence -> deadlines.get(presence.id()) - now > 0)
                .filter(presence -> canRead(caller, presence))
                .filter(filter)
                .toList();
    }

    private static boolean canRead(ViewCaller caller, Presence presence) {
        return caller.isTrusted()
                || presence.userId().equals(caller.userId())
                || presence.permissions().contains(Permission.read(Role.any()))
                || (caller.isBlue() && presence.permissions().contains(Permission.read(Role.team("blue"))));
    }

    Map<String, UserPresence> users(long now, ViewCaller caller, Predicate<Presence> filter) {
        Map<String, List<Presence>> byUser = new TreeMap<>();
        visible(now, caller, filter)
                .forEach(presence -> byUser.computeIfAbsent(presence.userId(), user -> new ArrayList<>())
                        .add(presence));
        Map<String, UserPresence> users = new TreeMap<>();
        byUser.forEach((user, presences) -> {
            List<Presence> ranked = new ArrayList<>(presences);
            ranked.sort(Comparator.comparingInt(ViewLog::place)
                    .thenComparing(Comparator.comparing(Presence::updatedAt).reversed())
                    .thenComparing(Comparator.comparing(Presence::id).reversed()));
            users.put(
                    user,
                    new UserPresence(
                            user,
                            ranked.get(0).status(),
                            presences.size(),
                            presences.stream()
                                    .map(Presence::createdAt)
                                    .min(Comparator.naturalOrder())
                                    .orElseThrow()));
        });
        return users;
    }

    private static int place(Presence presence) {
        int index = LADDER.indexOf(presence.status());
        return index < 0 ? LADDER.size() : index;
    }

    /** The counts of {@code metadata.room} by value, numbers as texts without trailing zeros. */
    Map<Object, ValueCount> counts(long now, ViewCaller caller, Predicate<Presence> filter) {
        Map<Object, List<Presence>> byRoom = new HashMap<>();
        for (Presence presence : visible(now, caller, filter)) {
            Object room = room(presence.metadata().get("room"));
            if (room != null) {
                byRoom.computeIfAbsent(room, value -> new ArrayList<>()).add(presence);
            }
        }
        Map<Object, ValueCount> counts = new HashMap<>();
        byRoom.forEach((room, presences) -> counts.put(
                room, new ValueCount(room, presences.size(), users(presences).size())));
        return counts;
    }

    int usersWithRoom(long now, ViewCaller caller, Predicate<Presence> filter) {
        return users(visible(
                        now,
                        caller,
                        filter.and(presence -> room(presence.metadata().get("room")) != null)))
                .size();
    }

    private static Set<String> users(List<Presence> presences) {
        Set<String> users = new HashSet<>();
        presences.forEach(presence -> users.add(presence.userId()));
        return users;
    }

    /** A value as the model compares it, or null for what is not counted. */
    static Object room(Object value) {
        if (value instanceof Number number) {
            return "number "
                    + new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
        }
        return value instanceof String || value instanceof Boolean ? value : null;
    }
}
