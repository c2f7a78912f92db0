package io.presence.cluster;

import io.presence.fixture.Promise;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Nodes on a network that loses, repeats, delays and reorders frames, is cut in one direction or both, while nodes are
 * killed, paused, closed and started again under the same name, with wall clocks hours apart.
 */
class ClusterSimulationTest {

    private record Step(int kind, int first, int second, int third) {}

    private record Schedule(long seed, int nodes, int holdMillis, int lossPercent, int delayMillis, List<Step> steps) {}

    @Property(tries = 10_000)
    @Promise("cluster-agreement")
    void nodes_afterAnyFaults_showTheSamePresences(@ForAll("schedules") Schedule schedule) {
        Simulation simulation = new Simulation(schedule.seed, schedule.nodes, Duration.ofMillis(schedule.holdMillis));
        try {
            double part = schedule.lossPercent / 100.0;
            simulation.network.setFaults(part, part, schedule.delayMillis);
            for (Step step : schedule.steps) {
                simulation.step(step.kind, step.first, step.second, step.third);
            }
            simulation.settle();
        } finally {
            simulation.close();
        }
    }

    @Provide
    Arbitrary<Schedule> schedules() {
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 10_000);
        Arbitrary<Step> steps = Combinators.combine(
                        Arbitraries.integers().between(0, Simulation.KINDS - 1), numbers, numbers, numbers)
                .as(Step::new);
        return Combinators.combine(
                        Arbitraries.longs().between(0, Long.MAX_VALUE / 2),
                        Arbitraries.integers().between(2, 7),
                        Arbitraries.of(0, 1_500),
                        Arbitraries.of(0, 0, 5, 30),
                        Arbitraries.of(1, 20, 300),
                        steps.list().ofMinSize(1).ofMaxSize(40))
                .as(Schedule::new);
    }
}
