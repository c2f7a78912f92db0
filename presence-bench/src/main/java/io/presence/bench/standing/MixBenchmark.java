package io.presence.bench.standing;

import io.presence.query.Query;
import java.util.Map;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Param;

/**
 * Measures the search for the subscribers of an event among queries of many kinds.
 *
 * <p>Of 100 subscriptions, 50 are {@code status = online and zone = z}, 25 are for a document, 4 for any of three
 * documents, 4 for a document or a user, 5 for a prefix of the user's id, 11 for a range of x, and 1 for a suffix of
 * the user's id. Half of the suffix queries also have {@code status != away}, which an index cannot use well. There are
 * 20 subscriptions for each zone, 10 for each document and 1 for each user, and the ranges are narrower if there are
 * more subscriptions. An event matches about 18 subscriptions at any size.
 *
 * <pre>{@code
 * java -jar presence-bench/target/benchmarks.jar MixBenchmark -p engine=INDEX,SCAN,RULER -p subscriptions=100000
 * }</pre>
 */
public class MixBenchmark extends StandingBenchmark {

    private static final int WORLD = 10_000_000;

    /** The number of different suffixes. */
    @Param({"10", "10000"})
    public int suffixes;

    @Override
    MatchWorkload workload() {
        return MatchWorkload.of(subscriptions, this::query, (number, random) -> event(random));
    }

    private Query.Filter query(int id, SplittableRandom random) {
        int kind = id % 100;
        if (kind < 50) {
            return Query.and(Query.equal("status", "online"), Query.equal("metadata.zone", zone(random)));
        } else if (kind < 75) {
            return Query.equal("metadata.documentId", document(random));
        } else if (kind < 79) {
            return Query.equal("metadata.documentId", document(random), document(random), document(random));
        } else if (kind < 83) {
            return Query.or(Query.equal("metadata.documentId", document(random)), Query.equal("userId", user(random)));
        } else if (kind < 88) {
            return Query.startsWith("userId", user(random).substring(0, 7));
        } else if (kind < 99) {
            int x = random.nextInt(WORLD);
            return Query.between("metadata.x", x, x + 40L * WORLD / subscriptions);
        }
        Query.Filter suffix = Query.endsWith("userId", "%04d".formatted(random.nextInt(suffixes)));
        return random.nextBoolean() ? suffix : Query.and(Query.notEqual("status", "away"), suffix);
    }

    private Map<String, Object> event(SplittableRandom random) {
        String status = random.nextInt(10) < 9 ? "online" : "away";
        long x = random.nextInt(WORLD);
        return MatchWorkload.presence(status, user(random), zone(random), document(random), x, 0);
    }

    private int zone(SplittableRandom random) {
        return random.nextInt(subscriptions / 20);
    }

    private String document(SplittableRandom random) {
        return "d" + random.nextInt(subscriptions / 10);
    }

    /** Returns eight characters. A prefix excludes the last digit. */
    private String user(SplittableRandom random) {
        return "u%07d".formatted(random.nextInt(subscriptions));
    }
}
