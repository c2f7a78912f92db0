package io.presence.bench.hostile;

import io.presence.bench.TrialArguments;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;

/**
 * A hill climb from random starts towards the legal query and record whose evaluation costs most.
 *
 * <pre>{@code
 * java -cp presence-bench/target/benchmarks.jar \
 *     io.presence.bench.hostile.HostileSearch [seed [starts [steps]]]
 * }</pre>
 *
 * <p>It prints the most expensive cases by operations and by time. A seed always leads to the same case by operations.
 */
public final class HostileSearch {

    private static final int EVALUATIONS = 20;
    private static final int MANY_EVALUATIONS = 300;
    private static final double NANOS_PER_MILLI = 1e6;

    private final SplittableRandom random;
    private final ToLongFunction<HostileCase.Legal> cost;

    /** Makes a search with a seed and a measure of cost. */
    HostileSearch(long seed, ToLongFunction<HostileCase.Legal> cost) {
        this.random = new SplittableRandom(seed);
        this.cost = cost;
    }

    /**
     * The most expensive case of a search.
     *
     * @param cost the cost, or -1 if no case was legal
     */
    record Found(Genome genome, long cost) {}

    /** Prints the most expensive cases. */
    public static void main(String[] args) {
        TrialArguments arguments = new TrialArguments(args);
        long seed = arguments.number("seed", 1);
        int starts = arguments.integer("starts", 30);
        int steps = arguments.integer("steps", 100);
        print("operations", new HostileSearch(seed, HostileCase.Legal::operations).worst(starts, steps));
        print("time", new HostileSearch(seed, legal -> legal.nanos(EVALUATIONS)).worst(starts, steps));
    }

    private static void print(String measure, Found found) {
        HostileCase.of(found.genome())
                .ifPresent(legal -> System.out.printf(
                        "worst by %s: genome %s, %,d operations, %.2f ms%n",
                        measure, found.genome(), legal.operations(), legal.nanos(MANY_EVALUATIONS) / NANOS_PER_MILLI));
    }

    /** Returns the most expensive case of a number of starts, each with a number of steps. */
    Found worst(int starts, int steps) {
        Found worst = cost(Genome.random(random));
        for (int start = 0; start < starts; start++) {
            Found found = climb(steps);
            worst = found.cost() > worst.cost() ? found : worst;
        }
        return worst;
    }

    private Found climb(int steps) {
        Found best = cost(Genome.random(random));
        for (int step = 0; step < steps; step++) {
            Found next = cost(best.genome().mutated(random));
            best = next.cost() >= best.cost() ? next : best;
        }
        return best;
    }

    private Found cost(Genome genome) {
        Optional<HostileCase.Legal> legal = HostileCase.of(genome);
        return new Found(genome, legal.isPresent() ? cost.applyAsLong(legal.get()) : -1);
    }
}
