package io.presence.bench.soak;

import java.time.Duration;

/**
 * The sizes of a soak.
 *
 * @param time the time for which the writers run, without checkpoints
 * @param presences the number of presences that are kept alive
 * @param seed the seed of all random choices
 * @param ids the number of ids, used once each, that the soak waits for beyond its time; 0 for none
 */
record SoakPlan(Duration time, int presences, long seed, long ids) {

    /** The TTL of a presence that heartbeats keep alive. The writers need minutes to reach each of a million. */
    static final Duration LONG_TTL = Duration.ofMinutes(10);

    /** The longest TTL of an id that is used once, and longer than any grace of a session. */
    static final Duration SHORT_TTL = Duration.ofSeconds(8);

    /** The changes that the store keeps for resumed subscriptions. */
    static final int HISTORY = 4096;

    /** The users that a view remembers after they have gone. */
    static final int LAST_SEEN = 50;

    /** The threads of the store on which listeners run. */
    static final int LISTENER_THREADS = 8;

    private static final int PRESENCES_PER_ROOM = 50;
    private static final int PRESENCES_PER_CLIENT = 100;
    private static final int MAX_CLIENTS = 1000;
    private static final int MIN_CHECKPOINTS = 6;
    private static final Duration MAX_INTERVAL = Duration.ofSeconds(90);

    SoakPlan {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("minutes must be positive: " + time);
        }
        if (presences < 1000) {
            throw new IllegalArgumentException("presences must be at least 1000: " + presences);
        }
    }

    int rooms() {
        return presences / PRESENCES_PER_ROOM;
    }

    int clients() {
        return Math.min(presences / PRESENCES_PER_CLIENT, MAX_CLIENTS);
    }

    /** Returns the time between two checkpoints. */
    Duration interval() {
        Duration even = time.dividedBy(MIN_CHECKPOINTS);
        return even.compareTo(MAX_INTERVAL) < 0 ? even : MAX_INTERVAL;
    }

    /** Returns the number of checkpoints after which the heap must be flat: the first third of those in the time. */
    int warmUp() {
        return (int) Math.max(2, time.dividedBy(interval()) / 3);
    }
}
