package io.presence.fault;

import static io.presence.fault.StoreWorld.ID;
import static io.presence.fault.StoreWorld.TTL;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.Permission;
import io.presence.PresencePatch;
import io.presence.PresenceUpsert;
import io.presence.Role;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Each write, from each state of its id, fails at each site: it has happened or not, and all else is consistent. */
public final class WriteFaults implements Runnable {

    private static final int LEAST_SITES = 10;
    private static final Duration AWAY = Duration.ofSeconds(1);

    /** An operation, and the state of the world that it begins in. */
    private record Case(String name, int others, Consumer<StoreWorld> before, Consumer<StoreWorld> operation) {}

    @Override
    public void run() {
        for (Faults.Kind kind : Faults.AT_EACH_SITE) {
            for (Case each : cases()) {
                int sites = Faults.atEachSite(
                        kind, each.name(), () -> fresh(each), each.operation(), world -> check(kind, each, world));
                if (kind == Faults.Kind.ONCE) {
                    assertThat(sites).as(each.name()).isGreaterThan(LEAST_SITES);
                }
            }
        }
    }

    private static StoreWorld fresh(Case each) {
        StoreWorld world = new StoreWorld(each.others(), 2);
        each.before().accept(world);
        return world;
    }

    private static void check(Faults.Kind kind, Case each, StoreWorld world) {
        StoreWorld unharmed = fresh(each);
        String before = unharmed.says();
        each.operation().accept(unharmed);
        assertThat(world.says()).isIn(List.of(before, unharmed.says()));
        world.check(kind == Faults.Kind.ONCE);
    }

    private static List<Case> cases() {
        Consumer<StoreWorld> nothing = world -> {};
        Consumer<StoreWorld> online = world -> world.upsert("online");
        Consumer<StoreWorld> delivered = online.andThen(StoreWorld::drain);
        Consumer<StoreWorld> expire = world -> world.pass(TTL);
        Consumer<StoreWorld> delete = world -> world.store.delete(ID);
        Consumer<StoreWorld> away = world -> world.upsert("away");
        Consumer<StoreWorld> idle = ((Consumer<StoreWorld>) WriteFaults::writeLaddered)
                .andThen(StoreWorld::drain)
                .andThen(world -> world.pass(AWAY));
        Consumer<StoreWorld> shown = idle.andThen(StoreWorld::drain);
        return List.of(
                new Case("a rung of an idle ladder", 3, idle, world -> world.store.doWork()),
                new Case("activity while a rung is shown", 3, shown, world -> world.store.active(ID)),
                new Case("an upsert of the same while a rung is shown", 3, shown, WriteFaults::writeLaddered),
                new Case("an upsert of another status while a rung is shown", 3, shown, online),
                new Case("the first upsert", 3, nothing, online),
                new Case("the upsert that makes a page grow", 55, nothing, online),
                new Case("the upsert that makes a posting a set", 8, nothing, online),
                new Case("an upsert of the same", 3, delivered, online),
                new Case(
                        "an upsert of the same for less",
                        3,
                        delivered,
                        world -> world.store.upsert(
                                PresenceUpsert.of(ID, "ada", "online").expiresIn(TTL.dividedBy(2)))),
                new Case("an upsert of another status", 3, delivered, away),
                new Case("an upsert before the first was dispatched", 3, online, away),
                new Case("an upsert of other permissions", 3, delivered, WriteFaults::share),
                new Case("an upsert on a life that has expired", 3, delivered.andThen(expire), away),
                new Case("an upsert on one that expired undispatched", 3, online.andThen(expire), away),
                new Case("an upsert on a deleted one", 3, delivered.andThen(delete), away),
                new Case(
                        "an upsert on the life after a deleted one",
                        3,
                        delivered.andThen(delete).andThen(online),
                        away),
                new Case(
                        "an update of the status",
                        3,
                        delivered,
                        patch(PresencePatch.none().status("away"))),
                new Case(
                        "an update of the lifetime",
                        3,
                        delivered,
                        patch(PresencePatch.none().expiresIn(TTL.dividedBy(2)))),
                new Case("a revocation", 3, delivered.andThen(WriteFaults::share), patch(revocation())),
                new Case("a delete", 3, delivered, delete),
                new Case("a delete before the first was dispatched", 3, online, delete),
                new Case("a delete of what has expired", 3, delivered.andThen(expire), delete),
                new Case(
                        "a delete of the life after a deleted one",
                        3,
                        delivered.andThen(delete).andThen(online),
                        delete),
                new Case("a delete that makes a set an array", 4, delivered, delete));
    }

    private static void writeLaddered(StoreWorld world) {
        world.store.upsert(PresenceUpsert.of(ID, "ada", "here").expiresIn(TTL).idle(AWAY, "away"));
    }

    private static void share(StoreWorld world) {
        world.store.upsert(PresenceUpsert.of(ID, "ada", "away")
                .permissions(Permission.read(Role.any()), Permission.update(Role.any()))
                .expiresIn(Duration.ofSeconds(20)));
    }

    private static PresencePatch revocation() {
        return PresencePatch.none().permissions(List.of()).expiresIn(Duration.ofSeconds(1));
    }

    private static Consumer<StoreWorld> patch(PresencePatch patch) {
        return world -> world.store.update(ID, patch);
    }
}
