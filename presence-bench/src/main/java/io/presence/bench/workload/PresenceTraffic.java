package io.presence.bench.workload;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A simulation of users who connect, send heartbeats for some minutes, disconnect and return. A seed always gives the
 * same traffic, in the caller's time. One in ten users has a TTL of 30 days and sends no heartbeats. Every five minutes
 * one in ten reconnects within a second. Cursors move all the time, most of them in few rooms.
 *
 * <p><b>Cost.</b> Twelve bytes for each user, and tens of nanoseconds for each action.
 *
 * <p><b>Threads.</b> For one thread.
 */
public final class PresenceTraffic {

    /** The TTL of most presences. */
    public static final Duration TTL = Duration.ofSeconds(60);

    /** The TTL of one in ten presences. */
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
    /* A linked list of users for each slot of time: the first user of each slot, and the successor of each user. */
    private final int[] first = new int[SLOTS];
    private final int[] after;
    private final boolean[] online;
    private int slot;

    /** Receives the actions of the users. */
    public interface Actor {
        /** Called when a user connects or reconnects. The presence may still be alive. */
        void upsert(int number, Duration ttl);

        /** Called for a heartbeat, which may be too late. */
        void touch(int number);

        /** Called when a user moves a cursor. */
        default void move(int number, long x, long y) {}
    }

    /** Makes a number of users, none of whom is connected. */
    public PresenceTraffic(int people, long seed) {
        random = new SplittableRandom(seed);
        rooms = new Zipf(Math.max(people / PEOPLE_PER_ROOM, 1), seed);
        members = People.shuffled(people, seed);
        after = new int[people];
        online = new boolean[people];
        Arrays.fill(first, NONE);
    }

    /** Connects all users. Their heartbeats are spread from now on. */
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

    /** Performs the actions of the next 8 ms. */
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

    /* One in ten of those who send heartbeats: other users in each slot of a storm. */
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
