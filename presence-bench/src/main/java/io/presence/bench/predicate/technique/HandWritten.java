package io.presence.bench.predicate.technique;

import io.presence.bench.AttributeRow;
import io.presence.query.AttributePath;
import java.util.Map;
import java.util.function.Predicate;

/** The queries of one, three and eight conditions, written by hand in Java: the lower bound. */
public final class HandWritten {

    private static final int STATUS = slot("status");
    private static final int USER = slot("userId");
    private static final int ZONE = slot("metadata.zone");
    private static final int X = slot("metadata.x");
    private static final int Y = slot("metadata.y");
    private static final int SCORE = slot("metadata.score");
    private static final int TEAM = slot("metadata.team");
    private static final int DOCUMENT = slot("metadata.documentId");

    private HandWritten() {}

    /** Returns the query on maps. */
    public static Predicate<AttributeRow> onMaps(int conditions) {
        Predicate<Map<String, Object>> query = switch (conditions) {
            case 1 -> record -> "online".equals(record.get("status"));
            case 3 -> HandWritten::three;
            case 8 -> HandWritten::eight;
            default -> throw unknown(conditions);
        };
        return row -> query.test(((AttributeRow.Maps) row).map());
    }

    /** Returns the query on slots. */
    public static Predicate<AttributeRow> onSlots(int conditions) {
        return switch (conditions) {
            case 1 -> row -> "online".equals(row.get(STATUS));
            case 3 ->
                row -> "online".equals(row.get(STATUS))
                        && row.get(ZONE) instanceof Long zone
                        && zone == 1
                        && row.get(X) instanceof Long x
                        && isWithin(x, 20, 80);
            case 8 ->
                row -> "online".equals(row.get(STATUS))
                        && row.get(X) instanceof Long x
                        && isWithin(x, 5, 94)
                        && row.get(Y) instanceof Long y
                        && isWithin(y, 5, 94)
                        && row.get(SCORE) instanceof Long score
                        && isWithin(score, 5, 94)
                        && row.get(TEAM) instanceof String team
                        && !team.equals("t9")
                        && row.get(DOCUMENT) instanceof String document
                        && !document.equals("d9")
                        && row.get(USER) instanceof String user
                        && user.startsWith("u")
                        && row.get(ZONE) instanceof Long zone
                        && zone == 1;
            default -> throw unknown(conditions);
        };
    }

    private static boolean three(Map<String, Object> record) {
        return "online".equals(record.get("status"))
                && record.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("zone") instanceof Long zone
                && zone == 1
                && metadata.get("x") instanceof Long x
                && isWithin(x, 20, 80);
    }

    private static boolean eight(Map<String, Object> record) {
        return "online".equals(record.get("status"))
                && record.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("x") instanceof Long x
                && isWithin(x, 5, 94)
                && metadata.get("y") instanceof Long y
                && isWithin(y, 5, 94)
                && metadata.get("score") instanceof Long score
                && isWithin(score, 5, 94)
                && metadata.get("team") instanceof String team
                && !team.equals("t9")
                && metadata.get("documentId") instanceof String document
                && !document.equals("d9")
                && record.get("userId") instanceof String user
                && user.startsWith("u")
                && metadata.get("zone") instanceof Long zone
                && zone == 1;
    }

    private static boolean isWithin(long value, long low, long high) {
        return value >= low && value <= high;
    }

    private static IllegalArgumentException unknown(int conditions) {
        return new IllegalArgumentException("conditions must be 1, 3 or 8: " + conditions);
    }

    private static int slot(String path) {
        return AttributeRow.slot(AttributePath.parse(path));
    }
}
