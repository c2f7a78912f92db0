package io.presence.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;

/**
 * Each call by which a caller makes, resumes, closes or changes a subscription fails at each site: it has happened or
 * not, and nothing is lost for others.
 */
public final class SubscribeFaults implements Runnable {

    private static final int LEAST_SITES = 5;

    private record Case(String name, Consumer<DispatchWorld> operation) {}

    @Override
    public void run() {
        for (Faults.Kind kind : Faults.AT_EACH_SITE) {
            for (Case each : cases()) {
                int sites = Faults.atEachSite(
                        kind,
                        each.name(),
                        SubscribeFaults::fresh,
                        each.operation(),
                        world -> world.check(kind == Faults.Kind.ONCE ? 1 : world.viewers.size()));
                if (kind == Faults.Kind.ONCE) {
                    assertThat(sites).as(each.name()).isGreaterThan(LEAST_SITES);
                }
            }
        }
    }

    private static DispatchWorld fresh() {
        DispatchWorld world = new DispatchWorld();
        world.upsert("p", "online", DispatchWorld.TTL);
        world.drain();
        world.upsert("p", "away", DispatchWorld.TTL);
        return world;
    }

    private static List<Case> cases() {
        return List.of(
                new Case("subscribe", DispatchWorld::subscribe),
                new Case("subscribe on an executor", DispatchWorld::subscribeOnExecutor),
                new Case("resume", DispatchWorld::resume),
                new Case("close", world -> world.close(0)),
                new Case("close on an executor", world -> world.close(1)),
                new Case("another principal", world -> world.switchPrincipal(0, "carol")),
                new Case("another principal on an executor", world -> world.switchPrincipal(1, "carol")));
    }
}
