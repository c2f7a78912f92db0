package io.presence.linear;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Searches for an order of the steps of a history that the specification permits and that keeps the order of steps that
 * did not overlap.
 *
 * <p>The search is that of J. M. Wing and C. Gong, "Testing and verifying concurrent objects" (JPDC 17, 1993). It
 * visits no pair of a set of steps and a state twice, after G. Lowe, "Testing for linearizability" (Concurrency and
 * Computation 29, 2017).
 */
final class LinearizabilityChecker<S, T> {

    private final Specification<S, T> specification;
    private final List<Ordered<T>> steps;
    private final Set<Visited<S>> visited = new HashSet<>();

    private LinearizabilityChecker(Specification<S, T> specification, List<Ordered<T>> steps) {
        this.specification = specification;
        this.steps = steps;
    }

    /**
     * A step of a history.
     *
     * @param predecessors the indexes of the steps that come before this one in each order, as the bits of a set
     */
    record Ordered<T>(T step, long predecessors) {}

    private record Visited<S>(long done, S state) {}

    /** Returns whether there is such an order, of at most 63 steps. */
    static <S, T> boolean isLinearizable(Specification<S, T> specification, List<Ordered<T>> steps) {
        if (steps.size() >= Long.SIZE) {
            throw new IllegalArgumentException("steps must be fewer than 64: " + steps.size());
        }
        return new LinearizabilityChecker<>(specification, steps).canEnd(0, specification.start());
    }

    private boolean canEnd(long done, S state) {
        if (done == (1L << steps.size()) - 1) {
            return true;
        }
        if (!visited.add(new Visited<>(done, state))) {
            return false;
        }
        for (int i = 0; i < steps.size(); i++) {
            if ((done & 1L << i) == 0 && (steps.get(i).predecessors() & ~done) == 0 && canTake(i, done, state)) {
                return true;
            }
        }
        return false;
    }

    private boolean canTake(int index, long done, S state) {
        for (S next : specification.after(state, steps.get(index).step())) {
            if (canEnd(done | 1L << index, next)) {
                return true;
            }
        }
        return false;
    }
}
