package io.presence.query.internal.access;

import io.presence.query.AttributePath;
import io.presence.query.Query;
import io.presence.query.internal.access.Range.Domain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What several ranges that must all hold come to: one range where they are of the same path, and a box of two paths. */
final class Ranges {
    private Ranges() {}

    private record Side(AttributePath path, Range range) {
        private Cover cover() {
            return Cover.inexact(new Term.Within(path, range));
        }
    }

    /** Returns the covers that parts of an {@code and} have together. */
    static List<Cover> of(List<Query.Filter> conjuncts, ToDoubleFunction<Cover> share) {
        Map<AttributePath, List<Query.Comparison>> byPath = new LinkedHashMap<>();
        for (Query.Filter conjunct : conjuncts) {
            if (conjunct instanceof Query.Comparison node && Coverage.isRange(node.method())) {
                byPath.computeIfAbsent(node.attribute(), any -> new ArrayList<>())
                        .add(node);
            }
        }
        List<Cover> covers = new ArrayList<>();
        List<Side> sides = new ArrayList<>();
        byPath.forEach((path, nodes) -> {
            Side side = numbers(path, nodes);
            if (side != null && side.range().isBounded()) {
                sides.add(side);
            }
            if (side != null && nodes.size() > 1) {
                covers.add(side.cover());
            }
        });
        if (sides.size() > 1) {
            covers.add(box(sides, share));
        }
        return covers;
    }

    /** Two finite ranges of numbers; of more, the two that the fewest records have. */
    private static Cover box(List<Side> sides, ToDoubleFunction<Cover> share) {
        List<Side> narrowest = sides.stream()
                .sorted(Comparator.comparingDouble(side -> share.applyAsDouble(side.cover())))
                .limit(2)
                .sorted(Comparator.comparing(side -> side.path().toString()))
                .toList();
        Side x = narrowest.get(0);
        Side y = narrowest.get(1);
        return Cover.inexact(new Term.InBox(x.path(), x.range(), y.path(), y.range()));
    }

    private static @Nullable Side numbers(AttributePath path, List<Query.Comparison> nodes) {
        Range all = null;
        for (Query.Comparison node : nodes) {
            Range range = Coverage.range(node, Domain.NUMBER);
            all = range == null || all == null ? range : all.intersect(range);
            if (all == null) {
                return null;
            }
        }
        return all == null ? null : new Side(path, all);
    }
}
