package io.presence.fault;

import io.presence.PresenceException;
import io.presence.PresencePatch;
import io.presence.PresenceStore;
import java.util.SplittableRandom;

/**
 * A store whose memory is exhausted again and again, at random, while it is written to and dispatches. Once there is
 * memory again, each listener that goes on has what is there, and each of its events has followed from those before.
 */
public class ExhaustionFaults implements Runnable {

    private static final String SEEDS = "io.presence.exhaustion.seeds";
    private static final int DEFAULT_SEEDS = 1_500;
    private static final int STEPS = 60;
    private static final int IDS = 12;
    private static final int MAX_SITE = 60;
    private static final int MAX_DURATION = 120;
    private static final int MAX_TICKS = 250;
    private static final int MAX_VIEWERS = 9;

    @Override
    public final void run() {
        int seeds = Integer.getInteger(SEEDS, DEFAULT_SEEDS);
        /* Each process has memory when it builds its first store. */
        var unused = PresenceStore.builder().callerDriven().build();
        Faults.keepConstants();
        for (int seed = 0; seed < seeds; seed++) {
            Faults.forgetConstants();
            try {
                run(new SplittableRandom(seed));
            } catch (Throwable t) {
                throw new AssertionError("seed " + seed, t);
            }
        }
    }

    private static void run(SplittableRandom random) {
        DispatchWorld world = new DispatchWorld();
        world.subscribeBounded();
        world.drain();
        for (int i = 0; i < STEPS; i++) {
            if (random.nextInt(3) == 0) {
                step(world, random);
            } else {
                Faults.starved(
                        1 + random.nextInt(MAX_SITE), 1 + random.nextInt(MAX_DURATION), () -> step(world, random));
            }
        }
        world.check(world.viewers.size());
    }

    private static void step(DispatchWorld world, SplittableRandom random) {
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> write(world, random);
            case 3 -> world.pass(DispatchWorld.TICK.multipliedBy(random.nextInt(MAX_TICKS)));
            case 4 -> world.runTasks();
            case 5 -> world.switchPrincipal(random.nextInt(2), random.nextBoolean() ? "bob" : "carol");
            case 6 -> resume(world);
            default -> world.store.doWork();
        }
    }

    private static void resume(DispatchWorld world) {
        if (world.viewers.size() < MAX_VIEWERS) {
            world.resume();
        }
    }

    private static void write(DispatchWorld world, SplittableRandom random) {
        String id = "p" + random.nextInt(IDS);
        try {
            switch (random.nextInt(5)) {
                case 0 -> world.store.delete(id);
                case 1 -> world.store.touch(id);
                case 2 -> world.store.update(id, PresencePatch.none().status("away"));
                default ->
                    world.upsert(id, "online", DispatchWorld.TICK.multipliedBy(1 + random.nextInt(2 * MAX_TICKS)));
            }
        } catch (PresenceException absent) {
            /* The presence has ended. */
        }
    }
}
