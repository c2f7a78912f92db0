package io.presence.bench.workload;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Who does what when, among people who come, send heartbeats for some minutes, fall silent, and come back; the same for
 * the same seed, in the time of whoever asks. One in ten is there for 30 days and sends none. Every five minutes one in ten
 * reconnects within a second. Cursors move all the time, most of them in few rooms.
 *
 * <p><b>Cost.</b> Twelve bytes for each, and some tens of nanoseconds for each act.
 *
 * <p><b>Threads.</b> For one.
 */
public final class PresenceTraffic {
    /** How long a presence lives without a heartbeat. */
    public static final Duration TTL = Duration.ofSeconds(60);

    /** How long one in ten lives. */
    public static final Duration LONG_TTL = Duration.ofDays(30);

    private static final int SLOT_MILLIS = 8;
    private static final int SLOTS = 1 << 16;
    private static final int NONE = -1;
    private static final int ONE_IN = 10;
    private static final int HEARTBEAT_MILLIS = 30_000;
    private static final int JITTER_MILLIS = 3_000;
    private static final int BEATS_OF_A_STAY = 20;
    private static final int LONGEST_AWAY_MILLIS = 300_000;
    private static final int STORM_SLOTS = 300_000 / SLOT_MILLIS;
    private static final int SLOTS_OF_A_STORM = 1_000 / SLOT_MILLIS;
    private static final int PEOPLE_PER_MOVE_AND_SECOND = 100;
    private static final int PEOPLE_PER_ROOM = 20;

    private final SplittableRandom random;
    private final Zipf rooms;
    private final int[] members;
    /* A list of people for each slot of time: the first of it, and for each the one who comes after. */
    private final int[] first = new int[SLOTS];
    private final int[] after;
    private final boolean[] online;
    private int slot;

    /** Who does it. */
    public interface Actor {
        /** Comes, or comes back: writes the whole presence, which may still be there. */
        void upsert(int number, Duration lifetime);

        /** Sends a heartbeat, which may come too late. */
        void touch(int number);

        /** Moves a cursor. */
        default void move(int number, long x, long y) {}
    }

    /** Makes so many people, of whom nobody has come. */
    public PresenceTraffic(int people, long seed) {
        random = new SplittableRandom(seed);
        rooms = new Zipf(Math.max(people / PEOPLE_PER_ROOM, 1), seed);
        members = People.shuffled(people, seed);
        after = new int[people];
        online = new boolean[people];
        Arrays.fill(first, NONE);
    }

    /** Has everybody come: their heartbeats are spread from now on. */
    public void begin(Actor actor) {
        for (int number = 0; number < after.length; number++) {
            boolean stays = number % ONE_IN == 0;
            actor.upsert(number, stays ? LONG_TTL : TTL);
            if (!stays) {
                online[number] = true;
                in(random.nextInt(HEARTBEAT_MILLIS), number);
            }
        }
    }

    /** Does what there is to do in the next 8 ms. */
    public void tick(Actor actor) {
        int due = first[slot & SLOTS - 1];
        first[slot & SLOTS - 1] = NONE;
        while (due != NONE) {
            int next = after[due];
            act(actor, due);
            due = next;
        }
        int inStorm = slot % STORM_SLOTS;
        if (slot >= STORM_SLOTS && inStorm < SLOTS_OF_A_STORM) {
            reconnect(actor, inStorm);
        }
        move(actor);
        slot++;
    }

    private void act(Actor actor, int number) {
        if (!online[number]) {
            online[number] = true;
            actor.upsert(number, TTL);
        } else if (random.nextInt(BEATS_OF_A_STAY) == 0) {
            online[number] = false;
            in(random.nextInt(LONGEST_AWAY_MILLIS), number);
            return;
        } else {
            actor.touch(number);
        }
        in(HEARTBEAT_MILLIS + random.nextInt(-JITTER_MILLIS, JITTER_MILLIS), number);
    }

    /* One in ten of those who send heartbeats: other ones in each slot of a storm. */
    private void reconnect(Actor actor, int inStorm) {
        int step = ONE_IN * SLOTS_OF_A_STORM;
        for (int number = 1 + ONE_IN * inStorm; number < after.length; number += step) {
            actor.upsert(number, TTL);
        }
    }

    private void move(Actor actor) {
        int perSecond = Math.max(after.length / PEOPLE_PER_MOVE_AND_SECOND, 1);
        for (int moves = perSecond * SLOT_MILLIS / 1_000; moves >= 0; moves--) {
            int member = rooms.next() * PEOPLE_PER_ROOM + random.nextInt(PEOPLE_PER_ROOM);
            actor.move(members[member % members.length], random.nextInt(1_000), random.nextInt(1_000));
        }
    }

    private void in(int millis, int number) {
        int at = slot + 1 + millis / SLOT_MILLIS & SLOTS - 1;
        after[number] = first[at];
        first[at] = number;
    }
}
