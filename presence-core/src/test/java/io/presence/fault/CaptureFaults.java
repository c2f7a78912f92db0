package io.presence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Each look of the dispatcher at an entry fails at each site, and can be repeated. */
public final class CaptureFaults implements Runnable {

    private static final int LEAST_SITES = 10;

    private record Case(String name, Consumer<TableWorld> before) {}

    @Override
    public void run() {
        for (Case each : cases()) {
            int sites = Faults.atEachSite(
                    Faults.Kind.ONCE,
                    each.name(),
                    () -> fresh(each),
                    TableWorld::dispatch,
                    world -> world.check("p", "q", "r"));
            assertThat(sites).as(each.name()).isGreaterThan(LEAST_SITES);
        }
    }

    private static TableWorld fresh(Case each) {
        TableWorld world = new TableWorld();
        world.upsert("q", "online");
        world.upsert("r", "online");
        world.dispatch();
        each.before().accept(world);
        return world;
    }

    private static List<Case> cases() {
        Consumer<TableWorld> online = world -> world.upsert("p", "online");
        Consumer<TableWorld> delivered = online.andThen(TableWorld::dispatch);
        Consumer<TableWorld> away = world -> world.upsert("p", "away");
        Consumer<TableWorld> delete = world -> world.delete("p");
        Consumer<TableWorld> expire = world -> {
            world.pass(Duration.ofSeconds(10));
            world.upsert("q", "online");
            world.upsert("r", "online");
        };
        return List.of(
                new Case("a first life", online),
                new Case("another state", delivered.andThen(away)),
                new Case("an end", delivered.andThen(delete)),
                new Case("a life after an end", delivered.andThen(delete).andThen(away)),
                new Case(
                        "an end after an end",
                        delivered.andThen(delete).andThen(away).andThen(delete)),
                new Case("an incarnation that was never delivered", online.andThen(delete)),
                new Case(
                        "an incarnation after one that was never delivered",
                        online.andThen(delete).andThen(away)),
                new Case(
                        "a life after one that expired",
                        delivered.andThen(expire).andThen(away)));
    }
}
