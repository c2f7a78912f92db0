package io.presence.bench.system.peer;

/**
 * A presence as it is written.
 *
 * @param id what it is known by
 * @param userId who it is of
 * @param status what it says
 * @param documentId where it is
 * @param zone where it is, by another measure
 * @param number of the write
 */
public record Row(String id, String userId, String status, String documentId, long zone, long number) {
    /** The same, written as another number. */
    public Row at(long number) {
        return new Row(id, userId, status, documentId, zone, number);
    }
}
