package io.presence.bench.fanout.peer;

/**
 * The event that peers are given; made anew for each publication.
 *
 * @param number of the event, from 1
 * @param id whose event it is
 * @param status what it says
 */
public record PublishedEvent(long number, String id, String status) {
    /** The event of a number. */
    public static PublishedEvent of(long number) {
        return new PublishedEvent(number, "p", status(number));
    }

    /** What an event says: each something else than the one before. */
    public static String status(long number) {
        return (number & 1) == 0 ? "online" : "away";
    }
}
