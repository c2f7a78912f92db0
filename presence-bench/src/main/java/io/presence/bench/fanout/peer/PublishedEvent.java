package io.presence.bench.fanout.peer;

/**
 * The event that the peers deliver. Each publication makes a new one.
 *
 * @param number the number of the event, from 1
 * @param id the id of the event's presence
 * @param status the status of the event's presence
 */
public record PublishedEvent(long number, String id, String status) {

    /** Returns the event with a number. */
    public static PublishedEvent of(long number) {
        return new PublishedEvent(number, "p", status(number));
    }

    /** Returns the status of an event. It differs from that of the event before. */
    public static String status(long number) {
        return (number & 1) == 0 ? "online" : "away";
    }
}
