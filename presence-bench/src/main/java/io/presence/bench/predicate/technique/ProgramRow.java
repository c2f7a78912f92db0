package io.presence.bench.predicate.technique;

import io.presence.bench.Row;
import io.presence.query.Query;
import io.presence.query.QuerySchema;
import io.presence.query.internal.program.AttributeReader;
import io.presence.query.internal.program.Program;
import io.presence.query.internal.program.SlotTable;
import io.presence.query.internal.program.Slots;
import java.util.Map;
import java.util.function.Predicate;

/** A record decoded once for the programs of presence-query, as its index of standing queries does it. */
public final class ProgramRow extends Row.Maps {
    private static final SlotTable<Map<String, Object>> TABLE =
            new SlotTable<>(attribute -> AttributeReader.of(QuerySchema.Kind.OBJECT, record -> record.get(attribute)));

    static {
        Row.paths().forEach(path -> TABLE.retain(path));
    }

    private final Slots slots = new Slots();

    /** Decodes the record. */
    public ProgramRow(Map<String, Object> map) {
        super(map);
        fill(map, slots);
    }

    /** Reads all paths of the record into slots. */
    public static void fill(Map<String, Object> map, Slots slots) {
        TABLE.fill(map, slots);
    }

    /** Compiles a filter that runs on such rows. */
    public static Predicate<Row> compile(Query.Filter filter) {
        Program program = Program.compile(filter, TABLE);
        return row -> program.test(((ProgramRow) row).slots);
    }
}
