package io.presence.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every change from one grant to another is delivered to every person as the naive definition says: ENTER, UPDATE, EXIT
 * or nothing, with exactly the presence, the previous one, the cause and the revision of that change. A slow listener
 * receives the net change, and its number of pending changes counts no change that it must not see. The views of users
 * and counts follow. The grants are those of {@link Written#sample}.
 *
 * <p><b>Mutation evidence.</b> With {@code update} taken as {@code read} by the index of subscriptions alone, this
 * fails.
 */
class PermissionChangesTest {

    private static final Written PRESENCE = new Written("p", "ada", "away", "room", List.of());

    private final Map<String, Written> byStatus = new HashMap<>();
    private final List<PresenceEvent> changes = new ArrayList<>();
    private final List<Follower> followers = new ArrayList<>();
    private World world;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @Promise("access-by-definition")
    void change_ofEveryGrantToEveryOther_isDeliveredByTheDefinition() {
        followAll(World.ofOneNode());
        changeAll();
    }

    @Test
    @Promise("access-by-definition")
    void change_onAnotherNode_isDeliveredByTheDefinition() {
        followAll(World.ofTwoNodes());
        changeAll();
    }

    private void followAll(World opened) {
        world = opened;
        /* Another presence of the user, so that its merged status, age and number would reveal the hidden one. */
        world.write(new Written("q", "ada", "away", "room", List.of("read(\"any\")")));
        world.settle();
        SubscriptionOptions options = SubscriptionOptions.defaults().onDispatcher();
        world.store().subscribe(Channel.presence("p"), options, changes::add);
        for (Person person : Person.all()) {
            followers.add(new Follower(world, person, state -> person.canRead(writtenAs(state))));
        }
        world.settle();
        followers.forEach(Follower::begin);
    }

    private Written writtenAs(Presence state) {
        return byStatus.get(state.status());
    }

    /* On two nodes one in three, unless in full: each grant changes to every third one, and is changed to by them. */
    private void changeAll() {
        List<List<String>> grants = Written.sample();
        int step = world.isCluster() && !Written.isFull() ? 3 : 1;
        for (int before = 0; before < grants.size(); before++) {
            for (int after = before % step; after < grants.size(); after += step) {
                change(grants.get(before), grants.get(after));
            }
        }
    }

    private void change(List<String> before, List<String> after) {
        followers.forEach(Follower::pause);
        world.write(next(before, "busy"));
        assertDelivered(1);
        List<PresenceEvent> first = take();
        followers.forEach(follower -> follower.assertCatchesUp(first));
        followers.forEach(Follower::pause);
        world.update(next(after, "online"));
        assertDelivered(1);
        /* The last state is dispatched together with the end. Another node need not hear of it. */
        world.update(next(before, "away"));
        if (world.isCluster()) {
            assertDelivered(2);
        }
        world.delete("p");
        assertDelivered(3);
        List<PresenceEvent> later = take();
        followers.forEach(follower -> follower.assertCatchesUp(later));
    }

    private Written next(List<String> grant, String status) {
        Written next = PRESENCE.grant(grant, status);
        byStatus.put(status, next);
        return next;
    }

    private void assertDelivered(int count) {
        int known = changes.size();
        world.settle();
        assertThat(changes).hasSize(count);
        List<PresenceEvent> fresh = changes.subList(known, count);
        followers.forEach(follower -> follower.assertFollows(fresh));
    }

    private List<PresenceEvent> take() {
        List<PresenceEvent> taken = List.copyOf(changes);
        changes.clear();
        return taken;
    }
}
