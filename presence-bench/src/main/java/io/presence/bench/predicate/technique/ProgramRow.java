package io.presence.bench.predicate.technique;

import io.presence.bench.AttributeRow;
import io.presence.query.Query;
import io.presence.query.QuerySchema;
import io.presence.query.internal.program.AttributeReader;
import io.presence.query.internal.program.Program;
import io.presence.query.internal.program.SlotTable;
import io.presence.query.internal.program.Slots;
import java.util.Map;
import java.util.function.Predicate;

/** A record that is decoded once for the programs of presence-query, as in its query index. */
public final class ProgramRow extends AttributeRow.Maps {

    private static final SlotTable<Map<String, Object>> TABLE =
            new SlotTable<>(attribute -> AttributeReader.of(QuerySchema.Kind.OBJECT, record -> record.get(attribute)));

    static {
        AttributeRow.paths().forEach(path -> TABLE.retain(path));
    }

    private final Slots slots = new Slots();

    /** Makes a row and decodes the record. */
    public ProgramRow(Map<String, Object> map) {
        super(map);
        fill(map, slots);
    }

    /** Reads all paths of the record into slots. */
    public static void fill(Map<String, Object> map, Slots slots) {
        TABLE.fill(map, slots);
    }

    /** Compiles a filter that runs on these rows. */
    public static Predicate<AttributeRow> compile(Query.Filter filter) {
        Program program = Program.compile(filter, TABLE);
        return row -> program.test(((ProgramRow) row).slots);
    }
}
