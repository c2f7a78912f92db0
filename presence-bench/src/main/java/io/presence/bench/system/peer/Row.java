package io.presence.bench.system.peer;

/**
 * A presence as it is written.
 *
 * @param id the presence id
 * @param userId the user
 * @param status the status
 * @param documentId the document
 * @param zone the zone
 * @param number the number of the write
 */
public record Row(String id, String userId, String status, String documentId, long zone, long number) {

    /** Returns the row with another number. */
    public Row at(long number) {
        return new Row(id, userId, status, documentId, zone, number);
    }
}
