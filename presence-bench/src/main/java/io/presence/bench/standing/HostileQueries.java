package io.presence.bench.standing;

import io.presence.query.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Queries at the limits, of the kinds that take longest to add: many values, many needles, many names. */
final class HostileQueries {

    private static final int SORTS = 3;
    private static final int PARTS = 16;
    private static final int VALUES = 499;
    private static final int NEEDLES = 500;
    private static final int NEEDLE = 250;
    private static final int ZONES = 100;

    private HostileQueries() {}

    static MatchWorkload workload(int subscriptions) {
        return MatchWorkload.of(
                subscriptions,
                HostileQueries::query,
                (number, random) -> MatchWorkload.presence(
                        "online", "u" + number, random.nextInt(ZONES), "d" + number, number, number));
    }

    private static Query.Filter query(int id, SplittableRandom random) {
        return switch (id % SORTS) {
            case 0 -> values(random);
            case 1 -> needles(random);
            default -> names(random);
        };
    }

    /** Returns a query with about 8,000 values, one of which is a zone of the events. */
    private static Query.Filter values(SplittableRandom random) {
        List<Query.Filter> parts = new ArrayList<>();
        parts.add(Query.equal("metadata.zone", random.nextInt(ZONES)));
        for (int part = 0; part < PARTS; part++) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < VALUES; i++) {
                values.add(random.nextLong());
            }
            parts.add(Query.equal("metadata.v" + part, values));
        }
        return Query.or(parts);
    }

    /** Returns a query with 125,000 random characters. */
    private static Query.Filter needles(SplittableRandom random) {
        Object[] needles = new Object[NEEDLES];
        for (int i = 0; i < NEEDLES; i++) {
            needles[i] = random.ints(NEEDLE, ' ', '~')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
        return Query.contains("metadata.text", needles);
    }

    /** Returns a query with names that no other query has. */
    private static Query.Filter names(SplittableRandom random) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < VALUES; i++) {
            names.add("metadata.n" + random.nextInt(Integer.MAX_VALUE));
        }
        return Query.exists(names);
    }
}
