package io.presence.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A subscription of every person that resumes after each grant has changed to every other receives what it missed, by
 * the naive definition. A token is of no use to another person.
 */
class ResumedAccessTest {

    private static final List<List<String>> GRANTS = Written.sample();
    private static final SubscriptionOptions OPTIONS = SubscriptionOptions.defaults();

    private final World world = World.ofOneNode();
    private final List<PresenceEvent> changes = new ArrayList<>();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @Promise("access-by-definition")
    void resume_afterEachGrantChangedToEveryOther_deliversByTheDefinition() {
        world.writeAll(GRANTS);
        world.store().subscribe(Channel.presences(), OPTIONS.onDispatcher(), changes::add);
        for (int shift = 1; shift < GRANTS.size(); shift++) {
            Map<Person, String> tokens = tokens();
            Map<String, Written> former = new HashMap<>(world.written);
            changes.clear();
            changeGrants(shift);
            world.settle();
            List<PresenceEvent> missed = List.copyOf(changes);
            tokens.forEach((person, token) -> assertResumes(person, token, former, missed));
        }
        assertThat(world.store().stats().resets()).isZero();
    }

    private Map<Person, String> tokens() {
        Map<Person, String> tokens = new HashMap<>();
        List<Subscription> subscriptions = new ArrayList<>();
        List<Person> persons = Person.all();
        persons.forEach(
                person -> subscriptions.add(world.as(person).subscribe(Channel.presences(), OPTIONS, event -> {})));
        world.settle();
        for (int i = 0; i < persons.size(); i++) {
            tokens.put(persons.get(i), subscriptions.get(i).resumeToken());
            subscriptions.get(i).close();
        }
        return tokens;
    }

    private void changeGrants(int shift) {
        for (Written presence : new ArrayList<>(world.written.values())) {
            int next = (GRANTS.indexOf(presence.grant()) + shift) % GRANTS.size();
            String status = presence.status().equals("online") ? "busy" : "online";
            world.update(presence.grant(GRANTS.get(next), status));
        }
    }

    private void assertResumes(Person person, String token, Map<String, Written> former, List<PresenceEvent> missed) {
        List<PresenceEvent> received = new ArrayList<>();
        try (Subscription resumed = world.as(person)
                .subscribe(Channel.presences(), OPTIONS.resumeFrom(token).ignoreResets(), received::add)) {
            world.settle();
            assertThat(resumed.pendingCount()).isZero();
            List<PresenceEvent> expected = new ArrayList<>();
            for (PresenceEvent change : missed) {
                Written before = former.get(change.presence().id());
                Written after = world.written.get(change.presence().id());
                Followed followed = new Followed(state -> person.canRead(isBefore(state, change) ? before : after));
                followed.begin(change.previous());
                expected.addAll(followed.next(List.of(change)));
            }
            assertThat(received).as(person.toString()).isEqualTo(expected);
        }
    }

    private static boolean isBefore(Presence state, PresenceEvent change) {
        return !state.equals(change.presence());
    }
}
