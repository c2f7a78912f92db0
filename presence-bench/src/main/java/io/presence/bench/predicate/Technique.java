package io.presence.bench.predicate;

import io.presence.bench.AttributeRow;
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
 * The techniques. Those whose names end in {@code SLOTS} read values that were resolved before. The others read the
 * maps of the record at each evaluation.
 *
 * <p>A new technique is a constant here.
 */
public enum Technique {
    /** The interpreter of presence-query. */
    INTERPRETER(
            AttributeRow.Maps::new,
            (filter, records) -> row -> Interpreter.matches(filter, maps(row).attributes())),
    /** The compiled query of presence-query, which reads the attributes that it names. */
    COMPILED(
            AttributeRow.Maps::new,
            (filter, records) -> onMap(CompiledQuery.compile(filter, RecordSchema.maps())::test)),
    /** The program of the compiled query. */
    PROGRAM_SLOTS(ProgramRow::new, (filter, records) -> ProgramRow.compile(filter)),
    /** A lambda for each node. */
    LAMBDAS(AttributeRow.Maps::new, (filter, records) -> new LambdaTree().translate(filter)),
    /** A lambda for each node. */
    LAMBDAS_SLOTS(Technique::slots, (filter, records) -> new LambdaTree().translate(filter)),
    /** An object for each node. */
    NODES(AttributeRow.Maps::new, (filter, records) -> new NodeTree().translate(filter)),
    /** An object for each node. */
    NODES_SLOTS(Technique::slots, (filter, records) -> new NodeTree().translate(filter)),
    /** A method handle for each node. */
    HANDLES(AttributeRow.Maps::new, (filter, records) -> HandleTree.predicate(new HandleTree().translate(filter))),
    /** A method handle for each node. */
    HANDLES_SLOTS(Technique::slots, (filter, records) -> HandleTree.predicate(new HandleTree().translate(filter))),
    /** Spring's expression language, compiled to a class. */
    SPEL(AttributeRow.Maps::new, (filter, records) -> onMap(SpelPeer.compile(filter, records))),
    /** Java compiled to a class by Janino. */
    JANINO(AttributeRow.Maps::new, (filter, records) -> onMap(JaninoPeer.compile(filter))),
    /** Java compiled to a class by Janino. */
    JANINO_SLOTS(Technique::slots, (filter, records) -> JaninoPeer.compileForSlots(filter)),
    /** MVEL, compiled. */
    MVEL(AttributeRow.Maps::new, (filter, records) -> onMap(MvelPeer.compile(filter))),
    /** The Common Expression Language. */
    CEL(AttributeRow.Maps::new, (filter, records) -> onMap(CelPeer.compile(filter))),
    /** The Common Expression Language with its newer runtime. */
    CEL_PLANNER(AttributeRow.Maps::new, (filter, records) -> onMap(CelPeer.plan(filter)));

    private final Function<Map<String, Object>, AttributeRow> reader;
    private final Compiler compiler;

    Technique(Function<Map<String, Object>, AttributeRow> reader, Compiler compiler) {
        this.reader = reader;
        this.compiler = compiler;
    }

    /** Compiles a filter. The records show the types of the attributes. */
    Predicate<AttributeRow> compile(Query.Filter filter, List<Map<String, Object>> records) {
        return compiler.compile(filter, records);
    }

    /** Returns a record as this technique reads it. */
    AttributeRow row(Map<String, Object> presence) {
        return reader.apply(presence);
    }

    private static AttributeRow slots(Map<String, Object> presence) {
        AttributeRow.Values row = new AttributeRow.Values();
        row.fill(presence);
        return row;
    }

    private static Predicate<AttributeRow> onMap(Predicate<Map<String, Object>> predicate) {
        return row -> predicate.test(maps(row).map());
    }

    private static AttributeRow.Maps maps(AttributeRow row) {
        return (AttributeRow.Maps) row;
    }

    private interface Compiler {
        Predicate<AttributeRow> compile(Query.Filter filter, List<Map<String, Object>> records);
    }
}
