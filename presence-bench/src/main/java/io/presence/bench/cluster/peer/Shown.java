package io.presence.bench.cluster.peer;

import io.presence.bench.workload.People;

/**
 * A row.
 *
 * @param id the id, of 16 characters
 * @param userId the id of the user, of 16 characters
 * @param status the status
 */
public record Shown(String id, String userId, String status) {

    /** Returns the row of a number, with new strings. */
    public static Shown of(int number, String status) {
        return new Shown(People.id(number), People.userId(number), status);
    }

    /** Returns the bytes of the strings. */
    public int length() {
        return id.length() + userId.length() + status.length();
    }
}
