package io.presence.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.PresenceEvent.Cause;
import io.presence.PresenceEvent.Change;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.fixture.Recorder;
import io.presence.session.PresenceSession;
import io.presence.user.UserSubscription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A subscription whose principal changes from every person to every other has what the naive definition permits to the
 * latter, and receives nothing else after the call. With the change, each presence changes to another grant: before the
 * call, dispatched or not, or after it. The subscription is one of a
 * session or not. The same holds for a view of users.
 *
 * <p>With each change of principal, each grant changes to one other grant, which differs from change to change.
 * {@code -Dpresence.rights.full=true} takes every other grant with each change of principal, in some minutes.
 */
class PrincipalChangesTest {

    private static final List<List<String>> GRANTS = Written.sample();
    private static final SubscriptionOptions SNAPSHOT =
            SubscriptionOptions.defaults().withSnapshot();

    private final World world = World.ofOneNode();
    private int shift;

    @AfterEach
    void close() {
        world.close();
    }

    /** The moment at which the grants change. */
    private enum Moment {
        NEVER,
        BEFORE_UNDISPATCHED,
        BEFORE_PENDING,
        AFTER
    }

    @Test
    @Promise("access-by-definition")
    void switchPrincipal_ofEveryPersonToEveryOther_deliversByTheDefinition() {
        world.writeAll(GRANTS);
        int shifts = Written.isFull() ? GRANTS.size() : 1;
        int number = 0;
        for (Person former : Person.all()) {
            for (Person next : Person.all()) {
                for (int i = 0; i < shifts; i++) {
                    Moment moment = Moment.values()[number % Moment.values().length];
                    assertSwitches(former, next, moment, number / Moment.values().length % 2 == 0);
                    number++;
                }
            }
        }
    }

    private void assertSwitches(Person former, Person next, Moment moment, boolean isOfSession) {
        String what = former + " to " + next + ", " + moment;
        Recorder recorder = Recorder.loose();
        try (PresenceSession session = world.store().open(former.principal());
                Subscription subscription = isOfSession
                        ? session.subscribe(Channel.presences(), SNAPSHOT, recorder)
                        : world.as(former).subscribe(Channel.presences(), SNAPSHOT, recorder);
                UserSubscription users = world.as(former).users(SNAPSHOT, event -> {})) {
            world.settle();
            Map<String, String> before = world.readableBy(former);
            assertThat(json(recorder)).as(what).isEqualTo(before);
            recorder.take();
            if (moment == Moment.BEFORE_PENDING) {
                subscription.pause();
            }
            if (moment == Moment.BEFORE_PENDING || moment == Moment.BEFORE_UNDISPATCHED) {
                shiftGrants(moment);
            }
            if (isOfSession) {
                session.switchPrincipal(next.principal());
            } else {
                subscription.switchPrincipal(next.principal());
            }
            users.switchPrincipal(next.principal());
            if (moment == Moment.AFTER) {
                shiftGrants(moment);
            }
            subscription.resume();
            world.settle();
            assertDelivered(before, next, recorder.take(), what);
            assertThat(json(recorder)).as(what).isEqualTo(world.readableBy(next));
            assertThat(users.of("ada")).as(what).isEqualTo(MergedUser.of(world, next, "ada"));
        }
    }

    /* Each presence takes the grant of another, at a distance that differs from call to call. */
    private void shiftGrants(Moment moment) {
        shift = shift % (GRANTS.size() - 1) + 1;
        for (Written presence : new ArrayList<>(world.written.values())) {
            int from = GRANTS.indexOf(presence.grant());
            String status = presence.status().equals("online") ? "busy" : "online";
            world.update(presence.grant(GRANTS.get((from + shift) % GRANTS.size()), status));
        }
        if (moment == Moment.BEFORE_PENDING) {
            world.settle();
        }
    }

    private void assertDelivered(Map<String, String> before, Person next, List<PresenceEvent> events, String what) {
        Map<String, Change> changes = new TreeMap<>();
        for (PresenceEvent event : events) {
            String id = event.presence().id();
            Check.same(changes.put(id, event.change()), null, id, what);
            boolean isReadable = next.canRead(world.written.get(id));
            Check.same(event.change() != Change.EXIT, isReadable, event, what);
            Check.same(event.cause(), isReadable ? null : Cause.NO_LONGER_READABLE, event, what);
            Presence former = event.change() == Change.EXIT ? event.presence() : event.previous();
            Check.same(former == null ? null : world.json.of(former), before.get(id), id, what);
        }
        for (String id : before.keySet()) {
            if (!next.canRead(world.written.get(id))) {
                Check.same(changes.get(id), Change.EXIT, id, what);
            }
        }
    }

    private Map<String, String> json(Recorder recorder) {
        return world.json.of(recorder.assembled().values());
    }
}
