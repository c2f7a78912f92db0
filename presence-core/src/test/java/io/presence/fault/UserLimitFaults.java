package io.presence.fault;

import static io.presence.fault.StoreWorld.ID;
import static io.presence.fault.StoreWorld.TTL;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceException;
import io.presence.PresenceStore;
import io.presence.PresenceUpsert;
import io.presence.Presences;
import io.presence.Principal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Each write that acquires or releases a claim of a user fails at each site. The count stays the number of live
 * presences.
 */
public final class UserLimitFaults implements Runnable {

    private static final int LEAST_SITES = 10;
    private static final List<String> USERS = List.of("ada", "bob", "eve");

    /** An operation, and the state of the world that it begins in. */
    private record Case(String name, Consumer<StoreWorld> before, Consumer<StoreWorld> operation) {}

    @Override
    public void run() {
        for (Faults.Kind kind : Faults.AT_EACH_SITE) {
            for (Case each : cases()) {
                int sites = Faults.atEachSite(
                        kind, each.name(), () -> fresh(each), each.operation(), UserLimitFaults::check);
                if (kind == Faults.Kind.ONCE) {
                    assertThat(sites).as(each.name()).isGreaterThan(LEAST_SITES);
                }
            }
        }
    }

    private static StoreWorld fresh(Case each) {
        StoreWorld world = new StoreWorld(2, 3, PresenceStore.builder().maxPresencesPerUser(1));
        each.before().accept(world);
        return world;
    }

    private static Presences user(StoreWorld world, String user) {
        return world.store.as(Principal.user(user).build());
    }

    private static Consumer<StoreWorld> upsert(String user, String id) {
        return world -> user(world, user).upsert(PresenceUpsert.of(id, "online").expiresIn(TTL));
    }

    private static Consumer<StoreWorld> refused(String user, String id) {
        return world -> {
            try {
                upsert(user, id).accept(world);
                throw new AssertionError("upsert must be refused: " + id);
            } catch (PresenceException refused) {
                assertThat(refused.code()).isEqualTo(PresenceException.Code.LIMIT_EXCEEDED);
            }
        };
    }

    private static void check(StoreWorld world) {
        /* The dispatcher notes what has expired meanwhile. */
        world.drain();
        Map<String, Long> living = world.living();
        for (String user : USERS) {
            assertThat(world.counted(user))
                    .as(user)
                    .isEqualTo(living.getOrDefault(user, 0L).intValue());
        }
        world.pass(TTL);
        world.drain();
        for (String user : List.of("ada", "bob")) {
            assertThat(world.counted(user)).as(user).isZero();
            upsert(user, "last-" + user).accept(world);
            refused(user, "one-more").accept(world);
        }
    }

    private static List<Case> cases() {
        Consumer<StoreWorld> nothing = world -> {};
        Consumer<StoreWorld> adas = upsert("ada", ID);
        Consumer<StoreWorld> bobs = upsert("bob", ID);
        Consumer<StoreWorld> expire = world -> world.pass(TTL);
        Consumer<StoreWorld> delete = world -> world.store.delete(ID);
        Consumer<StoreWorld> delivered = adas.andThen(StoreWorld::drain);
        return List.of(
                new Case("the first upsert", nothing, adas),
                new Case("an upsert on one of the user that has expired", delivered.andThen(expire), adas),
                new Case("an upsert on one of another that has expired", delivered.andThen(expire), bobs),
                new Case("an upsert on one of another that expired undispatched", adas.andThen(expire), bobs),
                new Case("an upsert on a deleted one of another", delivered.andThen(delete), bobs),
                new Case(
                        "an upsert that needs the place of an expired one",
                        delivered.andThen(expire),
                        upsert("ada", "q")),
                new Case(
                        "an upsert that needs the place of one never dispatched",
                        adas.andThen(expire),
                        upsert("ada", "q")),
                new Case("an upsert that is refused", delivered, refused("ada", "q")),
                new Case(
                        "an upsert on one of another that is refused",
                        delivered.andThen(upsert("bob", "q")).andThen(delete),
                        refused("bob", ID)),
                new Case("a delete", delivered, delete),
                new Case("a delete before the first was dispatched", adas, delete),
                new Case("a delete of what has expired", delivered.andThen(expire), delete));
    }
}
