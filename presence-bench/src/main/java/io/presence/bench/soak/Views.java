package io.presence.bench.soak;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.presence.Presence;
import io.presence.PresenceEvent.Change;
import io.presence.PresenceStore;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.count.CountListener;
import io.presence.count.PresenceCounts;
import io.presence.count.ValueCount;
import io.presence.user.UserEvent;
import io.presence.user.UserListener;
import io.presence.user.UserPresence;
import io.presence.user.UserSubscription;
import java.util.HashMap;
import java.util.Map;

/** A view of the users and one of the rooms, as read by any thread and as built from their events. */
final class Views implements AutoCloseable {

    private final Findings findings;
    private final UserSubscription users;
    private final PresenceCounts counts;
    private final Subscription rooms;
    private final Users userMirror = new Users();
    private final Rooms roomMirror = new Rooms();

    private static final class Users implements UserListener {

        private final Map<String, UserPresence> present = new HashMap<>();

        @Override
        public synchronized void onEvent(UserEvent event) {
            if (event.change() == Change.EXIT) {
                present.remove(event.user().userId());
            } else {
                present.put(event.user().userId(), event.user());
            }
        }

        @Override
        public synchronized void onReset() {
            present.clear();
        }

        synchronized Map<String, Integer> presences() {
            return present.values().stream().collect(toMap(UserPresence::userId, UserPresence::presences));
        }
    }

    private static final class Rooms implements CountListener {

        private final Map<String, Integer> present = new HashMap<>();

        @Override
        public synchronized void onCount(ValueCount count) {
            if (count.presences() == 0) {
                present.remove(count.value().toString());
            } else {
                present.put(count.value().toString(), count.presences());
            }
        }

        @Override
        public synchronized void onReset() {
            present.clear();
        }

        synchronized Map<String, Integer> presences() {
            return Map.copyOf(present);
        }
    }

    Views(PresenceStore store, Findings findings) {
        this.findings = findings;
        SubscriptionOptions whole = SubscriptionOptions.defaults().withSnapshot();
        users = store.users(whole.name("users"), userMirror);
        counts = store.counts("metadata.room");
        rooms = counts.subscribe(whole.name("rooms"), roomMirror);
    }

    void compare(Map<String, Presence> truth, String when) {
        Map<String, Integer> ofUsers = numbers(truth, true);
        findings.requireEqual("users in the view " + when, ofUsers.size(), users.size());
        compare("user view " + when, ofUsers, userMirror.presences());
        ofUsers.forEach((user, number) -> {
            UserPresence read = users.of(user);
            findings.require(
                    read != null && read.presences() == number,
                    "user " + user + " " + when + " must have " + number + " presences: " + read);
        });
        Map<String, Integer> ofRooms = numbers(truth, false);
        findings.requireEqual("rooms with counts " + when, ofRooms.size(), counts.size());
        findings.requireEqual("counted presences " + when, truth.size(), counts.presences());
        compare("room counts " + when, ofRooms, roomMirror.presences());
        ofRooms.forEach((room, number) -> findings.requireEqual(
                "count of " + room + " " + when, number, counts.of(room).presences()));
    }

    private void compare(String what, Map<String, Integer> expected, Map<String, Integer> built) {
        if (expected.equals(built)) {
            return;
        }
        findings.add(what + " must have " + expected.size() + " values as listed: " + built.size());
        expected.entrySet().stream()
                .filter(each -> !each.getValue().equals(built.get(each.getKey())))
                .limit(3)
                .forEach(each -> findings.add(what + ": " + each + " but built " + built.get(each.getKey())));
    }

    private static Map<String, Integer> numbers(Map<String, Presence> truth, boolean byUser) {
        return truth.values().stream()
                .collect(groupingBy(
                        one -> byUser
                                ? one.userId()
                                : String.valueOf(one.metadata().get("room")),
                        counting()))
                .entrySet()
                .stream()
                .collect(toMap(Map.Entry::getKey, each -> each.getValue().intValue()));
    }

    @Override
    public void close() {
        users.close();
        rooms.close();
        counts.close();
    }
}
