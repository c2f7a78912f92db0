package io.presence.fault;

import static io.presence.fault.StoreWorld.ID;
import static io.presence.fault.StoreWorld.TTL;
import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresenceException;
import io.presence.PresenceUpsert;
import io.presence.Principal;
import io.presence.session.PresenceSession;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Each operation on the holders of a presence fails at each site: the presence and its holders are old or new. */
public final class SessionFaults implements Runnable {

    private static final Principal ADA = Principal.user("ada").build();
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final PresenceUpsert ONLINE = PresenceUpsert.of(ID, "online").expiresIn(TTL);

    /** A store, and two sessions of the owner. */
    private static final class World {
        final StoreWorld store = new StoreWorld(3, 2);
        final PresenceSession old = store.store.open(ADA);
        final PresenceSession fresh = store.store.open(ADA);

        String says() {
            return store.says() + " held by" + (holds(old) ? " old" : "") + (holds(fresh) ? " fresh" : "");
        }

        private static boolean holds(PresenceSession session) {
            try {
                return session.isOpen() && session.touch() == 1 && session.touch(ID);
            } catch (PresenceException refused) {
                return false;
            }
        }
    }

    /** An operation, and the state of the world that it begins in. */
    private record Case(String name, Consumer<World> before, Consumer<World> operation) {}

    @Override
    public void run() {
        for (Faults.Kind kind : Faults.AT_EACH_SITE) {
            for (Case each : cases()) {
                Faults.atEachSite(
                        kind, each.name(), () -> fresh(each), each.operation(), world -> check(kind, each, world));
            }
        }
    }

    private static World fresh(Case each) {
        World world = new World();
        each.before().accept(world);
        return world;
    }

    private static void check(Faults.Kind kind, Case each, World world) {
        World unharmed = fresh(each);
        String before = unharmed.says();
        each.operation().accept(unharmed);
        if (!world.old.isOpen()) {
            /* A close that failed half-way is completed by another one. */
            each.operation().accept(world);
        }
        assertThat(world.says()).isIn(List.of(before, unharmed.says()));
        world.old.close();
        world.fresh.close();
        if (world.store.store.get(ID) != null) {
            world.store.store.delete(ID);
        }
        world.store.check(kind == Faults.Kind.ONCE);
    }

    private static List<Case> cases() {
        Consumer<World> held = world -> world.old.upsert(ONLINE);
        Consumer<World> seen = held.andThen(world -> world.store.drain()).andThen(world -> world.store.pass(GRACE));
        Consumer<World> shared = seen.andThen(world -> world.old.upsert(ONLINE.shared()));
        Consumer<World> both = shared.andThen(world -> world.fresh.upsert(ONLINE.shared()));
        Consumer<World> left = seen.andThen(world -> world.old.close(GRACE));
        return List.of(
                new Case("a first upsert", world -> {}, held),
                new Case("a takeover that changes nothing", seen, world -> world.fresh.upsert(ONLINE)),
                new Case("a takeover", seen, world -> world.fresh.upsert(PresenceUpsert.of(ID, "away"))),
                new Case("another holder", shared, world -> world.fresh.upsert(ONLINE.shared())),
                new Case("a takeover from two", both, world -> world.fresh.upsert(ONLINE)),
                new Case("a close", seen, world -> world.old.close()),
                new Case("a close with a grace", seen, world -> world.old.close(GRACE)),
                new Case("a close of one of two", both, world -> world.old.close()),
                new Case("a return within the grace", left, world -> world.fresh.upsert(ONLINE)),
                new Case(
                        "an upsert after the grace",
                        left.andThen(world -> world.store.pass(GRACE)),
                        world -> world.fresh.upsert(ONLINE)),
                new Case("a delete", seen, world -> world.old.delete(ID)));
    }
}
