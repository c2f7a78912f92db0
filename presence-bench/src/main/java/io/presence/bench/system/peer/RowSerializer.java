package io.presence.bench.system.peer;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.StreamSerializer;
import java.io.IOException;
import java.util.Objects;

/** Serializes a row for Hazelcast field by field, which is its fastest format. */
final class RowSerializer implements StreamSerializer<Row> {

    @Override
    public int getTypeId() {
        return 1;
    }

    @Override
    public void write(ObjectDataOutput out, Row row) throws IOException {
        out.writeString(row.id());
        out.writeString(row.userId());
        out.writeString(row.status());
        out.writeString(row.documentId());
        out.writeLong(row.zone());
        out.writeLong(row.number());
    }

    @Override
    public Row read(ObjectDataInput in) throws IOException {
        return new Row(text(in), text(in), text(in), text(in), in.readLong(), in.readLong());
    }

    private static String text(ObjectDataInput in) throws IOException {
        return Objects.requireNonNull(in.readString());
    }
}
