package io.presence.internal.wheel;

/**
 * A timer of a {@link TimerWheel}: the base class of the objects that a wheel schedules.
 *
 * <p><b>Cost.</b> 12 bytes in each timer. The wheel allocates no object per timer.
 *
 * <p><b>Threads.</b> Confined to the thread of the one wheel that the timer is used with.
 */
public abstract class WheelTimer {

    /** The {@link #scheduledTick()} of a timer that is not scheduled. */
    public static final long NOT_SCHEDULED = -1;

    /**
     * The number of the newest wheel entry. A wheel entry with any other number is stale. The number repeats after
     * 2^32 schedulings of one timer; sweeping removes a stale wheel entry long before that.
     */
    int generation;

    long scheduledTick = NOT_SCHEDULED;

    /** Creates a timer that is not scheduled. */
    protected WheelTimer() {}

    /**
     * {@return the tick for which this timer is scheduled, or {@link #NOT_SCHEDULED}}
     *
     * <p>A deadline that moves to this tick or later needs no call of the wheel: the sink returns it when the timer
     * is reached.
     */
    public final long scheduledTick() {
        return scheduledTick;
    }
}
