package io.presence.bench.standing.engine;

import io.presence.query.Handle;
import io.presence.query.MatchVisitor;
import io.presence.query.Query;
import io.presence.query.RecordSchema;
import io.presence.query.StandingQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The query index of presence-query. Each event is a new record. */
final class IndexEngine implements Engine<Map<String, Object>> {

    private final StandingQueries<Map<String, ?>, Integer> queries = new StandingQueries<>(RecordSchema.maps());
    private final List<Handle<Integer>> handles = new ArrayList<>();
    private Hits hits = new Hits();
    private final MatchVisitor<Integer> visitor = (id, before, after) -> hits.add(id);

    @Override
    public void add(int id, Query.Filter query) {
        Handle<Integer> handle = queries.add(query, id);
        if (id == handles.size()) {
            handles.add(handle);
        } else {
            handles.set(id, handle);
        }
    }

    @Override
    public void remove(int id, Query.Filter query) {
        queries.remove(handles.get(id));
    }

    @Override
    public Map<String, Object> prepare(Map<String, Object> record) {
        return record;
    }

    @Override
    public void match(Map<String, Object> event, Hits hits) {
        this.hits = hits;
        queries.match(null, event, visitor);
    }
}
