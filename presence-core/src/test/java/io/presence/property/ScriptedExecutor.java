package io.presence.property;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** An executor with a mode: it keeps tasks until the test runs them, runs them in place, or rejects them. */
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
