package io.presence.bench.hostile;

import io.presence.PresenceUpsert;
import io.presence.query.CompiledQuery;
import io.presence.query.Query;
import io.presence.query.QueryLimits;
import io.presence.query.RecordSchema;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The query and the record of a genome, as an untrusted caller may send them. */
final class HostileCase {

    private static final int JSON = 65_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Genome genome;

    private HostileCase(Genome genome) {
        this.genome = genome;
    }

    /**
     * A legal case.
     *
     * @param query a filter within {@link QueryLimits#DEFAULT}
     * @param record a record with metadata that a store accepts
     */
    record Legal(Query.Filter query, Map<String, ?> record) {
        /** Returns the operations that one evaluation takes. */
        long operations() {
            CompiledQuery<Map<String, ?>> compiled = CompiledQuery.compile(query, RecordSchema.maps());
            compiled.test(record);
            return compiled.operations();
        }

        /** Returns the least processor time of a number of evaluations, in nanoseconds. */
        long nanos(int evaluations) {
            CompiledQuery<Map<String, ?>> compiled = CompiledQuery.compile(query, RecordSchema.maps());
            long least = Long.MAX_VALUE;
            for (int i = 0; i < evaluations; i++) {
                long start = THREADS.getCurrentThreadCpuTime();
                compiled.test(record);
                least = Math.min(least, THREADS.getCurrentThreadCpuTime() - start);
            }
            return least;
        }
    }

    /** Returns the case of a genome, or an empty value if the case is not legal. */
    static Optional<Legal> of(Genome genome) {
        HostileCase hostile = new HostileCase(genome);
        if (hostile.isFarTooLarge()) {
            return Optional.empty();
        }
        try {
            Query.Filter query = hostile.query();
            QueryLimits.DEFAULT.check(List.of(query));
            Map<String, Object> metadata = hostile.metadata();
            PresenceUpsert.of("id", "user", "status").metadata(metadata);
            return Optional.of(new Legal(query, Map.of("metadata", metadata)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns whether the query exceeds a size limit, so that it need not be made. */
    private boolean isFarTooLarge() {
        int conditions = genome.gene(Genome.NESTING) == 0 ? 1 : 1 + genome.gene(Genome.CONDITIONS);
        int comparisons = (1 + genome.gene(Genome.FILTERS)) * conditions;
        return comparisons > QueryLimits.DEFAULT.nodes()
                || comparisons * genome.gene(Genome.OPERANDS) > QueryLimits.DEFAULT.totalValues();
    }

    private Query.Filter query() {
        Query[] filters = IntStream.range(0, 1 + genome.gene(Genome.FILTERS))
                .mapToObj(i -> nested(i, genome.gene(Genome.NESTING)))
                .toArray(Query[]::new);
        return switch (genome.gene(Genome.GROUP)) {
            case 0 -> Query.or(filters);
            case 1 -> Query.and(Query.or(filters), Query.isNull("metadata.gone"));
            default -> Query.and(filters);
        };
    }

    private Query.Filter nested(int i, int depth) {
        String key = genome.gene(Genome.SPREAD) == 0 ? "k" : "k" + i;
        if (depth == 0) {
            return comparison("metadata." + key, i);
        }
        Query[] conditions = IntStream.range(0, 1 + genome.gene(Genome.CONDITIONS))
                .mapToObj(j -> comparison("k" + j, i + j))
                .toArray(Query[]::new);
        Query.Filter filter = Query.elemMatch(depth == 1 ? "metadata.k" : "k", Query.or(conditions));
        for (int level = depth; level > 1; level--) {
            filter = Query.elemMatch(level == 2 ? "metadata.k" : "k", filter);
        }
        return filter;
    }

    private Query.Filter comparison(String attribute, int salt) {
        Object[] operands = IntStream.rangeClosed(0, genome.gene(Genome.OPERANDS))
                .mapToObj(i -> operand(i + salt))
                .toArray();
        return switch (genome.gene(Genome.METHOD)) {
            case 0 -> Query.equal(attribute, operands);
            case 1 -> Query.notEqual(attribute, operands);
            case 2 -> Query.contains(attribute, operands);
            case 3 -> Query.containsAll(attribute, operands);
            case 4 -> Query.notContains(attribute, operands);
            case 5 -> Query.between(attribute, operands[0], operands[operands.length - 1]);
            case 6 -> Query.startsWith(attribute, String.valueOf(operands[0]));
            default -> Query.isNull(attribute);
        };
    }

    private Object operand(int i) {
        int length = genome.gene(Genome.LENGTH);
        return switch (genome.gene(Genome.OPERAND)) {
            case 0 -> "a".repeat(length) + "b" + i;
            case 1 -> Integer.toString(i * 0x9e3779b9, 3).repeat(1 + length / 20);
            case 2 -> i;
            case 3 -> i + 0.5;
            case 4 -> List.of(i);
            case 5 -> Map.of("k", i);
            default -> big(i, length);
        };
    }

    private static BigDecimal big(int i, int length) {
        return new BigDecimal(BigInteger.TEN.pow(4 * length).add(BigInteger.valueOf(i)), 5);
    }

    private Map<String, Object> metadata() {
        return Map.of("k", filling());
    }

    private Object filling() {
        int length = 1 + genome.gene(Genome.LENGTH);
        return switch (genome.gene(Genome.FILLING)) {
            case 0 -> "a".repeat(JSON);
            case 1 -> "ab0012".repeat(JSON / 6);
            case 2 -> Collections.nCopies(JSON / 2, 7);
            case 3 -> Collections.nCopies(JSON / 5, -0.25);
            case 4 -> Collections.nCopies(JSON / 3, Map.of());
            case 5 -> Collections.nCopies(JSON / 4, List.of(7));
            case 6 -> Collections.nCopies(JSON / (10 + length), Map.of("k0", "a".repeat(length)));
            case 7 ->
                IntStream.range(0, JSON / (4 * length + 3))
                        .mapToObj(i -> big(i, length).negate())
                        .toList();
            default -> members();
        };
    }

    private static Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < JSON / 12; i++) {
            members.put("k" + i, 1);
        }
        return members;
    }
}
