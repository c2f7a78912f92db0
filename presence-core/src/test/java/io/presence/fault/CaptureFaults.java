package io.presence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Each look of the dispatcher at an entry fails at each site, and can be repeated. */
public final class CaptureFaults implements Runnable {

    private static final int LEAST_SITES = 10;

    private record Case(String name, Consumer<EntriesWorld> before) {}

    @Override
    public void run() {
        for (Case each : cases()) {
            int sites = Faults.atEachSite(
                    Faults.Kind.ONCE,
                    each.name(),
                    () -> fresh(each),
                    EntriesWorld::dispatch,
                    world -> world.check("p", "q", "r"));
            assertThat(sites).as(each.name()).isGreaterThan(LEAST_SITES);
        }
    }

    private static EntriesWorld fresh(Case each) {
        EntriesWorld world = new EntriesWorld();
        world.upsert("q", "online");
        world.upsert("r", "online");
        world.dispatch();
        each.before().accept(world);
        return world;
    }

    private static List<Case> cases() {
        Consumer<EntriesWorld> online = world -> world.upsert("p", "online");
        Consumer<EntriesWorld> told = online.andThen(EntriesWorld::dispatch);
        Consumer<EntriesWorld> away = world -> world.upsert("p", "away");
        Consumer<EntriesWorld> delete = world -> world.delete("p");
        Consumer<EntriesWorld> expire = world -> {
            world.pass(Duration.ofSeconds(10));
            world.upsert("q", "online");
            world.upsert("r", "online");
        };
        return List.of(
                new Case("a first life", online),
                new Case("another state", told.andThen(away)),
                new Case("an end", told.andThen(delete)),
                new Case("a life after an end", told.andThen(delete).andThen(away)),
                new Case(
                        "an end after an end",
                        told.andThen(delete).andThen(away).andThen(delete)),
                new Case("a life that was never told", online.andThen(delete)),
                new Case(
                        "a life after one that was never told",
                        online.andThen(delete).andThen(away)),
                new Case("a life after one that expired", told.andThen(expire).andThen(away)));
    }
}
