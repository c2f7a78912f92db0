package io.presence.linear;

import io.presence.linear.Answer.Result;
import io.presence.linear.LinearizabilityChecker.Ordered;
import io.presence.linear.Operation.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The calls on one presence, with all advances of the clock. It starts without a presence.
 *
 * @param start the time of the clock at the start
 */
record History(long start, List<Call> calls) {

    /** Returns whether one thread could have made these calls, in an order that keeps the real one. */
    boolean isLinearizable() {
        PresenceSpecification specification = new PresenceSpecification(
                start,
                calls.stream()
                        .filter(call -> call.operation().kind() == Kind.ADVANCE)
                        .mapToLong(call -> call.answer().now()));
        return LinearizabilityChecker.isLinearizable(specification, ordered(steps()));
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (Call call : calls) {
            if (call.answer().result() == Result.CHANGED && call.operation().kind() != Kind.PATCH) {
                steps.add(new Step(call, Step.Part.LEASE));
                steps.add(new Step(call, Step.Part.PUBLICATION));
            } else {
                steps.add(new Step(call, Step.Part.WHOLE));
            }
        }
        return steps;
    }

    private static List<Ordered<Step>> ordered(List<Step> steps) {
        List<Ordered<Step>> ordered = new ArrayList<>();
        for (Step step : steps) {
            long predecessors = 0;
            for (int i = 0; i < steps.size(); i++) {
                predecessors |= steps.get(i).precedes(step) ? 1L << i : 0;
            }
            ordered.add(new Ordered<>(step, predecessors));
        }
        return ordered;
    }

    @Override
    public String toString() {
        return calls.stream()
                .sorted(Comparator.comparingLong(Call::invoked))
                .map(call -> "%n%d-%d at %d: %s %s"
                        .formatted(call.invoked(), call.returned(), call.earliest(), call.operation(), call.answer()))
                .collect(Collectors.joining("", "start " + start, ""));
    }
}
