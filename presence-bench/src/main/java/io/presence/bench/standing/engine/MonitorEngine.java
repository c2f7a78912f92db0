package io.presence.bench.standing.engine;

import io.presence.query.Query;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.StringField;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.MonitorQuery;
import org.apache.lucene.monitor.Presearcher;
import org.apache.lucene.monitor.QueryMatch;

/** Lucene Monitor. Queries are documents of an index, which a presearcher searches for the terms of the event. */
final class MonitorEngine implements Engine<Document> {

    private static final int BATCH = 10_000;

    private final MonitorTranslator translator = new MonitorTranslator();
    private final List<MonitorQuery> batch = new ArrayList<>();
    private final Monitor monitor;

    MonitorEngine(Presearcher presearcher) {
        try {
            monitor = new Monitor(new StandardAnalyzer(), presearcher);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void add(int id, Query.Filter query) {
        batch.add(new MonitorQuery(String.valueOf(id), translator.translate(query)));
        if (batch.size() == BATCH) {
            ready();
        }
    }

    @Override
    public void remove(int id, Query.Filter query) {
        try {
            monitor.deleteById(String.valueOf(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void ready() {
        try {
            monitor.register(batch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        batch.clear();
    }

    @Override
    public Document prepare(Map<String, Object> record) {
        Document document = new Document();
        add(document, "", record);
        return document;
    }

    @Override
    public void match(Document event, Hits hits) {
        try {
            for (QueryMatch match :
                    monitor.match(event, QueryMatch.SIMPLE_MATCHER).getMatches()) {
                hits.add(Integer.parseInt(match.getQueryId()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the monitor's thread, which would keep the JVM running. */
    @Override
    public void close() {
        try {
            monitor.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(Document document, String prefix, Map<?, ?> values) {
        values.forEach((key, value) -> add(document, prefix + key, value));
    }

    private static void add(Document document, String path, Object value) {
        if (value instanceof Map<?, ?> values) {
            add(document, path + ".", values);
        } else if (value instanceof List<?> values) {
            values.forEach(each -> add(document, path, each));
        } else {
            document.add(new StringField(path, String.valueOf(value), Field.Store.NO));
            if (value instanceof Long number) {
                document.add(new LongPoint(MonitorTranslator.points(path), number));
            }
        }
    }
}
