package io.presence.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Channel;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.Presences;
import io.presence.Subscription;
import io.presence.SubscriptionOptions;
import io.presence.count.PresenceCounts;
import io.presence.user.UserEvent;
import io.presence.user.UserPresence;
import io.presence.user.UserSubscription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** One person that follows one presence by a fast listener, a slow listener, a view of users and one of counts. */
final class Follower {

    private static final SubscriptionOptions OPTIONS = SubscriptionOptions.defaults();

    private final World world;
    private final Person person;
    private final Presences view;
    private final Followed ofFast;
    private final Followed ofSlow;
    private final List<PresenceEvent> fast = new ArrayList<>();
    private final List<PresenceEvent> slow = new ArrayList<>();
    private final List<UserEvent> ofUser = new ArrayList<>();
    private final Subscription slowSubscription;
    private final UserSubscription users;
    private final PresenceCounts counts;
    private UserPresence user;

    Follower(World world, Person person, Predicate<Presence> isReadable) {
        this.world = world;
        this.person = person;
        this.view = world.as(person);
        this.ofFast = new Followed(isReadable);
        this.ofSlow = new Followed(isReadable);
        Channel channel = Channel.presence("p");
        view.subscribe(channel, OPTIONS.onDispatcher(), fast::add);
        slowSubscription = view.subscribe(Channel.presences(), OPTIONS, slow::add);
        users = view.users(OPTIONS, ofUser::add);
        counts = view.counts("metadata.room");
        user = MergedUser.of(world, person, "ada");
    }

    /** Takes the snapshot of users. */
    void begin() {
        assertThat(ofUser).hasSize(1);
        ofUser.clear();
    }

    void pause() {
        slowSubscription.pause();
    }

    /** Fails unless the fast listener has received each change by the definition, and all reads agree with it. */
    void assertFollows(List<PresenceEvent> changes) {
        List<PresenceEvent> expected = new ArrayList<>();
        changes.forEach(change -> expected.addAll(ofFast.next(List.of(change))));
        assertSame(fast, expected);
        fast.clear();
        assertReads();
        assertUser(expected.size());
    }

    private void assertReads() {
        Written written = world.written.get("p");
        boolean isReadable = person.canRead(written);
        int visible = isReadable ? 2 : 1;
        Check.same(view.get("p"), isReadable ? world.present("p") : null, written, person);
        Check.same(view.count(), (long) visible, written, person);
        Check.same(view.list().total(), (long) visible, written, person);
        Check.same(counts.of("room").presences(), visible, written, person);
    }

    /* At most one event for each change that the person has seen, and none for others. */
    private void assertUser(int seen) {
        UserPresence merged = MergedUser.of(world, person, "ada");
        Check.same(users.of("ada"), merged, person);
        Check.same(ofUser.isEmpty() && !merged.equals(user), false, ofUser, person);
        Check.same(ofUser.size() <= seen, true, ofUser, person);
        if (!ofUser.isEmpty()) {
            Check.same(ofUser.get(ofUser.size() - 1).user(), merged, person);
        }
        ofUser.clear();
        user = merged;
    }

    /** Fails unless the slow listener has received the changes since its pause by the definition, and nothing else. */
    void assertCatchesUp(List<PresenceEvent> changes) {
        List<PresenceEvent> expected = ofSlow.next(changes);
        int pending = slowSubscription.pendingCount();
        boolean isWrong = pending > (ofSlow.wasVisible() ? 1 : 0) || pending < expected.size();
        Check.same(isWrong, false, pending, expected, person);
        slowSubscription.resume();
        world.settle();
        assertSame(slow, expected);
        slow.clear();
    }

    private void assertSame(List<PresenceEvent> received, List<PresenceEvent> expected) {
        Check.same(received, expected, world.written, person);
        for (int i = 0; i < received.size(); i++) {
            Check.same(world.json.of(received.get(i)), world.json.of(expected.get(i)), person);
        }
    }
}
