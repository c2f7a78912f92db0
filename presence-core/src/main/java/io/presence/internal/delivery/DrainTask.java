package io.presence.internal.delivery;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One drain of a mailbox, as a task for an executor. If the executor runs the task within {@link #resubmitTo}, the task
 * returns to the draining thread, which runs it after the current drain. So drains never nest.
 */
final class DrainTask implements Runnable {

    private final ListenerDelivery delivery;
    private final int ticket;
    /* Plain: a racing read by another thread never equals that thread. */
    private @Nullable Thread submitter;
    private boolean mustRun;

    DrainTask(ListenerDelivery delivery, int ticket) {
        this.delivery = delivery;
        this.ticket = ticket;
    }

    @Override
    public void run() {
        if (submitter == Thread.currentThread()) {
            mustRun = true;
        } else {
            delivery.drain(ticket);
        }
    }

    /** Submits this from within a drain. Returns true if the calling thread must run it. */
    boolean resubmitTo(Executor executor) {
        submitter = Thread.currentThread();
        try {
            executor.execute(this);
        } finally {
            submitter = null;
        }
        return mustRun;
    }
}
