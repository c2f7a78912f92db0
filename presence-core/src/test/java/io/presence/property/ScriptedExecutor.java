package io.presence.property;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** An executor that does what it is told: keeps tasks until they are to run, runs them in place, or refuses them. */
final class ScriptedExecutor implements Executor {

    enum Mode {
        KEEP,
        RUN,
        REFUSE
    }

    private final Queue<Runnable> kept = new ArrayDeque<>();
    Mode mode = Mode.KEEP;

    @Override
    public void execute(Runnable task) {
        switch (mode) {
            case KEEP -> kept.add(task);
            case RUN -> task.run();
            case REFUSE -> throw new RejectedExecutionException("on purpose");
        }
    }

    /** Runs up to so many of those kept. Returns how many. */
    int run(int most) {
        int done = 0;
        while (done < most && !kept.isEmpty()) {
            kept.remove().run();
            done++;
        }
        return done;
    }
}
