package io.presence.query;

import java.util.List;
import java.util.SplittableRandom;

/** Reads texts that are nearly queries, or not at all, and checks that they are read whole or refused. */
final class QueryJsonFuzz {

    private static final QueryLimits LIMITS = QueryLimits.DEFAULT;

    private QueryJsonFuzz() {}

    /** The numbers of texts that were accepted and refused. */
    record Outcome(long accepted, long refused) {}

    /** Reads a text for each seed from {@code first} on. */
    static Outcome run(long first, long iterations) {
        long accepted = 0;
        for (long seed = first; seed < first + iterations; seed++) {
            String text = new QueryJsonTexts(new SplittableRandom(seed)).next();
            try {
                accepted += isAccepted(text) ? 1 : 0;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ": " + escaped(text), e);
            }
        }
        return new Outcome(accepted, iterations - accepted);
    }

    private static boolean isAccepted(String text) {
        boolean one = isQuery(text);
        boolean array = isArray(text);
        if (one && array) {
            throw new AssertionError("text is a query and an array");
        }
        return one || array;
    }

    private static boolean isQuery(String text) {
        Query query;
        try {
            query = QueryJson.parse(text, LIMITS);
        } catch (QueryException e) {
            checkRefusal(text, e);
            return false;
        }
        LIMITS.check(query);
        same(query, QueryJson.parse(QueryJson.write(query), roomy(text)));
        same(List.of(query), QueryJson.parseAll(List.of(text), LIMITS));
        return true;
    }

    private static boolean isArray(String text) {
        List<Query> queries;
        try {
            queries = QueryJson.parseArray(text, LIMITS);
        } catch (QueryException e) {
            checkRefusal(text, e);
            return false;
        }
        LIMITS.check(queries);
        same(queries, QueryJson.parseArray(QueryJson.writeArray(queries), roomy(text)));
        return true;
    }

    /** A number such as 1e1100 is written in full. */
    private static QueryLimits roomy(String text) {
        return LIMITS.withTextLength(Operands.MAX_DIGITS * (text.length() + 1));
    }

    private static void checkRefusal(String text, QueryException refusal) {
        if (refusal.offset() < 0 || refusal.offset() > text.length()) {
            throw new AssertionError("offset is not within the text: " + refusal.offset(), refusal);
        }
        if (refusal.getMessage().length() > 1000) {
            throw new AssertionError("message is not bounded", refusal);
        }
    }

    private static void same(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("written and read back: " + actual);
        }
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append(c >= ' ' && c < 0x7f ? "" + (char) c : String.format("\\u%04x", c)));
        return escaped.toString();
    }
}
