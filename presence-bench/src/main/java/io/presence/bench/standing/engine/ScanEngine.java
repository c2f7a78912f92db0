package io.presence.bench.standing.engine;

import io.presence.bench.AttributeRow;
import io.presence.bench.predicate.technique.LambdaTree;
import io.presence.query.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** An engine that evaluates every query, each a tree of lambdas. Appwrite evaluates queries one by one too. */
final class ScanEngine implements Engine<Map<String, Object>> {

    private static final Predicate<AttributeRow> NOTHING = row -> false;

    private final LambdaTree compiler = new LambdaTree();
    private final List<Predicate<AttributeRow>> queries = new ArrayList<>();
    private final AttributeRow.Values row = new AttributeRow.Values();

    @Override
    public void add(int id, Query.Filter query) {
        if (id > queries.size() || id < queries.size() && queries.get(id) != NOTHING) {
            throw new IllegalArgumentException("id must be the next, or that of a removed query: " + id);
        }
        if (id == queries.size()) {
            queries.add(NOTHING);
        }
        queries.set(id, compiler.translate(query));
    }

    @Override
    public void remove(int id, Query.Filter query) {
        queries.set(id, NOTHING);
    }

    @Override
    public Map<String, Object> prepare(Map<String, Object> record) {
        return record;
    }

    @Override
    public void match(Map<String, Object> event, Hits hits) {
        row.fill(event);
        for (int id = 0; id < queries.size(); id++) {
            if (queries.get(id).test(row)) {
                hits.add(id);
            }
        }
    }
}
