package io.presence.property;

import io.presence.query.Query;
import java.util.function.Predicate;

/** A query of a list, count or subscription, with the same condition in plain Java. */
enum QueryCase {
    EVERYTHING(record -> true),
    ONLINE(record -> record.status().equals("online"), Query.equal("status", "online")),
    PLAN(record -> "plan".equals(record.metadata().get("doc")), Query.equal("metadata.doc", "plan")),
    ELSEWHERE(
            record -> record.metadata().get("doc") != null
                    && !"plan".equals(record.metadata().get("doc")),
            Query.notEqual("metadata.doc", "plan")),
    ADAS(record -> record.userId().equals("ada"), Query.equal("userId", "ada")),
    ONE(record -> record.id().equals("c.d"), Query.equal("$id", "c.d", "x")),
    EITHER(record -> true, Query.equal("status", "online", "away", null)),
    ENDING(record -> record.status().endsWith("e"), Query.endsWith("status", "e")),
    AWAY_WITH_SOME_PLAN(
            record -> record.status().equals("away") && record.metadata().get("doc") != null,
            Query.and(Query.equal("status", "away"), Query.equal("metadata.doc", "budget", "plan", "x")));

    private final Predicate<ModelRecord> plain;
    private final Query[] queries;

    QueryCase(Predicate<ModelRecord> plain, Query... queries) {
        this.plain = plain;
        this.queries = queries;
    }

    boolean matches(ModelRecord record) {
        return plain.test(record);
    }

    Query[] queries() {
        return queries;
    }
}
