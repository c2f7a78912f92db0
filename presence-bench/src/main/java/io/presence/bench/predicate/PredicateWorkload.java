package io.presence.bench.predicate;

import io.presence.query.Query;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Records and queries, the same in each run. Attributes have few values, so that every branch is taken both ways. The
 * maps are immutable, as in the store. Their layout differs between JVMs, so use several forks.
 */
final class PredicateWorkload {

    private static final int RECORDS = 256;
    private static final int QUERIES = 1024;

    private final SplittableRandom random;

    private PredicateWorkload(long seed) {
        random = new SplittableRandom(seed);
    }

    static List<Map<String, Object>> records() {
        PredicateWorkload workload = new PredicateWorkload(1);
        return Stream.generate(workload::presence).limit(RECORDS).toList();
    }

    static List<Query.Filter> queries(Shapes shapes) {
        PredicateWorkload workload = new PredicateWorkload(2);
        return switch (shapes) {
            case ONE, AMONG -> List.of(conditions(3));
            case SAME ->
                IntStream.range(0, QUERIES).mapToObj(i -> workload.inZone()).toList();
            case DIFFERENT -> workload.differentShapes();
        };
    }

    /** Returns the query of the comparisons: online, in a zone, within a range of x. */
    static Query.Filter inZone(long zone, long low, long high) {
        return Query.and(
                Query.equal("status", "online"),
                Query.equal("metadata.zone", zone),
                Query.between("metadata.x", low, high));
    }

    /**
     * Returns a query of one, three or eight conditions. Most of the eight hold for most records, so that most are
     * evaluated.
     */
    static Query.Filter conditions(int count) {
        return switch (count) {
            case 1 -> Query.equal("status", "online");
            case 3 -> inZone(1, 20, 80);
            case 8 ->
                Query.and(
                        Query.equal("status", "online"),
                        Query.between("metadata.x", 5, 94),
                        Query.between("metadata.y", 5, 94),
                        Query.between("metadata.score", 5, 94),
                        Query.notEqual("metadata.team", "t9"),
                        Query.notEqual("metadata.documentId", "d9"),
                        Query.startsWith("userId", "u"),
                        Query.equal("metadata.zone", 1));
            default -> throw new IllegalArgumentException("count must be 1, 3 or 8: " + count);
        };
    }

    private Query.Filter inZone() {
        return inZone(zone(), random.nextInt(40), 60 + random.nextInt(40));
    }

    private Map<String, Object> presence() {
        return Map.of(
                "status",
                status(),
                "userId",
                user(),
                "metadata",
                Map.of(
                        "zone",
                        zone(),
                        "x",
                        (long) random.nextInt(100),
                        "y",
                        (long) random.nextInt(100),
                        "documentId",
                        document(),
                        "team",
                        team(),
                        "score",
                        (long) random.nextInt(100)));
    }

    private List<Query.Filter> differentShapes() {
        List<Query.Filter> queries = new ArrayList<>();
        Set<String> shapes = new HashSet<>();
        while (queries.size() < QUERIES) {
            Query.Filter query = tree(leaves(2 + random.nextInt(5)), random.nextBoolean());
            if (shapes.add(new ShapeText().translate(query))) {
                queries.add(query);
            }
        }
        return queries;
    }

    /** Returns a tree of conditions whose levels alternate between {@code and} and {@code or}. */
    private Query.Filter tree(List<Query.Filter> leaves, boolean all) {
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        List<Query.Filter> children = new ArrayList<>();
        for (int from = 0; from < leaves.size(); ) {
            int to = from + 1 + random.nextInt(Math.min(leaves.size() - from, leaves.size() - 1));
            children.add(tree(leaves.subList(from, to), !all));
            from = to;
        }
        return all ? Query.and(children) : Query.or(children);
    }

    /** Returns conditions on different attributes in random order. Each is true for about half of the records. */
    private List<Query.Filter> leaves(int count) {
        List<Query.Filter> leaves = new ArrayList<>(List.of(
                Query.equal("status", status()),
                Query.equal("metadata.zone", zone()),
                half("metadata.x"),
                half("metadata.y"),
                half("metadata.score"),
                Query.equal("metadata.team", team(), "t9"),
                random.nextBoolean()
                        ? Query.equal("metadata.documentId", document())
                        : Query.notEqual("metadata.documentId", document()),
                random.nextBoolean()
                        ? Query.startsWith("userId", user().substring(0, 2))
                        : Query.endsWith("userId", user().substring(2))));
        while (leaves.size() > count) {
            leaves.remove(random.nextInt(leaves.size()));
        }
        Collections.shuffle(leaves, new Random(random.nextLong()));
        return leaves;
    }

    private Query.Filter half(String attribute) {
        int low = random.nextInt(50);
        return Query.between(attribute, low, low + 49);
    }

    private long zone() {
        return random.nextInt(2);
    }

    private String team() {
        return "t" + random.nextInt(2);
    }

    private String status() {
        return random.nextInt(10) < 7 ? "online" : "away";
    }

    private String user() {
        return "u" + random.nextInt(2) + random.nextInt(2);
    }

    private String document() {
        return "d" + random.nextInt(2);
    }
}
