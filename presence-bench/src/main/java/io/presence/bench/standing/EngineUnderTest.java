package io.presence.bench.standing;

import io.presence.bench.standing.engine.Engine;
import io.presence.bench.standing.engine.EngineCandidate;
import io.presence.bench.standing.engine.Hits;
import io.presence.query.Attributes;
import io.presence.query.Interpreter;
import io.presence.query.Query;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** An engine that has all queries of a workload. Its events come round, and so do the queries that are replaced. */
final class EngineUnderTest<E> implements AutoCloseable {
    /** Pairs of a query and an event: enough to have some that match, few enough to wait for. */
    private static final int CHECKED = 300_000;

    /** Queries that meet as many events before the others come, as in life: by these the index judges what is rare. */
    private static final int EARLY = 100;

    /** Queries that are replaced in turn: those of more would not fit in a cache either. */
    private static final int REPLACED = 4096;

    private final EngineCandidate name;
    private final Engine<E> engine;
    private final MatchWorkload workload;
    private final List<E> events;
    private final Hits hits = new Hits();
    private final int[] replacedIds;
    private final List<Query.Filter> replaced;
    private int next;
    private int nextReplaced;

    private EngineUnderTest(EngineCandidate name, Engine<E> engine, MatchWorkload workload) {
        this.name = name;
        this.engine = engine;
        this.workload = workload;
        this.events = workload.events().stream().map(engine::prepare).toList();
        register(0, Math.min(EARLY, workload.queries().size()));
        for (int i = 0; i < EARLY; i++) {
            match();
        }
        register(Math.min(EARLY, workload.queries().size()), workload.queries().size());
        this.replacedIds = new SplittableRandom(REPLACED)
                .ints(REPLACED, 0, workload.queries().size())
                .toArray();
        this.replaced =
                Arrays.stream(replacedIds).mapToObj(workload.queries()::get).toList();
    }

    private void register(int from, int to) {
        for (int id = from; id < to; id++) {
            engine.add(id, workload.queries().get(id));
        }
        engine.ready();
    }

    /** Registers all queries, and compares what matches the first events with what the interpreter says. */
    static EngineUnderTest<?> of(EngineCandidate engine, MatchWorkload workload) {
        EngineUnderTest<?> ring = new EngineUnderTest<>(engine, engine.create(), workload);
        try {
            ring.check();
            return ring;
        } catch (RuntimeException e) {
            ring.close();
            throw e;
        }
    }

    /** Returns the number of queries that the next event matches. */
    int match() {
        hits.clear();
        engine.match(events.get(next), hits);
        next = (next + 1) % MatchWorkload.EVENTS;
        return hits.size();
    }

    /** Removes the next query, and adds it again. */
    void replace() {
        int id = replacedIds[nextReplaced];
        Query.Filter query = replaced.get(nextReplaced);
        engine.remove(id, query);
        engine.add(id, query);
        engine.ready();
        nextReplaced = (nextReplaced + 1) % REPLACED;
    }

    @Override
    public void close() {
        engine.close();
    }

    /** Compares what matches the first events with what the interpreter says. */
    void check() {
        next = 0;
        Hits[] expected = expected(workload);
        int total = 0;
        for (Hits each : expected) {
            total += match();
            if (!Arrays.equals(hits.sorted(), each.sorted())) {
                throw new IllegalStateException(name + " must find " + each.size() + " queries: " + hits.size());
            }
        }
        if (total == 0) {
            throw new IllegalStateException("workload must have matches");
        }
        System.out.printf(
                "# %.1f of %d queries match%n",
                (double) total / expected.length, workload.queries().size());
    }

    private static Hits[] expected(MatchWorkload workload) {
        int checked = Math.min(Math.max(CHECKED / workload.queries().size(), 20), MatchWorkload.EVENTS);
        List<Attributes> events =
                workload.events().stream().limit(checked).map(Attributes::of).toList();
        Hits[] expected = new Hits[checked];
        Arrays.setAll(expected, i -> new Hits());
        for (int id = 0; id < workload.queries().size(); id++) {
            Query.Filter query = workload.queries().get(id);
            for (int event = 0; event < checked; event++) {
                if (Interpreter.matches(query, events.get(event))) {
                    expected[event].add(id);
                }
            }
        }
        return expected;
    }
}
