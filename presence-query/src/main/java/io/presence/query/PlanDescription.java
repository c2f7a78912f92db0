package io.presence.query;

import io.presence.query.QuerySchema.Kind;
import io.presence.query.StandingQueries.MatchPlan;
import io.presence.query.internal.plan.Plan;
import io.presence.query.internal.plan.Term;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The conversion of a plan of the index to its public form. */
final class PlanDescription {

    private PlanDescription() {}

    static MatchPlan of(Plan plan, Query.Filter filter, Function<String, Kind> kinds, int sample) {
        List<String> impossible = ImpossibleParts.of(filter, kinds);
        Plan.Choice chosen = plan.choice();
        List<MatchPlan.Alternative> rejected = plan.considered().stream()
                .filter(choice -> choice != chosen)
                .sorted(Comparator.comparingDouble(Plan.Choice::share))
                .map(choice -> new MatchPlan.Alternative(conditions(choice), choice.share()))
                .toList();
        return chosen == null
                ? new MatchPlan(List.of(), true, 1, sample, rejected, impossible)
                : new MatchPlan(conditions(chosen), false, chosen.share(), sample, rejected, impossible);
    }

    private static List<String> conditions(Plan.Choice choice) {
        return choice.terms().stream().map(Term::toString).toList();
    }
}
