package io.presence.query.internal.plan;

import io.presence.query.AttributePath;
import io.presence.query.Query;
import io.presence.query.internal.plan.Range.Domain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The combination of ranges that must all hold: ranges of one path are intersected, and ranges of two paths form a box.
 */
final class RangeMerger {

    private RangeMerger() {}

    private record Side(AttributePath path, Range range) {
        private CandidateTerms candidates() {
            return CandidateTerms.inexact(new Term.Within(path, range));
        }
    }

    /** Returns the candidate terms of several parts of an {@code and} together. */
    static List<CandidateTerms> of(List<Query.Filter> conjuncts, ToDoubleFunction<CandidateTerms> share) {
        List<Query.Comparison> ranges = ranges(conjuncts);
        if (ranges.size() <= 1) {
            return List.of();
        }
        Map<AttributePath, List<Query.Comparison>> byPath = new LinkedHashMap<>();
        for (Query.Comparison node : ranges) {
            byPath.computeIfAbsent(node.attribute(), any -> new ArrayList<>(1)).add(node);
        }
        List<CandidateTerms> alternatives = new ArrayList<>();
        List<Side> sides = new ArrayList<>();
        byPath.forEach((path, nodes) -> {
            Side side = numbers(path, nodes);
            if (side != null && side.range().isBounded()) {
                sides.add(side);
            }
            if (side != null && nodes.size() > 1) {
                alternatives.add(side.candidates());
            }
        });
        if (sides.size() > 1) {
            alternatives.add(box(sides, share));
        }
        return alternatives;
    }

    private static List<Query.Comparison> ranges(List<Query.Filter> conjuncts) {
        List<Query.Comparison> ranges = new ArrayList<>(0);
        for (Query.Filter conjunct : conjuncts) {
            if (conjunct instanceof Query.Comparison node && TermExtractor.isRange(node.method())) {
                ranges.add(node);
            }
        }
        return ranges;
    }

    /** Returns the box of two bounded ranges of numbers; of more, the two with the least shares. */
    private static CandidateTerms box(List<Side> sides, ToDoubleFunction<CandidateTerms> share) {
        List<Side> narrowest = sides.size() == 2 ? sides : narrowest(sides, share);
        /* Any order that is the same for all queries. */
        boolean inOrder = narrowest.get(0).path().compareTo(narrowest.get(1).path()) < 0;
        Side x = narrowest.get(inOrder ? 0 : 1);
        Side y = narrowest.get(inOrder ? 1 : 0);
        return CandidateTerms.inexact(new Term.InBox(x.path(), x.range(), y.path(), y.range()));
    }

    private static List<Side> narrowest(List<Side> sides, ToDoubleFunction<CandidateTerms> share) {
        return sides.stream()
                .sorted(Comparator.comparingDouble(side -> share.applyAsDouble(side.candidates())))
                .limit(2)
                .toList();
    }

    private static @Nullable Side numbers(AttributePath path, List<Query.Comparison> nodes) {
        Range all = null;
        for (Query.Comparison node : nodes) {
            Range range = TermExtractor.range(node, Domain.NUMBER);
            all = range == null || all == null ? range : all.intersect(range);
            if (all == null) {
                return null;
            }
        }
        return all == null ? null : new Side(path, all);
    }
}
