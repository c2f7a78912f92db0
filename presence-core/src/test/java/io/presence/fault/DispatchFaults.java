package io.presence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.presence.PresencePatch;
import java.util.List;
import java.util.function.Consumer;

/**
 * A duty cycle fails at each site, for each kind of change that it dispatches. Nothing is lost for others.
 */
public class DispatchFaults implements Runnable {

    private static final int LEAST_SITES = 10;

    /** The work that a duty cycle finds. */
    private record Case(String name, Consumer<DispatchWorld> before) {}

    private final List<Faults.Kind> kinds;

    /** Makes the scenario with each kind of fault. */
    public DispatchFaults() {
        this(Faults.AT_EACH_SITE);
    }

    DispatchFaults(List<Faults.Kind> kinds) {
        this.kinds = kinds;
    }

    @Override
    public final void run() {
        for (Faults.Kind kind : kinds) {
            for (Case each : cases()) {
                int sites = Faults.atEachSite(
                        kind,
                        each.name(),
                        () -> fresh(each),
                        world -> world.store.doWork(),
                        world -> check(kind, world));
                if (kind == Faults.Kind.ONCE) {
                    assertThat(sites).as(each.name()).isGreaterThan(LEAST_SITES);
                }
            }
        }
    }

    /** Makes the world of a run. */
    DispatchWorld world() {
        return new DispatchWorld();
    }

    private DispatchWorld fresh(Case each) {
        DispatchWorld world = world();
        each.before().accept(world);
        return world;
    }

    private static void check(Faults.Kind kind, DispatchWorld world) {
        world.check(kind == Faults.Kind.ONCE ? 1 : world.viewers.size());
    }

    private static List<Case> cases() {
        Consumer<DispatchWorld> online = world -> world.upsert("p", "online", DispatchWorld.TTL);
        Consumer<DispatchWorld> delivered = online.andThen(DispatchWorld::drain);
        Consumer<DispatchWorld> delete = world -> world.store.delete("p");
        Consumer<DispatchWorld> expire = world -> world.pass(DispatchWorld.TTL);
        return List.of(
                new Case("nothing", world -> {}),
                new Case("a first upsert", online),
                new Case("an update", delivered.andThen(away())),
                new Case(
                        "an update that leaves a view",
                        delivered.andThen(away()).andThen(online)),
                new Case("a shorter lifetime", delivered.andThen(shorter())),
                new Case("a delete", delivered.andThen(delete)),
                new Case("an expiry", delivered.andThen(expire)),
                new Case("an expiry before the first was dispatched", online.andThen(expire)),
                new Case("an update, then a delete", delivered.andThen(away()).andThen(delete)),
                new Case(
                        "an incarnation after another",
                        delivered.andThen(delete).andThen(online)),
                new Case(
                        "an incarnation after one that has expired",
                        delivered.andThen(expire).andThen(online)),
                new Case("several writes", online.andThen(DispatchFaults::writeSeveral)),
                new Case("a flush", online.andThen(world -> world.store.flush())),
                new Case("a subscription", delivered.andThen(DispatchWorld::subscribe)),
                new Case(
                        "a subscription after a write",
                        delivered.andThen(away()).andThen(DispatchWorld::subscribeOnExecutor)),
                new Case("a resumed one that missed nothing", delivered.andThen(DispatchWorld::resume)),
                new Case(
                        "a resumed one that missed changes",
                        delivered.andThen(DispatchFaults::missChanges).andThen(DispatchWorld::resume)),
                new Case("a closed subscription", online.andThen(world -> world.close(0))),
                new Case(
                        "another principal",
                        delivered.andThen(away()).andThen(world -> world.switchPrincipal(0, "carol"))),
                new Case(
                        "two other principals",
                        delivered
                                .andThen(world -> world.switchPrincipal(1, "carol"))
                                .andThen(world -> world.switchPrincipal(1, "bob"))));
    }

    private static void missChanges(DispatchWorld world) {
        world.viewers.get(0).subscription.pause();
        world.upsert("missed", "online", DispatchWorld.TTL);
        world.upsert("p", "away", DispatchWorld.TTL);
        world.drain();
        world.viewers.get(0).subscription.resume();
    }

    private static Consumer<DispatchWorld> away() {
        return world -> world.store.update("p", PresencePatch.none().status("away"));
    }

    private static Consumer<DispatchWorld> shorter() {
        return world -> world.store.update("p", PresencePatch.none().expiresIn(DispatchWorld.TTL.dividedBy(2)));
    }

    private static void writeSeveral(DispatchWorld world) {
        for (int i = 0; i < 3; i++) {
            world.store.update("other" + i, PresencePatch.none().status("away"));
        }
    }
}
