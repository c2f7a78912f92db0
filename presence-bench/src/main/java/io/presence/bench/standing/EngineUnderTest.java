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

/** An engine that holds all queries of a workload. Its events and the replaced queries repeat in cycles. */
final class EngineUnderTest<E> implements AutoCloseable {

    /** The number of checked pairs of a query and an event: enough for some matches, and fast enough. */
    private static final int CHECKED = 300_000;

    /**
     * The number of queries, and of events, before the other queries are added. The index learns from these events
     * which values are rare.
     */
    private static final int EARLY = 100;

    /** The number of queries that are replaced in turn, too many for the caches. */
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

    /** Adds all queries and compares the matches of the first events with the interpreter. */
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

    /** Removes the next query and adds it again. */
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

    /** Compares the matches of the first events with the interpreter. */
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
