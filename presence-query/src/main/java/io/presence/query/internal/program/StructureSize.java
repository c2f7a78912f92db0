package io.presence.query.internal.program;

import io.presence.query.internal.StructureEquality;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The size of an operand that is a list, a map or a large number, and the cost to compare values of a record with it. A
 * comparison ends at the first difference, so that at most one number of the record is larger than that of the operand.
 *
 * <p><b>Threads.</b> For one thread.
 */
final class StructureSize {

    private static final long MOST_NODES = CostEstimate.RECORD / 2;
    /* Each character of a number has less than four bits. */
    private static final long MOST_BITS_OF_RECORD = 4L * CostEstimate.RECORD;

    private long nodes;
    private long characters;
    private long bits;
    private boolean hasNumber;

    private StructureSize() {}

    static StructureSize of(@Nullable Object operand) {
        StructureSize size = new StructureSize();
        size.add(operand);
        return size;
    }

    private void add(@Nullable Object operand) {
        nodes++;
        if (operand instanceof List<?> list) {
            list.forEach(this::add);
        } else if (operand instanceof Map<?, ?> map) {
            map.values().forEach(this::add);
        } else if (operand instanceof String text) {
            characters += text.length();
        } else if (operand instanceof Number number) {
            bits += StructureEquality.bits(number);
            hasNumber = true;
        }
    }

    /** Returns the maximum cost of one comparison, except for members of the record that are null. */
    long once() {
        long ofNumber = hasNumber ? CostEstimate.MOST_BITS : 0;
        return Cost.NODE * Math.min(nodes, MOST_NODES)
                + Math.min(characters, CostEstimate.RECORD) / Cost.CHARS_PER_OPERATION
                + (Math.min(bits, MOST_BITS_OF_RECORD) + ofNumber) / Cost.BITS_PER_OPERATION;
    }

    /** Returns the maximum cost of the comparisons with all elements of a list, likewise. */
    long ofElements() {
        return Cost.NODE * MOST_NODES
                + (characters > 0 ? CostEstimate.RECORD / Cost.CHARS_PER_OPERATION : 0)
                + (hasNumber ? MOST_BITS_OF_RECORD / Cost.BITS_PER_OPERATION : 0);
    }
}
