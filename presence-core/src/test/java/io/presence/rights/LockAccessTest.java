package io.presence.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Permission;
import io.presence.Presence;
import io.presence.PresenceEvent;
import io.presence.Role;
import io.presence.Scope;
import io.presence.SubscriptionOptions;
import io.presence.fixture.Promise;
import io.presence.lock.Locks;
import io.presence.lock.SoftLock;
import io.presence.query.Query;
import io.presence.session.PresenceSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A lock with every set of readers that its holder can grant is visible to every person as the naive definition says,
 * in {@code locks()} and to its subscribers. A role that the holder does not have is refused.
 */
class LockAccessTest {

    private static final SubscriptionOptions OPTIONS = SubscriptionOptions.defaults();
    private static final String DOC = "doc";
    private static final List<Person> HOLDERS = List.of(
            new Person(
                    "ada", true, Set.of("blue", "blue/owner"), Set.of("m1"), Set.of("staff"), Set.of(Scope.values())),
            new Person("bob", false, Set.of(), Set.of(), Set.of(), Set.of(Scope.values())));

    private final World world = World.ofOneNode();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @Promise("access-by-definition")
    void lock_withEveryReaderByEveryHolder_isVisibleByTheDefinition() {
        List<LockFollower> followers =
                Person.all().stream().map(LockFollower::new).toList();
        world.settle();
        for (Person holder : HOLDERS) {
            PresenceSession session = world.store().open(holder.principal());
            for (String role : Written.roles()) {
                Permission read = Permission.read(Role.parse(role));
                if (!holder.holds(role)) {
                    assertThat(Answers.of(() -> session.tryLock(DOC, read)))
                            .isEqualTo("DENIED: permissions must name roles that user:" + holder.user() + " holds: "
                                    + role);
                    continue;
                }
                SoftLock lock = session.tryLock(DOC, read).orElseThrow();
                world.settle();
                Written written =
                        new Written(Locks.ID_PREFIX + DOC, holder.user(), "locked", "", List.of(read.toString()));
                Presence held = world.store().locks().get(DOC);
                followers.forEach(follower -> follower.assertSees(written, held, lock.token()));
                assertThat(lock.release()).isTrue();
                world.settle();
                followers.forEach(follower -> follower.assertSeesEnd(written));
            }
            session.close();
        }
    }

    /** One person that follows the locks. */
    private final class LockFollower {

        private final Person person;
        private final Locks locks;
        private final List<PresenceEvent> events = new ArrayList<>();

        LockFollower(Person person) {
            this.person = person;
            this.locks = world.as(person).locks();
            locks.subscribe(OPTIONS, events::add);
        }

        void assertSees(Written written, Presence held, long token) {
            boolean isReadable = person.canRead(written);
            String what = written + " by " + person;
            assertThat(locks.get(DOC)).as(what).isEqualTo(isReadable ? held : null);
            assertThat(locks.list().presences()).as(what).isEqualTo(isReadable ? List.of(held) : List.of());
            assertThat(locks.list().total()).as(what).isEqualTo(isReadable ? 1 : 0);
            assertThat(locks.count(Query.equal("userId", written.owner()))).isEqualTo(isReadable ? 1 : 0);
            assertThat(locks.validate(DOC, token)).as(what).isEqualTo(isReadable);
            assertThat(world.as(person).get(written.id())).isNull();
            assertThat(world.as(person).count()).isZero();
            assertThat(events).as(what).hasSize(isReadable ? 1 : 0);
            events.forEach(event -> assertThat(event.presence()).isEqualTo(held));
        }

        void assertSeesEnd(Written written) {
            assertThat(locks.get(DOC)).isNull();
            assertThat(events).as("%s", person).hasSize(person.canRead(written) ? 2 : 0);
            events.clear();
        }
    }
}
