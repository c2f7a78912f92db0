package io.presence.bench.predicate;

import io.presence.bench.Row;
import io.presence.bench.predicate.peer.CelPeer;
import io.presence.bench.predicate.peer.JaninoPeer;
import io.presence.bench.predicate.peer.MvelPeer;
import io.presence.bench.predicate.peer.SpelPeer;
import io.presence.bench.predicate.technique.HandleTree;
import io.presence.bench.predicate.technique.LambdaTree;
import io.presence.bench.predicate.technique.NodeTree;
import io.presence.bench.predicate.technique.ProgramRow;
import io.presence.query.CompiledQuery;
import io.presence.query.Interpreter;
import io.presence.query.Query;
import io.presence.query.RecordSchema;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The candidates. Those that end in {@code SLOTS} read values that were filled in before; the others walk the maps of
 * the record each time.
 *
 * <p>A new candidate is a constant here.
 */
public enum Technique {
    /** The plain interpreter of presence-query. */
    INTERPRETER(
            Row.Maps::new,
            (filter, records) -> row -> Interpreter.matches(filter, maps(row).attributes())),
    /** The compiled query of presence-query, which reads the attributes it names. */
    COMPILED(Row.Maps::new, (filter, records) -> onMap(CompiledQuery.compile(filter, RecordSchema.maps())::test)),
    /** The flat program within the compiled query. */
    PROGRAM_SLOTS(ProgramRow::new, (filter, records) -> ProgramRow.compile(filter)),
    /** A lambda for each node. */
    LAMBDAS(Row.Maps::new, (filter, records) -> new LambdaTree().translate(filter)),
    /** A lambda for each node. */
    LAMBDAS_SLOTS(Technique::slots, (filter, records) -> new LambdaTree().translate(filter)),
    /** An object for each node. */
    NODES(Row.Maps::new, (filter, records) -> new NodeTree().translate(filter)),
    /** An object for each node. */
    NODES_SLOTS(Technique::slots, (filter, records) -> new NodeTree().translate(filter)),
    /** A method handle for each node. */
    HANDLES(Row.Maps::new, (filter, records) -> HandleTree.predicate(new HandleTree().translate(filter))),
    /** A method handle for each node. */
    HANDLES_SLOTS(Technique::slots, (filter, records) -> HandleTree.predicate(new HandleTree().translate(filter))),
    /** Spring's expression language, compiled to a class. */
    SPEL(Row.Maps::new, (filter, records) -> onMap(SpelPeer.compile(filter, records))),
    /** Java that Janino compiles to a class. */
    JANINO(Row.Maps::new, (filter, records) -> onMap(JaninoPeer.compile(filter))),
    /** Java that Janino compiles to a class. */
    JANINO_SLOTS(Technique::slots, (filter, records) -> JaninoPeer.compileForSlots(filter)),
    /** MVEL, compiled. */
    MVEL(Row.Maps::new, (filter, records) -> onMap(MvelPeer.compile(filter))),
    /** The Common Expression Language. */
    CEL(Row.Maps::new, (filter, records) -> onMap(CelPeer.compile(filter))),
    /** The Common Expression Language, with its newer runtime. */
    CEL_PLANNER(Row.Maps::new, (filter, records) -> onMap(CelPeer.plan(filter)));

    private final Function<Map<String, Object>, Row> reader;
    private final Compiler compiler;

    Technique(Function<Map<String, Object>, Row> reader, Compiler compiler) {
        this.reader = reader;
        this.compiler = compiler;
    }

    /** Makes the filter ready to be evaluated; on the records it may learn their types. */
    Predicate<Row> compile(Query.Filter filter, List<Map<String, Object>> records) {
        return compiler.compile(filter, records);
    }

    /** Returns the record as this technique reads it. */
    Row row(Map<String, Object> presence) {
        return reader.apply(presence);
    }

    private static Row slots(Map<String, Object> presence) {
        Row.Values row = new Row.Values();
        row.fill(presence);
        return row;
    }

    private static Predicate<Row> onMap(Predicate<Map<String, Object>> predicate) {
        return row -> predicate.test(maps(row).map());
    }

    private static Row.Maps maps(Row row) {
        return (Row.Maps) row;
    }

    private interface Compiler {
        Predicate<Row> compile(Query.Filter filter, List<Map<String, Object>> records);
    }
}
