package io.presence.bench.standing.engine;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.lucene.monitor.MultipassTermFilteredPresearcher;
import org.apache.lucene.monitor.TermFilteredPresearcher;
import org.apache.lucene.monitor.TermWeightor;

/** The engines. A new one is a constant here. */
public enum EngineCandidate {
    /** The query index of presence-query. */
    INDEX(IndexEngine::new),
    /** An evaluation of every query in turn. */
    SCAN(ScanEngine::new),
    /** AWS event-ruler as in its own documentation: the event is text. */
    RULER(RulerEngine.OfText::new),
    /** AWS event-ruler with an event that is parsed already. */
    RULER_TREE(RulerEngine.OfTree::new),
    /** Lucene Monitor with its default presearcher, which weighs a term by its length. */
    MONITOR(() -> new MonitorEngine(new TermFilteredPresearcher())),
    /** Lucene Monitor with a low weight for {@code status}. */
    MONITOR_WEIGHTED(() -> new MonitorEngine(new TermFilteredPresearcher(
            TermWeightor.combine(TermWeightor.DEFAULT, TermWeightor.fieldWeightor(0.01, "status")),
            List.of(),
            Set.of()))),
    /** Lucene Monitor with a presearcher that uses two terms of each query. */
    MONITOR_MULTIPASS(() -> new MonitorEngine(new MultipassTermFilteredPresearcher(2)));

    private final Supplier<Engine<?>> supplier;

    EngineCandidate(Supplier<Engine<?>> supplier) {
        this.supplier = supplier;
    }

    /** Returns an engine without queries. */
    public Engine<?> create() {
        return supplier.get();
    }
}
