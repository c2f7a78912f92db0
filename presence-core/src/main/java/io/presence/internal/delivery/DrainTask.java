package io.presence.internal.delivery;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a subscription, as an executor gets it. An executor that runs it on the caller's stack, while the caller is
 * itself in a turn, gets it back to be run by that one, so that turns never nest.
 */
final class DrainTask implements Runnable {

    private final ListenerDelivery delivery;
    private final int ticket;
    /* Plain: another thread that reads it finds anything but itself. */
    private @Nullable Thread inTurn;
    private boolean isLeft;

    DrainTask(ListenerDelivery delivery, int ticket) {
        this.delivery = delivery;
        this.ticket = ticket;
    }

    @Override
    public void run() {
        if (inTurn == Thread.currentThread()) {
            isLeft = true;
        } else {
            delivery.drain(ticket);
        }
    }

    /** Gives this to the executor from within a turn. True if the caller must run it. */
    boolean resubmitTo(Executor executor) {
        inTurn = Thread.currentThread();
        try {
            executor.execute(this);
        } finally {
            inTurn = null;
        }
        return isLeft;
    }
}
