package io.presence.internal.run;

import io.presence.internal.bus.DutyCycle;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.IdleStrategy;

/** Goes round on a thread of its own, which parks until the next deadline when there is nothing to do. */
public final class ThreadDrive implements Drive {

    /* However far the next deadline, so that a clock that does not run with time is looked at. */
    private static final long MAX_PARK_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Logger LOG = System.getLogger("io.presence");

    private final DutyCycle cycle;
    private final Parker parker;
    private final AgentRunner runner;
    private volatile boolean closing;

    /**
     * Starts the thread.
     *
     * @param cycle what to go round
     * @param parker where the thread waits
     * @param threads makes the thread
     */
    public ThreadDrive(DutyCycle cycle, Parker parker, ThreadFactory threads) {
        this.cycle = cycle;
        this.parker = parker;
        this.runner = new AgentRunner(new Parking(), ThreadDrive::log, null, new Rounds());
        AgentRunner.startOnThread(runner, threads);
    }

    @Override
    public int doWork() {
        throw new IllegalStateException("doWork must be called on a caller-driven store: " + cycle.roleName());
    }

    @Override
    public void close() {
        closing = true;
        parker.unpark();
        if (Thread.currentThread() != runner.thread()) {
            runner.close();
        }
    }

    private static void log(Throwable thrown) {
        if (!(thrown instanceof AgentTerminationException)) {
            LOG.log(Level.ERROR, "the presence dispatcher failed and goes on", thrown);
        }
    }

    /** The cycle, until closing: a store that its own listener closes has nobody else to end the thread. */
    private final class Rounds implements Agent {

        @Override
        public int doWork() {
            int work = cycle.doWork();
            if (closing) {
                throw new AgentTerminationException();
            }
            return work;
        }

        @Override
        public void onClose() {
            cycle.onClose();
        }

        @Override
        public String roleName() {
            return cycle.roleName();
        }
    }

    /** Waits as long as there is nothing to do. */
    private final class Parking implements IdleStrategy {

        @Override
        public void idle(int workCount) {
            if (workCount == 0) {
                idle();
            }
        }

        @Override
        public void idle() {
            parker.park(this::idleNanos);
        }

        @Override
        public void reset() {}

        private long idleNanos() {
            return closing ? 0 : Math.min(cycle.idleNanos(), MAX_PARK_NANOS);
        }
    }
}
